import { amountText, type Unit } from './amount'
import { type ChartData, columnTotal, fillOf } from './chart-data'
import { Swatch } from './chart-legend'

const ROWS_SHOWN = 9

export type ChartTooltipProps = ChartData & { place: number; unit: Unit }

/** The numbers of one bar, beside the pointer. Seen only: the table holds the same for everybody. */
export function ChartTooltip({ place, unit, columns, series }: ChartTooltipProps) {
  const column = columns[place]
  if (!column) return null
  const rows = series
    .map((one, index) => ({ one, index, amount: one.values[place] ?? 0 }))
    .filter(({ amount }) => Number(amount) !== 0)
    .sort((a, b) => Number(b.amount) - Number(a.amount))
  const middle = (place + 0.5) / columns.length
  return (
    <div
      aria-hidden
      style={middle < 0.5 ? { left: `${middle * 100}%` } : { right: `${(1 - middle) * 100}%` }}
      className="pointer-events-none absolute top-0 z-10 mx-3 flex w-max max-w-72 flex-col gap-1 rounded-lg border border-strong bg-raised px-3 py-2 text-sm shadow-overlay"
    >
      <p className="font-medium text-ink">{column.title}</p>
      {rows.slice(0, ROWS_SHOWN).map(({ one, index, amount }) => (
        <p key={one.key} className="flex items-center gap-2">
          <Swatch className={fillOf(one, index)} />
          <span className="min-w-0 flex-1 truncate text-muted">{one.label}</span>
          <span className="pl-4 text-ink tabular-nums">{amountText(unit, amount)}</span>
        </p>
      ))}
      <p className="flex justify-between gap-6 border-subtle border-t pt-1">
        <span className="text-muted">Total</span>
        <span className="font-medium text-ink tabular-nums">
          {amountText(unit, columnTotal({ columns, series }, place))}
        </span>
      </p>
      {column.before === undefined ? null : (
        <p className="flex justify-between gap-6">
          <span className="text-muted">Period before</span>
          <span className="text-ink tabular-nums">{amountText(unit, column.before)}</span>
        </p>
      )}
    </div>
  )
}
