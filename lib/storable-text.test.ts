import { describe, expect, test } from 'vitest'
import { pathsOfText, UNSTORABLE } from '@/lib/storable-text'

describe('text that cannot be kept', () => {
  const half = (value: unknown) => pathsOfText(value, UNSTORABLE.half.pattern)

  test('is found wherever it stands, and a whole pair is none', () => {
    expect(half({ a: ['😀', 'x\ud800'], b: { '\udc00': 1 }, c: null })).toEqual([['a', 1], ['b']])
    expect(half('\udfff')).toEqual([[]])
    expect(pathsOfText({ a: ['\0'] }, UNSTORABLE.nul.pattern)).toEqual([['a', 0]])
  })

  test('is looked for in no bytes, and once in what holds itself', () => {
    const loop: Record<string, unknown> = { bytes: Buffer.from('x'), at: new Date(0) }
    loop.self = loop
    expect(half(loop)).toEqual([])
    expect(half(Array(1000).fill('\ud800'))).toHaveLength(20)
  })
})
