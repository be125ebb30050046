import { nanoOfCents } from '@/lib/billing/money'
import { invalid } from '@/lib/errors'
import { taxOf } from '@/lib/invoices/invoice-line'
import type { InvoiceLine, InvoiceSnapshot } from '@/lib/invoices/invoice-snapshot'
import { dollars } from '@/lib/invoices/wording'

/** How much of a line is given back. */
export interface Correction {
  /** As the invoice numbers its lines. */
  line: number
  /** US cents without tax, more than 0. */
  cents: bigint
}

/**
 * Lines of a credit note; each keeps the number of the line that it corrects.
 * @param earlier lines of credit notes of the same invoice
 * @param corrections null: all that is left
 * @throws DomainError invalid at the correction that cannot be
 */
export function correctedLines(
  invoice: Pick<InvoiceSnapshot, 'lines' | 'tax'>,
  earlier: readonly InvoiceLine[],
  corrections: readonly Correction[] | null,
): InvoiceLine[] {
  const left = new Map(invoice.lines.map((line) => [line.number, leftOf(line, earlier)]))
  if (corrections === null) {
    const lines = [...left.values()].filter(({ cents }) => cents !== 0n)
    if (lines.length > 0) return lines
    throw invalid([{ pointer: '/corrections', detail: 'All of the invoice was given back.' }])
  }
  if (corrections.length === 0)
    throw invalid([{ pointer: '/corrections', detail: 'Name a line that is given back.' }])
  return corrections.map(({ line: number, cents }, place) => {
    const line = left.get(number)
    const pointer = `/corrections/${place}`
    if (!line || line.cents <= 0n || corrections.findIndex((one) => one.line === number) !== place)
      throw invalid([{ pointer, detail: 'Name each line once, of those that are not given back.' }])
    if (cents <= 0n || cents > line.cents) {
      const detail = `Give back more than nothing, and at most ${dollars(line.cents)}.`
      throw invalid([{ pointer, detail }])
    }
    if (cents === line.cents) return line
    // A part of the price gives back no units.
    const part = { ...line, ...amountOf(cents), quantity: 0n }
    const taxCents = taxOf(cents, invoice.tax)
    // Parts are rounded each: together they give back no more tax than was charged.
    return taxCents > line.taxCents ? part : { ...part, taxCents }
  })
}

function leftOf(line: InvoiceLine, earlier: readonly InvoiceLine[]): InvoiceLine {
  const before = earlier.filter(({ number }) => number === line.number)
  const cents = before.reduce((rest, one) => rest - one.cents, line.cents)
  const taxCents = before.reduce((rest, one) => rest - one.taxCents, line.taxCents)
  return { ...line, ...amountOf(cents), taxCents }
}

function amountOf(cents: bigint): Pick<InvoiceLine, 'cents' | 'nano' | 'residueNano'> {
  return { cents, nano: nanoOfCents(cents), residueNano: 0n }
}
