'use client'

import { useRouter } from 'next/navigation'
import { Fragment, type PointerEvent, useMemo, useState } from 'react'
import { cn } from '@/components/ui/class-names'
import { axisAmount, type Unit } from './amount'
import { type ChartData, fillOf, shortened } from './chart-data'
import { ChartLegend } from './chart-legend'
import { ChartTooltip } from './chart-tooltip'
import { labelStep, type StackGeometry, stackGeometry } from './stack-geometry'

const HEIGHT = 220
const LABELS_WIDE = 10
const LABELS_NARROW = 4
const LABELS_ASLANT = 14
const LETTERS_ASLANT = 12

export type StackedBarsProps = ChartData & {
  /** Says what the chart shows; its numbers are in the table beside it. */
  label: string
  unit: Unit
}

/** Bars over time or over names. Drawn without measuring, so it is there before any script is. */
export function StackedBars(props: StackedBarsProps) {
  const { label, unit, columns, series, levels = false, named: hasNames = false } = props
  const router = useRouter()
  const [pointed, setPointed] = useState<number | null>(null)
  const [named, setNamed] = useState<string | null>(null)
  const geometry = useMemo(
    () => stackGeometry({ columns, series }, HEIGHT, unit),
    [columns, series, unit],
  )
  const column = pointed === null ? undefined : columns[pointed]
  return (
    <figure className="flex min-w-0 flex-col gap-3">
      <div role="img" aria-label={label} className="flex">
        <YAxis geometry={geometry} unit={unit} />
        <div className="relative min-w-0 flex-1">
          <svg
            aria-hidden
            className={cn('block h-64 w-full overflow-visible', hasNames && 'max-sm:h-72')}
          >
            <Grid geometry={geometry} />
            <PeriodMarks columns={columns} />
            {pointed === null ? null : (
              <rect
                x={`${(pointed * 100) / columns.length}%`}
                width={`${100 / columns.length}%`}
                height={HEIGHT}
                className="fill-hover"
              />
            )}
            {series.map((one, place) => (
              <g
                key={one.key}
                className={cn(
                  fillOf(one, place),
                  named !== null && named !== one.key && 'opacity-20',
                )}
              >
                {geometry.pieces[place]?.map((piece, column) =>
                  piece ? (
                    <rect
                      key={columns[column]?.key}
                      x={`${piece.x}%`}
                      width={`${piece.width}%`}
                      y={piece.y}
                      // A hair of the plane between two pieces, where there is room for it.
                      height={piece.height > 3 ? piece.height - 1 : piece.height}
                    />
                  ) : null,
                )}
              </g>
            ))}
            <Before geometry={geometry} columns={columns} />
            {hasNames ? <NamesAxis columns={columns} /> : <TimeAxis columns={columns} />}
            {/* biome-ignore lint/a11y/noStaticElementInteractions: pointing adds nothing that the table lacks */}
            <rect
              width="100%"
              height={HEIGHT}
              className={cn('fill-transparent', column?.href && 'cursor-pointer')}
              onPointerMove={(event) => setPointed(columnAt(event, columns.length))}
              onPointerLeave={() => setPointed(null)}
              onClick={() => column?.href && router.push(column.href)}
            />
          </svg>
          {column && pointed !== null ? (
            <ChartTooltip place={pointed} unit={unit} columns={columns} series={series} />
          ) : null}
        </div>
      </div>
      <ChartLegend
        series={series}
        unit={unit}
        levels={levels}
        compared={columns.some(({ before }) => before !== undefined)}
        mark={columns.find(({ mark }) => mark)?.mark}
        onName={setNamed}
      />
    </figure>
  )
}

function columnAt(event: PointerEvent<SVGRectElement>, columns: number): number {
  const { left, width } = event.currentTarget.getBoundingClientRect()
  const place = Math.floor(((event.clientX - left) / width) * columns)
  return Math.min(Math.max(place, 0), columns - 1)
}

function YAxis({ geometry, unit }: { geometry: StackGeometry; unit: Unit }) {
  return (
    <svg aria-hidden className="block h-64 w-14 shrink-0 overflow-visible">
      {geometry.ticks.map(({ value, y }) => (
        <text
          key={value}
          x="44"
          y={y}
          dy="0.32em"
          textAnchor="end"
          className="fill-muted text-xs tabular-nums"
        >
          {axisAmount(unit, value)}
        </text>
      ))}
    </svg>
  )
}

function Grid({ geometry }: { geometry: StackGeometry }) {
  return geometry.ticks.map(({ value, y }) => (
    <line
      key={value}
      x2="100%"
      y1={y}
      y2={y}
      className={value === 0 ? 'stroke-strong' : 'stroke-subtle'}
    />
  ))
}

function PeriodMarks({ columns }: Pick<ChartData, 'columns'>) {
  return columns.map(({ key, mark }, place) => {
    if (!mark) return null
    const x = `${(place * 100) / columns.length}%`
    return (
      <line key={key} x1={x} x2={x} y2={HEIGHT} strokeDasharray="3 3" className="stroke-muted">
        <title>{mark}</title>
      </line>
    )
  })
}

function Before({ geometry, columns }: { geometry: StackGeometry } & Pick<ChartData, 'columns'>) {
  return geometry.before.map((piece, place) =>
    piece ? (
      <rect
        key={columns[place]?.key}
        x={`${piece.x}%`}
        width={`${piece.width}%`}
        y={piece.y}
        height={piece.height}
        className="fill-ink"
      />
    ) : null,
  )
}

function TimeAxis({ columns }: Pick<ChartData, 'columns'>) {
  const wide = labelStep(columns.length, LABELS_WIDE)
  const narrow = wide * labelStep(Math.ceil(columns.length / wide), LABELS_NARROW)
  return columns.map((column, place) =>
    place % wide === 0 ? (
      <AxisLabel
        key={column.key}
        place={place}
        of={columns.length}
        className={place % narrow === 0 ? undefined : 'max-sm:hidden'}
      >
        {column.label}
      </AxisLabel>
    ) : null,
  )
}

/** On a phone names lie aslant: there is no room for them beside each other, and a bar without a name says nothing. */
function NamesAxis({ columns }: Pick<ChartData, 'columns'>) {
  const wide = labelStep(columns.length, LABELS_WIDE)
  const narrow = labelStep(columns.length, LABELS_ASLANT)
  return columns.map(({ key, label, title }, place) => (
    <Fragment key={key}>
      {place % wide === 0 ? (
        <AxisLabel place={place} of={columns.length} className="max-sm:hidden">
          {label}
        </AxisLabel>
      ) : null}
      {place % narrow === 0 ? (
        <AxisLabel
          place={place}
          of={columns.length}
          className="origin-top-right -rotate-45 [text-anchor:end] [transform-box:fill-box] sm:hidden"
        >
          {shortened(title, LETTERS_ASLANT)}
        </AxisLabel>
      ) : null}
    </Fragment>
  ))
}

type AxisLabelProps = {
  place: number
  of: number
  className?: string | undefined
  children: string
}

/** Below the middle of its bar. */
function AxisLabel({ place, of, className, children }: AxisLabelProps) {
  return (
    <text
      x={`${((place + 0.5) * 100) / of}%`}
      y={HEIGHT + 20}
      textAnchor="middle"
      className={cn('fill-muted text-xs tabular-nums', className)}
    >
      {children}
    </text>
  )
}
