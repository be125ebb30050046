/** Invoices begin OPEN, or PAID where nothing is left to pay. Credit notes are ISSUED for good. */
export type InvoiceState = 'OPEN' | 'PAID' | 'VOID' | 'UNCOLLECTIBLE'
export type DocumentState = InvoiceState | 'ISSUED'

/** Where an invoice may go from its state. The database holds the same table (billing.guard_document). */
const EDGES: Record<InvoiceState, readonly InvoiceState[]> = {
  OPEN: ['PAID', 'VOID', 'UNCOLLECTIBLE'],
  UNCOLLECTIBLE: ['PAID', 'VOID'],
  PAID: [],
  VOID: [],
}

export function mayBecome(from: DocumentState, to: InvoiceState): boolean {
  return from !== 'ISSUED' && EDGES[from].includes(to)
}

const DAY_MS = 86_400_000
/** So long after it was issued an invoice is to be paid. */
const DUE_DAYS = 14

/** Epoch ms by which an invoice is to be paid. */
export function dueMoment(issuedAt: number): number {
  return issuedAt + DUE_DAYS * DAY_MS
}

/** Whether an invoice should have been paid by now. */
export function isPastDue(
  { state, dueAt }: { state: DocumentState; dueAt: number | null },
  now: number,
): boolean {
  return state === 'OPEN' && dueAt !== null && now > dueAt
}
