import { sectionsOf } from '@/lib/invoices/invoice-sections'
import type { InvoiceSnapshot } from '@/lib/invoices/invoice-snapshot'
import type { PresentedItem } from '@/lib/payments/payment-provider'

/** An invoice in few items: a section each, its tax, and the credit that it used. They come to what was due. */
export function presentedItems({ lines, tax, totals }: InvoiceSnapshot): PresentedItem[] {
  const sections = sectionsOf(lines).map((section) => ({
    description: section.title,
    cents: section.lines.reduce((sum, { cents }) => sum + cents, 0n),
  }))
  return [
    ...sections,
    { description: tax?.name ?? 'Tax', cents: totals.taxCents },
    { description: 'Credit', cents: -totals.creditCents },
  ].filter(({ cents }) => cents !== 0n)
}
