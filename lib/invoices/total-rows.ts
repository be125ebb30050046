import type { InvoiceSnapshot } from '@/lib/invoices/invoice-snapshot'

/** A sum below the lines of a document, as it is printed. */
interface TotalRow {
  label: string
  /** US cents. */
  cents: bigint
}

/** From the lines of a document to what it asks for or gives back, which is the last row: the same on paper and page. */
export function totalRows({
  kind,
  tax,
  totals,
}: Pick<InvoiceSnapshot, 'kind' | 'tax' | 'totals'>): TotalRow[] {
  const { subtotalCents, taxCents, totalCents, creditCents, dueCents } = totals
  const sums = [
    { label: 'Subtotal', cents: subtotalCents },
    { label: tax ? `${tax.name} ${tax.basisPoints / 100}%` : 'Tax', cents: taxCents },
  ]
  const added = creditCents < 0n ? [{ label: 'Added to your credit', cents: -creditCents }] : []
  if (kind === 'CREDIT_NOTE') {
    const applied = totalCents + creditCents
    return [
      ...sums,
      ...(applied > 0n ? [{ label: 'Taken off the invoice', cents: applied }] : []),
      ...added,
      { label: 'Total credited', cents: totalCents },
    ]
  }
  return [
    ...sums,
    { label: 'Total', cents: totalCents },
    ...(creditCents > 0n ? [{ label: 'Paid from your credit', cents: -creditCents }] : []),
    ...added,
    { label: 'Amount due in USD', cents: dueCents },
  ]
}
