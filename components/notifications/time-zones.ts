export interface ZoneRegion {
  region: string
  zones: { value: string; label: string }[]
}

const UTC = 'UTC'
const OTHER = 'Other'

/**
 * The zones as a list to choose from, by region. UTC is always there, and so is the chosen one: browsers
 * know the same place by different names (Kiev, Kyiv).
 */
export function timeZonesByRegion(known: readonly string[], chosen: string): ZoneRegion[] {
  const regions = new Map<string, ZoneRegion>()
  for (const value of [...new Set([UTC, ...known, chosen])].sort()) {
    const slash = value.indexOf('/')
    const region = slash === -1 ? OTHER : value.slice(0, slash)
    const label = value
      .slice(slash + 1)
      .replaceAll('_', ' ')
      .replaceAll('/', ', ')
    const group = regions.get(region) ?? { region, zones: [] }
    group.zones.push({ value, label })
    regions.set(region, group)
  }
  return [...regions.values()].sort((one, other) => order(one).localeCompare(order(other)))
}

/** What belongs to no region stands first, UTC among it. */
function order({ region }: ZoneRegion): string {
  return region === OTHER ? '' : region
}
