import { expect, it } from 'vitest'
import { dayRange } from '@/lib/local-date'

it.each([
  ['2026-11-13', '2026-12-13', '13 Nov – 12 Dec 2026'],
  ['2026-12-28', '2027-01-04', '28 Dec 2026 – 3 Jan 2027'],
  ['2026-11-13', '2026-11-14', '13 Nov 2026'],
])('days from %s until %s are %s', (from, to, text) => {
  expect(dayRange({ from: Date.parse(from), to: Date.parse(to) })).toBe(text)
})
