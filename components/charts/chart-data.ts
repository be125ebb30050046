import type { Amount } from './amount'

/** A bar: a day, a model … */
export interface ChartColumn {
  key: string
  /** Below the bar, where there is room. */
  label: string
  /** In full, for tooltip and table. */
  title: string
  /** Where its events are. */
  href?: string | undefined
  /** The whole bar in the range that is compared with. */
  before?: Amount | undefined
  /** Something begins here: "Billing period". */
  mark?: string | undefined
}

/** One colour of the stack; `values` go by columns. */
export interface ChartSeries {
  key: string
  label: string
  values: readonly Amount[]
  /** Stands for all that have no colour of their own. */
  rest?: boolean | undefined
}

export interface ChartData {
  columns: readonly ChartColumn[]
  series: readonly ChartSeries[]
  /** Bars are levels, which have no sum: the last one says how much it is. */
  levels?: boolean | undefined
  /** Bars are names, of which no other tells anything, not moments, which their neighbours place. */
  named?: boolean | undefined
}

const FILLS = [
  'fill-chart-1',
  'fill-chart-2',
  'fill-chart-3',
  'fill-chart-4',
  'fill-chart-5',
  'fill-chart-6',
  'fill-chart-7',
  'fill-chart-8',
] as const

/** More names than this cannot be told apart by colour: the rest is one series. */
export const SERIES_SHOWN = 8

export function fillOf(series: ChartSeries, place: number): string {
  return series.rest ? 'fill-chart-other' : (FILLS[place] ?? 'fill-chart-other')
}

/** A name for an axis: at most so many letters, but never fewer than four and the ellipsis. */
export function shortened(name: string, letters: number): string {
  return name.length <= letters ? name : `${name.slice(0, Math.max(letters - 1, 4))}…`
}

/** Sum of one column, over all series. */
export function columnTotal({ series }: ChartData, place: number): Amount {
  return sumOf(series.map(({ values }) => values[place] ?? 0))
}

/** Exact for money, which is counted in bigint. */
export function sumOf(amounts: readonly Amount[]): Amount {
  if (amounts.some((amount) => typeof amount === 'bigint')) {
    return amounts.reduce<bigint>((sum, amount) => sum + BigInt(amount), 0n)
  }
  return amounts.reduce<number>((sum, amount) => sum + Number(amount), 0)
}
