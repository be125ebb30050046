import { scaleLinear } from 'd3-scale'
import { stack, stackOffsetDiverging } from 'd3-shape'
import type { Unit } from './amount'
import type { ChartData } from './chart-data'

/** One piece of a bar: x and width in percent of the plot, y and height in pixels. */
export interface Piece {
  x: number
  width: number
  y: number
  height: number
}

export interface StackGeometry {
  /** By series, then by column; null where there is nothing to draw. */
  pieces: (Piece | null)[][]
  /** By column: where the whole bar of the compared range ended; null where none is compared. */
  before: (Piece | null)[]
  ticks: { value: number; y: number }[]
  /** Where nothing is: y of zero. */
  zero: number
}

const TICKS = 4
/** Of a column's width: what stays free between bars. */
const GAP = 0.24
/** Bars of few columns would look like walls. */
const WIDEST_PERCENT = 6
const MARK_HEIGHT = 2

/** Where everything stands in a plot of that height. Widths are percents, so that it needs no measuring. */
export function stackGeometry(data: ChartData, height: number, unit: Unit): StackGeometry {
  const places = data.columns.map((_, place) => place)
  const stacked = stack<number, number>()
    .keys(data.series.map((_, place) => place))
    .value((place, series) => Number(data.series[series]?.values[place] ?? 0))
    .offset(stackOffsetDiverging)(places)
  const ends = stacked.flat(2)
  const befores = data.columns.map(({ before }) => Number(before ?? 0))
  const top = Math.max(...ends, ...befores, 0)
  const bottom = Math.min(...ends, ...befores, 0)
  // Round numbers of what the axis tells: bytes are told by powers of 1024.
  const step = unit === 'bytes' && top >= 1 ? 1024 ** Math.floor(Math.log2(top) / 10) : 1
  const steps = scaleLinear([bottom / step, top === bottom ? 1 : top / step], [height, 0]).nice(
    TICKS,
  )
  const scale = (amount: number) => steps(amount / step)
  const pieceOf = (place: number, low: number, high: number): Piece => ({
    ...columnSpan(place, data.columns.length),
    y: scale(high),
    height: Math.max(scale(low) - scale(high), 0),
  })
  return {
    pieces: stacked.map((series) =>
      series.map(([low, high], place) => (low === high ? null : pieceOf(place, low, high))),
    ),
    before: data.columns.map(({ before }, place) =>
      // A mark on the ground line for each day without anything would look like something.
      before === undefined || Number(before) === 0
        ? null
        : {
            ...columnSpan(place, data.columns.length),
            y: scale(Number(before)) - MARK_HEIGHT / 2,
            height: MARK_HEIGHT,
          },
    ),
    ticks: steps.ticks(TICKS).map((value) => ({ value: value * step, y: steps(value) })),
    zero: scale(0),
  }
}

function columnSpan(place: number, columns: number): { x: number; width: number } {
  const step = 100 / columns
  const width = Math.min(step * (1 - GAP), WIDEST_PERCENT)
  return { x: place * step + (step - width) / 2, width }
}

/** Of so many columns every how-manieth gets its label. */
export function labelStep(columns: number, room: number): number {
  return Math.max(Math.ceil(columns / room), 1)
}
