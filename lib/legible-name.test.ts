import { expect, it } from 'vitest'
import { isLegible } from '@/lib/legible-name'

it.each([
  'Acme Robotics',
  'Łódź & Söhne',
  '株式会社',
  'می‌خواهم',
  '👩‍💻 helper',
  'O’Neil-Smith (2)',
  '',
])('%s can be read', (name) => {
  expect(isLegible(name)).toBe(true)
})

it.each([
  ['a line break', 'a\nb'],
  ['a zero-width space', 'ac\u200bme'],
  ['nothing to be seen', '\u200d'],
  ['a mark alone', '\u0301'],
  ['a reversed direction', 'invoice\u202egpj'],
  ['an isolated direction', '\u2066acme'],
  ['half of a character', 'a\ud800'],
])('a name with %s is refused', (_what, name) => {
  expect(isLegible(name)).toBe(false)
})
