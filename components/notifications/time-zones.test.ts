import { describe, expect, it } from 'vitest'
import { timeZonesByRegion } from './time-zones'

describe('the list of time zones', () => {
  it('is by region, with names as people write them', () => {
    const list = timeZonesByRegion(
      ['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Europe/Athens'],
      'Europe/Berlin',
    )
    expect(list).toEqual([
      { region: 'Other', zones: [{ value: 'UTC', label: 'UTC' }] },
      {
        region: 'America',
        zones: [{ value: 'America/Argentina/Buenos_Aires', label: 'Argentina, Buenos Aires' }],
      },
      {
        region: 'Europe',
        zones: [
          { value: 'Europe/Athens', label: 'Athens' },
          { value: 'Europe/Berlin', label: 'Berlin' },
        ],
      },
    ])
  })

  it('holds the chosen one, whether this browser knows it or not', () => {
    const values = (chosen: string) =>
      timeZonesByRegion(['Europe/Kiev'], chosen).flatMap(({ zones }) =>
        zones.map(({ value }) => value),
      )
    expect(values('Europe/Kyiv')).toContain('Europe/Kyiv')
    expect(values('UTC')).toEqual(['UTC', 'Europe/Kiev'])
  })

  it('holds every zone that this runtime knows, once', () => {
    const known = Intl.supportedValuesOf('timeZone')
    const listed = timeZonesByRegion(known, 'UTC').flatMap(({ zones }) => zones)
    expect(listed).toHaveLength(new Set([...known, 'UTC']).size)
  })
})
