import Link from 'next/link'
import type { ReactNode } from 'react'
import {
  amountText,
  exactAmount,
  percentChange,
  shortAmount,
  type Unit,
} from '@/components/charts/amount'
import { cn } from '@/components/ui/class-names'
import { TextLink } from '@/components/ui/text-link'
import { dayRange } from '@/lib/local-date'
import { inputTokens } from '@/lib/model-pricing/token-kinds'
import type { Comparison } from '@/lib/usage/comparison'
import type { UsageSums } from '@/lib/usage/series'
import { amountOf, tokensOf } from './usage-chart'

export type UsageFiguresProps = {
  total: UsageSums
  /** Of the days that are compared, and of those that they are compared with. */
  now: UsageSums
  before: UsageSums
  comparison: Comparison | null
  /** Where models without a price are listed. */
  pricingHref: string
  /** Where the events behind the figures are. */
  eventsHref: string
}

/** The totals of the period, each beside what it was before. */
export function UsageFigures({
  total,
  now,
  before,
  comparison,
  pricingHref,
  eventsHref,
}: UsageFiguresProps) {
  const input = inputTokens(total)
  const cached = input > 0 ? Math.round((total.cacheRead / input) * 100) : 0
  const tiles = [
    {
      label: 'Cost',
      unit: 'usd' as const,
      of: (sums: UsageSums) => amountOf('cost', sums),
      note:
        total.unpricedCalls > 0 ? (
          <>
            without{' '}
            <TextLink href={pricingHref}>
              {total.unpricedCalls.toLocaleString('en-US')} unpriced{' '}
              {total.unpricedCalls === 1 ? 'call' : 'calls'}
            </TextLink>
          </>
        ) : null,
    },
    {
      label: 'Tokens',
      unit: 'tokens' as const,
      of: tokensOf,
      note: `${shortAmount('tokens', input)} in, ${shortAmount('tokens', tokensOf(total) - input)} out`,
    },
    {
      label: 'Model calls',
      unit: 'count' as const,
      of: (sums: UsageSums) => sums.calls,
      note:
        total.executions > 0 ? `${shortAmount('count', total.executions)} runs of agents` : null,
    },
    {
      label: 'Read from cache',
      unit: 'tokens' as const,
      of: (sums: UsageSums) => sums.cacheRead,
      note: `${cached}% of what went in`,
    },
  ]
  return (
    <section aria-label="Totals" className="flex flex-col gap-2">
      <dl className="grid grid-cols-4 gap-px overflow-hidden rounded-lg border border-subtle bg-subtle shadow-card max-lg:grid-cols-2">
        {tiles.map(({ label, unit, of, note }) => (
          <Figure
            key={label}
            label={label}
            unit={unit}
            amount={of(total)}
            change={comparison ? percentChange(of(now), of(before)) : null}
            note={note}
            href={eventsHref}
          />
        ))}
      </dl>
      {comparison ? (
        <p className="text-muted text-xs">
          Changes compare{' '}
          {comparison.days === 1 ? 'one whole day' : `${comparison.days} whole days`},{' '}
          {dayRange(comparison.now)}, with {dayRange(comparison.before)}.
        </p>
      ) : null}
    </section>
  )
}

export type FigureProps = {
  label: string
  unit: Unit
  amount: number | bigint
  /** In percent. */
  change: number | null
  note: ReactNode
  /** Where its events are. */
  href?: string | undefined
}

/** One tile of a list of totals. */
export function Figure({ label, unit, amount, change, note, href }: FigureProps) {
  const words = unit === 'usd' ? amountText(unit, amount) : shortAmount(unit, amount)
  const looks = 'font-semibold text-ink text-xl tabular-nums'
  return (
    <div className="flex min-w-0 flex-col gap-0.5 bg-surface px-4 py-3">
      <dt className="text-muted text-sm">{label}</dt>
      <dd className="flex flex-wrap items-baseline gap-x-2">
        {href ? (
          <Link
            href={href}
            prefetch={false}
            title={`${exactAmount(unit, amount)}: show the events`}
            className={cn(looks, 'rounded-sm underline-offset-4 hover:underline')}
          >
            {words}
          </Link>
        ) : (
          <span title={exactAmount(unit, amount)} className={looks}>
            {words}
          </span>
        )}
        {change === null ? null : (
          <span className="text-muted text-sm tabular-nums">{changeText(change)}</span>
        )}
      </dd>
      {note ? <dd className="text-muted text-sm">{note}</dd> : null}
    </div>
  )
}

/** In words of direction, because more is neither good nor bad. */
export function changeText(change: number): string {
  if (change === 0) return 'as before'
  const size = Math.abs(change)
  // "+4321%" says less than "44 times as much".
  if (change >= 1000) return `×${Math.round(change / 100 + 1)}`
  return `${change > 0 ? '+' : '−'}${size}%`
}
