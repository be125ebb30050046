import { describe, expect, test } from 'vitest'
import { FixedWindow, networkOf } from '@/app/v1/_api/rate-limit'

const START = Date.UTC(2026, 0, 1)

describe('a fixed window', () => {
  test('counts each key by itself until the window ends', () => {
    const window = new FixedWindow({ limit: 2, windowMs: 60_000 })
    expect([window.hit('a', START), window.hit('a', START + 59_999)]).toEqual([1, 2])
    expect(window.hit('b', START + 59_999)).toBe(1)
    expect(window.secondsLeft(START + 59_001)).toBe(1)
    expect(window.hit('a', START + 60_000)).toBe(1)
  })

  test('asking counts nothing, and an ended window holds nothing', () => {
    const window = new FixedWindow({ limit: 2, windowMs: 1000 })
    window.hit('a', START)
    expect([window.count('a', START), window.count('a', START)]).toEqual([1, 1])
    expect(window.count('a', START + 1000)).toBe(0)
  })

  test('a clock set back opens a new window instead of an endless one', () => {
    const window = new FixedWindow({ limit: 2, windowMs: 1000 })
    window.hit('a', START)
    expect(window.hit('a', START - 3_600_000)).toBe(1)
    expect(window.secondsLeft(START - 3_600_000)).toBe(1)
  })

  test('memory is bounded: the oldest key gives way', () => {
    const window = new FixedWindow({ limit: 2, windowMs: 1000, maxKeys: 2 })
    for (const key of ['a', 'b', 'c']) window.hit(key, START)
    expect(['a', 'b', 'c'].map((key) => window.count(key, START))).toEqual([0, 1, 1])
  })
})

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('the network of %s is %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network)
})
