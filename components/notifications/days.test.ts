import { describe, expect, it } from 'vitest'
import { groupByDay } from './days'

const at = (iso: string) => ({ createdAt: Date.parse(iso) })
const NOW = Date.parse('2026-11-21T12:00:00Z')

describe('days', () => {
  it('are told by their distance, then by name, then with their year', () => {
    const days = groupByDay(
      [
        at('2026-11-21T11:00:00Z'),
        at('2026-11-20T23:59:59Z'),
        at('2026-11-21T00:00:00Z'),
        at('2026-11-03T08:00:00Z'),
        at('2025-12-31T08:00:00Z'),
      ],
      NOW,
      'UTC',
    )
    expect(days.map(({ label, items }) => [label, items.length])).toEqual([
      ['Today', 2],
      ['Yesterday', 1],
      ['Tuesday, 3 Nov', 1],
      ['Wednesday, 31 Dec 2025', 1],
    ])
  })

  it('begin at midnight of the person', () => {
    const lateEvening = at('2026-11-20T23:30:00Z')
    const labels = (zone: string) => groupByDay([lateEvening], NOW, zone).map(({ label }) => label)
    expect(labels('UTC')).toEqual(['Yesterday'])
    expect(labels('Europe/Berlin')).toEqual(['Today'])
    // Noon in UTC is one at night on Midway: its today has begun an hour ago.
    expect(labels('Pacific/Midway')).toEqual(['Yesterday'])
  })

  it('are those of UTC where the time zone is unknown', () => {
    expect(groupByDay([at('2026-11-20T23:30:00Z')], NOW, 'Mars/Olympus')[0]?.label).toBe(
      'Yesterday',
    )
  })
})
