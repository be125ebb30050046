import { amountText, type Unit } from './amount'
import { type ChartSeries, fillOf, sumOf } from './chart-data'

export type ChartLegendProps = {
  series: readonly ChartSeries[]
  unit: Unit
  /** The last value is shown, not the sum. */
  levels: boolean
  /** Marks of another range are in the chart. */
  compared: boolean
  /** What dashed lines mean, where there are any. */
  mark?: string | undefined
  /** The series that the pointer is on, to stress it in the chart. */
  onName: (key: string | null) => void
}

/** Which colour is whose, and how much it is in all, or in the end. */
export function ChartLegend({ series, unit, levels, compared, mark, onName }: ChartLegendProps) {
  return (
    <figcaption>
      <ul className="flex flex-wrap gap-x-4 gap-y-1.5 pl-14 text-sm max-sm:pl-0">
        {series.map((one, place) => (
          <li
            key={one.key}
            onPointerEnter={() => onName(one.key)}
            onPointerLeave={() => onName(null)}
            className="flex min-w-0 items-center gap-1.5"
          >
            <Swatch className={fillOf(one, place)} />
            <span className="truncate text-ink">{one.label}</span>
            <span className="text-muted tabular-nums">
              {amountText(unit, levels ? (one.values.at(-1) ?? 0) : sumOf(one.values))}
            </span>
          </li>
        ))}
        {compared ? (
          <li className="flex items-center gap-1.5 text-muted">
            <svg aria-hidden className="h-0.5 w-3">
              <rect width="100%" height="100%" className="fill-ink" />
            </svg>
            Period before
          </li>
        ) : null}
        {mark ? (
          <li className="flex items-center gap-1.5 text-muted">
            <svg aria-hidden className="h-3 w-1">
              <line x1="1" x2="1" y2="12" strokeDasharray="3 2" className="stroke-muted" />
            </svg>
            {mark}
          </li>
        ) : null}
      </ul>
    </figcaption>
  )
}

/** A square in the colour of a series. */
export function Swatch({ className }: { className: string }) {
  return (
    <svg aria-hidden className="size-2.5 shrink-0">
      <rect width="100%" height="100%" rx="2" className={className} />
    </svg>
  )
}
