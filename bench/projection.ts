import { parseArgs } from 'node:util'
import { number, table } from '@/bench/statistics'
import {
  backtest,
  errorsByDay,
  type Measure,
  meanByDay,
  SHAPES,
  type Shape,
} from '@/lib/projection/projection-fixture'

/**
 * `npm run bench:projection`: how far the projected end of a period is off, by method, shape of usage and day of the
 * period. The same runs each time. It ends with the numbers that lib/projection/projection-errors.ts holds.
 */

const { values: flags } = parseArgs({ options: { runs: { type: 'string', default: '400' } } })

const DAYS = [1, 3, 5, 7, 10, 15, 20, 25, 28]
const NAMES = { RECENT_WEEKS: 'recent weeks', RUN_RATE: 'days so far' } as const

function row(
  shape: string,
  method: string,
  measures: readonly Measure[],
  value: (one: Measure) => number,
) {
  const byDay = meanByDay(measures, value)
  const known = byDay.filter((percent) => !Number.isNaN(percent))
  const whole = known.reduce((sum, percent) => sum + percent, 0) / known.length
  const cells = DAYS.map((day) => number(byDay[day - 1] ?? Number.NaN, 1))
  return [shape, method, number(whole, 1), ...cells]
}

const measured = (Object.keys(SHAPES) as Shape[]).map((shape) => ({
  shape,
  measures: backtest(shape, Number(flags.runs)),
}))

console.log(
  `\n${flags.runs} periods of each shape, projected once on each day at any time; mean error in percent\n`,
)
console.log(
  table(
    ['usage', 'method', 'all days', ...DAYS.map((day) => `day ${day}`)],
    measured.flatMap(({ shape, measures }) => [
      row(shape, NAMES[measures[0]?.method ?? 'RECENT_WEEKS'], measures, ({ error }) => error),
      row('', 'plain run-rate', measures, ({ runRateError }) => runRateError),
      row('', 'last 7 days', measures, ({ lastWeekError }) => lastWeekError),
    ]),
  ),
)
console.log('\nHow often the end lay within the range of 80 %, in percent\n')
console.log(
  table(
    ['usage', '', 'all days', ...DAYS.map((day) => `day ${day}`)],
    measured.map(({ shape, measures }) =>
      row(shape, 'within', measures, ({ isWithin }) => (isWithin ? 100 : 0)),
    ),
  ),
)
console.log('\nFor lib/projection/projection-errors.ts\n')
for (const [method, errors] of Object.entries(errorsByDay(measured))) {
  console.log(`${method}: [${errors.map((percent) => percent.toFixed(1)).join(', ')}]`)
}
