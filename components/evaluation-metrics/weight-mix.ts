import type { AgentMetricSet } from '@/lib/evaluation-metrics/agent-rows'
import type { Metric } from '@/lib/evaluation-metrics/model'
import { sharesOf } from '@/lib/evaluation-metrics/weights'
import { wholeNumber } from './metric-draft'

/** A set of metrics that is being put together: what is typed, by id; what is not there is not chosen. */
export type WeightMix = ReadonlyMap<string, string>

export function mixOf(agent: AgentMetricSet | null): WeightMix {
  return new Map(agent?.metrics.map(({ metricId, weight }) => [metricId, String(weight)]) ?? [])
}

/** What each chosen metric comes to in percent; null where what is typed is no weight. */
export function sharesOfMix(
  mix: WeightMix,
  metrics: readonly Metric[],
): ReadonlyMap<string, number> | null {
  const chosen = metrics.filter(({ id }) => mix.has(id))
  const entries = chosen.map(({ id, isDeprecated }) => ({
    weight: weightOf(mix.get(id)),
    isDeprecated,
  }))
  if (entries.some(({ weight }) => weight === null)) return null
  const shares = sharesOf(entries.map((entry) => ({ ...entry, weight: entry.weight ?? 0 })))
  return new Map(chosen.map(({ id }, index) => [id, shares[index] ?? 0]))
}

/** The weights as the shares that they come to. */
export function normalizedMix(mix: WeightMix, metrics: readonly Metric[]): WeightMix {
  const shares = sharesOfMix(mix, metrics)
  if (!shares) return mix
  return new Map([...mix].map(([id, weight]) => [id, String(shares.get(id) || weight)]))
}

/** 0 is what a tiny default may have come to. */
function weightOf(text: string | undefined): number | null {
  const weight = wholeNumber(text ?? '')
  return weight !== null && weight <= 100 ? weight : null
}
