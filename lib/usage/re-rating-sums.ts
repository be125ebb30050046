import type { GroupCost, ReRatedGroup } from '@/lib/usage/re-rating-groups'

/** What calls cost as it stands, and by the prices of now; nano-USD. */
export interface ReRatingSums {
  calls: number
  costBefore: bigint
  costAfter: bigint
  /** Calls that had no price and get one. */
  newlyPriced: number
  /** Calls that had a price, of which nobody says any more what they cost. */
  noLongerPriced: number
  /** Calls without a price afterwards. */
  unpriced: number
}

export interface ReRatingShare extends ReRatingSums {
  /** Provider and model, or the agent. */
  names: string[]
}

export interface ReRatingResult extends ReRatingSums {
  /** Adjustments that a correction writes: none where all of it costs what the prices say. */
  adjustments: number
  /** Whose cost changes, the greatest change first; at most `SHARES_MAX`. */
  byModel: ReRatingShare[]
  byAgent: ReRatingShare[]
}

const SHARES_MAX = 100

/** Adds up groups as they come: what it keeps grows with models and agents, never with calls. */
export class ReRatingTally {
  readonly #sums = noSums()
  #adjustments = 0
  readonly #byModel = new Map<string, ReRatingShare>()
  readonly #byAgent = new Map<string, ReRatingShare>()

  add(group: ReRatedGroup): void {
    const [, , provider, model, agent] = group.names
    if (differs(group)) this.#adjustments++
    addTo(this.#sums, group)
    addTo(shareOf(this.#byModel, [provider, model]), group)
    addTo(shareOf(this.#byAgent, [agent]), group)
  }

  result(): ReRatingResult {
    return {
      ...this.#sums,
      adjustments: this.#adjustments,
      byModel: changed(this.#byModel),
      byAgent: changed(this.#byAgent),
    }
  }
}

/** Whether a correction would write anything of the group. */
export function differs({ before, after }: ReRatedGroup): boolean {
  return (
    before.input !== after.input ||
    before.output !== after.output ||
    before.unpriced !== after.unpriced
  )
}

function addTo(sums: ReRatingSums, { calls, before, after }: ReRatedGroup): void {
  sums.calls += calls
  sums.costBefore += total(before)
  sums.costAfter += total(after)
  sums.newlyPriced += Math.max(before.unpriced - after.unpriced, 0)
  sums.noLongerPriced += Math.max(after.unpriced - before.unpriced, 0)
  sums.unpriced += after.unpriced
}

function total({ input, output }: GroupCost): bigint {
  return input + output
}

function shareOf(shares: Map<string, ReRatingShare>, names: string[]): ReRatingShare {
  const key = names.join('\0')
  const known = shares.get(key)
  if (known) return known
  const share = { names, ...noSums() }
  shares.set(key, share)
  return share
}

function changed(shares: Map<string, ReRatingShare>): ReRatingShare[] {
  return [...shares.values()]
    .filter((share) => change(share) > 0n || share.newlyPriced + share.noLongerPriced > 0)
    .sort((one, other) => Number(change(other) - change(one)))
    .slice(0, SHARES_MAX)
}

function change({ costBefore, costAfter }: ReRatingSums): bigint {
  return costAfter > costBefore ? costAfter - costBefore : costBefore - costAfter
}

function noSums(): ReRatingSums {
  return {
    calls: 0,
    costBefore: 0n,
    costAfter: 0n,
    newlyPriced: 0,
    noLongerPriced: 0,
    unpriced: 0,
  }
}
