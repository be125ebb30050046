import type { InvoiceTotals } from '@/lib/invoices/invoice-snapshot'
import { dollars } from '@/lib/invoices/wording'

export type TotalsListProps = {
  totals: InvoiceTotals
  /** As `VAT`; null where none is charged. */
  taxName: string | null
  /** What is left in the end: "Due now". */
  dueLabel: string
}

/** From the lines to what is to be paid, one sum below the other, of what is no document yet. */
export function TotalsList({ totals, taxName, dueLabel }: TotalsListProps) {
  const { subtotalCents, taxCents, totalCents, creditCents, dueCents } = totals
  return (
    <SumList
      rows={[
        ...(taxName === null
          ? []
          : [
              { label: 'Without tax', cents: subtotalCents },
              { label: taxName, cents: taxCents },
            ]),
        ...(taxName === null && creditCents === 0n ? [] : [{ label: 'Total', cents: totalCents }]),
        ...(creditCents > 0n ? [{ label: 'Paid from your credit', cents: -creditCents }] : []),
        ...(creditCents < 0n ? [{ label: 'Becomes credit', cents: -creditCents }] : []),
        { label: dueLabel, cents: dueCents },
      ]}
    />
  )
}

/** Sums, of which the last is what it comes to. */
export function SumList({ rows }: { rows: readonly { label: string; cents: bigint }[] }) {
  return (
    <dl className="flex flex-col gap-1 text-sm tabular-nums">
      {rows.map(({ label, cents }) => (
        <div
          key={label}
          className="flex justify-between gap-6 border-subtle text-muted last:font-medium last:text-base last:text-ink last:not-first:border-t last:not-first:pt-1.5"
        >
          <dt>{label}</dt>
          <dd>{dollars(cents)}</dd>
        </div>
      ))}
    </dl>
  )
}
