import type { Amount, Unit } from '@/components/charts/amount'
import {
  type ChartColumn,
  type ChartData,
  type ChartSeries,
  SERIES_SHOWN,
  shortened,
  sumOf,
} from '@/components/charts/chart-data'
import { TOKEN_KINDS } from '@/lib/model-pricing/token-kinds'
import type { UsageRow, UsageSums } from '@/lib/usage/series'
import type { Measure, UsageView } from './usage-view'
import { type AgentNames, KIND_WORDS, MEASURE_WORDS, nameText } from './usage-words'

export const UNIT_OF: Record<Measure, Unit> = { cost: 'usd', tokens: 'tokens', calls: 'count' }

/** Bars beyond these say less than the table below. */
const NAMED_BARS_SHOWN = 20
/** That fit below a chart on a desk. */
const LETTERS_ACROSS = 110

export function amountOf(measure: Measure, sums: UsageSums): Amount {
  if (measure === 'cost') return sums.inputCost + sums.outputCost
  return measure === 'calls' ? sums.calls : tokensOf(sums)
}

/** Tokens of all kinds; the kinds are disjoint. */
export function tokensOf(sums: UsageSums): number {
  return TOKEN_KINDS.reduce((sum, kind) => sum + sums[kind], 0)
}

/** The bars of a chart: spans of time as they are given, or the names of the rows, largest first. */
export function barsOf(
  rows: readonly UsageRow[],
  view: UsageView,
  agents?: AgentNames,
): ChartColumn[] {
  const { by, measure } = view
  if (by === 'time') return []
  return namesBySize(rows, measure, (row) => row.names[0] ?? '')
    .slice(0, NAMED_BARS_SHOWN)
    .map((name, _, names) => ({
      key: name,
      label: shortened(nameText(by, name, agents), Math.floor(LETTERS_ACROSS / names.length)),
      title: nameText(by, name, agents),
    }))
}

/**
 * Rows as a stack of colours over bars. The largest names have a colour each, the rest share one: every
 * amount of a shown bar is in it, so that bars add up to the total.
 * @param columns keyed by the beginning of the span, or by name
 */
export function usageChart(
  rows: readonly UsageRow[],
  columns: readonly ChartColumn[],
  view: UsageView,
  agents?: AgentNames,
): ChartData {
  const places = new Map(columns.map(({ key }, place) => [key, place]))
  return { columns, series: seriesOf(rows, places, view, agents), named: view.by !== 'time' }
}

function seriesOf(
  rows: readonly UsageRow[],
  places: ReadonlyMap<string, number>,
  { by, split, measure }: UsageView,
  agents?: AgentNames,
): ChartSeries[] {
  const placeOf = (row: UsageRow) =>
    places.get(by === 'time' ? String(row.bucket) : (row.names[0] ?? ''))
  const fill = (amount: (row: UsageRow) => Amount, chosen: readonly UsageRow[]) => {
    const values: Amount[] = [...places].map(() => (measure === 'cost' ? 0n : 0))
    for (const row of chosen) {
      const place = placeOf(row)
      if (place !== undefined) values[place] = sumOf([values[place] ?? 0, amount(row)])
    }
    return values
  }
  const measured = (row: UsageRow) => amountOf(measure, row)
  if (split === 'none') {
    return [{ key: measure, label: MEASURE_WORDS[measure], values: fill(measured, rows) }]
  }
  if (split === 'kind') {
    return TOKEN_KINDS.map((kind) => ({
      key: kind,
      label: KIND_WORDS[kind],
      values: fill((row) => row[kind], rows),
    })).filter(({ values }) => Number(sumOf(values)) > 0)
  }
  const splitName = (row: UsageRow) => row.names.at(-1) ?? ''
  // A name without any price has no place among costs: the table below names it.
  const names = namesBySize(
    measure === 'cost' ? rows.filter((row) => row.calls > row.unpricedCalls) : rows,
    measure,
    splitName,
  )
  // One more name than colours would make a "rest" of one.
  const shown = names.length <= SERIES_SHOWN ? names : names.slice(0, SERIES_SHOWN - 1)
  const series = shown.map((name) => ({
    key: `name:${name}`,
    label: nameText(split, name, agents),
    values: fill(
      measured,
      rows.filter((row) => splitName(row) === name),
    ),
  }))
  if (shown.length === names.length) return series
  const rest = rows.filter((row) => !shown.includes(splitName(row)))
  const label = `${names.length - shown.length} more`
  return [...series, { key: 'rest', label, values: fill(measured, rest), rest: true }]
}

function namesBySize(
  rows: readonly UsageRow[],
  measure: Measure,
  nameOf: (row: UsageRow) => string,
): string[] {
  const sizes = new Map<string, number>()
  for (const row of rows) {
    const name = nameOf(row)
    sizes.set(name, (sizes.get(name) ?? 0) + Number(amountOf(measure, row)))
  }
  return [...sizes]
    .sort(([one, size], [other, otherSize]) => otherSize - size || one.localeCompare(other))
    .map(([name]) => name)
}
