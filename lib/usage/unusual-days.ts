import type { TimeRange } from '@/lib/usage/comparison'
import { INTERVAL_MS } from '@/lib/usage/series'

/** What a name cost on a day; nano-USD. */
export interface DayCost {
  /** Epoch ms of its beginning, UTC. */
  day: number
  key: string
  cost: bigint
}

export interface UnusualDay extends DayCost {
  /** The median of the same weekday in the four weeks before. */
  usual: bigint
}

const WEEK_MS = 7 * INTERVAL_MS.DAY
const WEEKS = 4
/** The median of absolute deviations times this estimates a standard deviation of normal noise. */
const MAD_TO_DEVIATION = 1.4826
const DEVIATIONS = 3.5
/** And half as much again at least: where every week was the same, noise has no size. */
const SHARE = 0.5
/** A jump of cents is no news: one dollar at least. */
const FLOOR = 1_000_000_000

/**
 * Days within the range that cost far more than the same weekday used to: above the median of the four weeks
 * before by 3.5 robust deviations, by half and by a dollar. Names without any cost in those weeks are new, which is
 * told by their `usual` of 0. Dearest first.
 * @param costs days of the range and of the four weeks before it; days without cost may be missing
 */
export function unusualDays(costs: readonly DayCost[], range: TimeRange): UnusualDay[] {
  const byName = new Map<string, Map<number, bigint>>()
  for (const { day, key, cost } of costs) {
    const days = byName.get(key) ?? new Map<number, bigint>()
    days.set(day, (days.get(day) ?? 0n) + cost)
    byName.set(key, days)
  }
  return [...byName]
    .flatMap(([key, days]) =>
      [...days].flatMap(([day, cost]) => {
        if (day < range.from || day >= range.to) return []
        const usual = usualCost(days, day)
        return Number(cost) > usual.limit ? [{ day, key, cost, usual: usual.median }] : []
      }),
    )
    .sort((one, other) => Number(other.cost - other.usual - (one.cost - one.usual)))
}

function usualCost(days: ReadonlyMap<number, bigint>, day: number) {
  const before = Array.from({ length: WEEKS }, (_, week) =>
    Number(days.get(day - (week + 1) * WEEK_MS) ?? 0n),
  )
  const middle = median(before)
  const deviation = median(before.map((cost) => Math.abs(cost - middle))) * MAD_TO_DEVIATION
  return {
    median: BigInt(Math.round(middle)),
    limit: middle + Math.max(DEVIATIONS * deviation, SHARE * middle, FLOOR),
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length / 2
  return Number.isInteger(middle)
    ? ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
    : (sorted[Math.floor(middle)] ?? 0)
}
