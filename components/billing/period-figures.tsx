import type { ReactNode } from 'react'
import { dollars } from '@/lib/invoices/wording'
import type { NextInvoice } from '@/lib/subscriptions/next-invoice'

export type PeriodFiguresProps = { next: NextInvoice; balanceCents: bigint }

/** What it costs so far, what it is expected to cost, and the credit that pays first. */
export function PeriodFigures({ next, balanceCents }: PeriodFiguresProps) {
  const { totals, expected, lines } = next
  const fee = lines.reduce((sum, { kind, cents }) => (kind === 'PLAN' ? sum + cents : sum), 0n)
  return (
    <section aria-label="Totals of this period">
      <dl className="grid grid-cols-3 gap-px overflow-hidden rounded-lg border border-subtle bg-subtle shadow-card max-sm:grid-cols-1">
        <Figure label="This period so far" amount={dollars(totals.totalCents)}>
          {fee > 0n ? `with the next fee of ${dollars(fee)}` : 'before credit'}
        </Figure>
        {expected ? (
          <Figure label="Expected at the end" amount={dollars(expected.cents)}>
            {dollars(expected.lowCents)} to {dollars(expected.highCents)}, an estimate
          </Figure>
        ) : (
          <Figure label="Expected at the end" amount="Not known yet">
            it takes three days of usage
          </Figure>
        )}
        <Figure label="Credit in hand" amount={dollars(balanceCents)}>
          {balanceCents > 0n ? 'pays the next invoices first' : 'nothing to use up'}
        </Figure>
      </dl>
    </section>
  )
}

type FigureProps = { label: string; amount: string; children: ReactNode }

function Figure({ label, amount, children }: FigureProps) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5 bg-surface px-4 py-3">
      <dt className="text-muted text-sm">{label}</dt>
      <dd className="font-semibold text-ink text-xl tabular-nums">{amount}</dd>
      <dd className="text-muted text-sm tabular-nums">{children}</dd>
    </div>
  )
}
