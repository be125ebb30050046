import { expect, test } from 'vitest'
import { readIdempotencyKey } from '@/app/v1/_api/idempotency-key'

test('bare and quoted name the same key', () => {
  expect(readIdempotencyKey('8e03978e-40d5')).toBe('8e03978e-40d5')
  expect(readIdempotencyKey('"8e03978e-40d5"')).toBe('8e03978e-40d5')
  expect(readIdempotencyKey('"a\\"b"')).toBe('a"b')
  expect(readIdempotencyKey(null)).toBeUndefined()
})

test.each(['', '""', '" "', 'a b', 'ké', 'a, b', '"a', 'x'.repeat(256), `"${'x'.repeat(256)}"`])(
  '%j is refused',
  (header) => {
    expect(() => readIdempotencyKey(header)).toThrow('Idempotency-Key is 1 to 255')
  },
)
