import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localMoment } from '@/lib/local-date'
import { lastDigestMoment } from '@/lib/notifications/digest-moment'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Half and quarter hours, both sides of the date line, and those that change their clocks oddly. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Midway',
  'Pacific/Apia',
  'Africa/Casablanca',
  'America/Santiago',
  'Africa/Cairo',
]

const moments = fc.record({
  now: fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2035, 0, 1) }),
  timeZone: fc.constantFrom(...ZONES),
})

const at = (iso: string, timeZone: string, hour = 8) => {
  const moment = lastDigestMoment(Date.parse(iso), timeZone, hour)
  return { at: new Date(moment.at).toISOString(), date: moment.date }
}

describe('the moment of the digest', () => {
  it('is eight o’clock there, not in the future and at most a day and a bit ago', () => {
    fc.assert(
      fc.property(moments, ({ now, timeZone }) => {
        const moment = lastDigestMoment(now, timeZone, 8)
        const { year, month, day, hour, minute } = localMoment(moment.at, timeZone)
        expect({ hour, minute }).toEqual({ hour: 8, minute: 0 })
        expect(moment.date).toBe(
          new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10),
        )
        expect(moment.at).toBeLessThanOrEqual(now)
        // Samoa once skipped a whole day.
        expect(now - moment.at).toBeLessThan(DAY_MS + 25 * HOUR_MS)
      }),
      { numRuns: 2000 },
    )
  })

  it('is one for each local date, whenever one asks, and dates only grow', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 3 * DAY_MS }), ({ now, timeZone }, later) => {
        const first = lastDigestMoment(now, timeZone, 8)
        const second = lastDigestMoment(now + later, timeZone, 8)
        expect(second.at).toBeGreaterThanOrEqual(first.at)
        expect(second.date === first.date).toBe(second.at === first.at)
      }),
      { numRuns: 2000 },
    )
  })

  it('changes at eight sharp, on the days when clocks change too', () => {
    // Berlin: summer time begins on 29 March and ends on 25 October 2026.
    expect(at('2026-03-29T05:59:59.999Z', 'Europe/Berlin')).toEqual({
      at: '2026-03-28T07:00:00.000Z',
      date: '2026-03-28',
    })
    expect(at('2026-03-29T06:00:00.000Z', 'Europe/Berlin').date).toBe('2026-03-29')
    expect(at('2026-10-25T06:59:59.999Z', 'Europe/Berlin').date).toBe('2026-10-24')
    expect(at('2026-10-25T07:00:00.000Z', 'Europe/Berlin').date).toBe('2026-10-25')
  })

  it('is the jump where clocks skip the hour, and the first of two where they show it twice', () => {
    expect(at('2026-03-29T12:00:00Z', 'Europe/Berlin', 2).at).toBe('2026-03-29T01:00:00.000Z')
    expect(at('2026-10-25T12:00:00Z', 'Europe/Berlin', 2).at).toBe('2026-10-25T00:00:00.000Z')
  })

  it('passes over a date that there never was', () => {
    // Samoa went from 29 to 31 December 2011.
    expect(at('2011-12-30T17:59:00Z', 'Pacific/Apia').date).toBe('2011-12-29')
    expect(at('2011-12-30T18:00:00Z', 'Pacific/Apia').date).toBe('2011-12-31')
  })

  it('is that of UTC where the zone is unknown', () => {
    expect(at('2026-11-21T09:00:00Z', 'Mars/Olympus').at).toBe('2026-11-21T08:00:00.000Z')
  })
})
