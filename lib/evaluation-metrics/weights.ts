/** Shares of one hundred; isomorphic. */

/**
 * The weights as whole percentages that sum to exactly 100, by largest remainder: each is its exact share
 * rounded up or down, and no share of a larger weight is smaller. Of equal remainders the earlier one gains.
 * @param weights whole numbers of 0 or more, at least one of them above 0; none at all gives none
 */
export function normalizeWeights(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (weights.length === 0) return []
  if (!(total > 0)) throw new RangeError('Shares of nothing: no weight is above 0.')
  // Whole numbers throughout, so that no remainder is a matter of rounding.
  const parts = weights.map((weight, index) => ({
    index,
    share: Math.floor((weight * 100) / total),
    remainder: (weight * 100) % total,
  }))
  let missing = 100 - parts.reduce((sum, { share }) => sum + share, 0)
  for (const part of [...parts].sort(byRemainder)) {
    if (missing === 0) break
    part.share++
    missing--
  }
  return parts.map(({ share }) => share)
}

interface Part {
  index: number
  share: number
  remainder: number
}

function byRemainder(one: Part, other: Part): number {
  return other.remainder - one.remainder || one.index - other.index
}

/**
 * What each metric counts for in a set. What is deprecated counts for nothing, and its part goes to the others.
 * @returns percentages in the order of the entries; all 0 where nothing counts
 */
export function sharesOf(entries: readonly { weight: number; isDeprecated: boolean }[]): number[] {
  const weights = entries.map(({ weight, isDeprecated }) => (isDeprecated ? 0 : weight))
  return weights.some((weight) => weight > 0) ? normalizeWeights(weights) : weights.map(() => 0)
}
