import type { ChargeLine } from '@/lib/billing/charge'
import { centsOfNano, residueOfNano } from '@/lib/billing/money'
import type { InvoiceLine, InvoiceTotals, Tax } from '@/lib/invoices/invoice-snapshot'
import { chargeKey } from '@/lib/invoices/usage-charge'

/** A charge on its way to an invoice. */
export interface DraftLine extends ChargeLine {
  provider: string | null
  model: string | null
  /** Of a period that had been billed before. */
  isLate: boolean
}

/** Of what does not come from use. */
export function planLine(charge: ChargeLine): DraftLine {
  return { ...charge, provider: null, model: null, isLate: false }
}

/** Lines as they are printed: plan, use, then what came late, oldest period first; greatest amounts first. */
export function invoiceLines(drafts: readonly DraftLine[], tax: Tax | null): InvoiceLine[] {
  return [...drafts].sort(inPrintedOrder).map((draft, place) => {
    const { kind, description, quantity, unit, nano, period, isLate, provider, model } = draft
    const cents = centsOfNano(nano)
    return {
      number: place + 1,
      ...{ kind, key: chargeKey(draft), description, quantity, unit, nano },
      cents,
      residueNano: residueOfNano(nano),
      taxCents: taxOf(cents, tax),
      ...{ period, isLate, provider, model },
    }
  })
}

const KINDS: readonly ChargeLine['kind'][] = [
  'PLAN',
  'PLAN_CREDIT',
  'MODEL',
  'TOKENS',
  'REQUESTS',
  'STORAGE',
  'SEATS',
]

function inPrintedOrder(one: DraftLine, other: DraftLine): number {
  return (
    Number(one.isLate) - Number(other.isLate) ||
    (one.isLate ? one.period.from - other.period.from : 0) ||
    KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) ||
    (one.nano === other.nano ? 0 : one.nano > other.nano ? -1 : 1) ||
    (one.description < other.description ? -1 : 1)
  )
}

/** Of a line, rounded half up by size as its amount was. */
export function taxOf(cents: bigint, tax: Tax | null): bigint {
  if (!tax) return 0n
  const size = cents < 0n ? -cents : cents
  const amount = (size * BigInt(tax.basisPoints) + 5000n) / 10_000n
  return cents < 0n ? -amount : amount
}

/**
 * What the lines come to. Credit pays as much as there is of it; an invoice below nothing becomes credit.
 * @param balance of credit in cents, at least 0
 */
export function totalsOf(
  lines: readonly Pick<InvoiceLine, 'cents' | 'taxCents'>[],
  balance: bigint,
): InvoiceTotals {
  const subtotalCents = lines.reduce((sum, { cents }) => sum + cents, 0n)
  const taxCents = lines.reduce((sum, line) => sum + line.taxCents, 0n)
  const totalCents = subtotalCents + taxCents
  const creditCents = totalCents < balance ? totalCents : balance
  return { subtotalCents, taxCents, totalCents, creditCents, dueCents: totalCents - creditCents }
}
