import { systemAuditPayload } from '@/lib/audit/payload'
import type { BillingTransaction } from '@/lib/billing/charge'
import { newId } from '@/lib/ids'

/** What happened to a document, for the audit trail: written last, as the trail stays locked to the commit. */
export interface DocumentEvent {
  organizationId: string
  eventType: 'INVOICE_ISSUED' | 'INVOICE_VOIDED' | 'CREDIT_NOTE_ISSUED' | 'PAYMENT_RECORDED'
  invoice: { id: string; number: string }
  details: Record<string, unknown>
  /** Who runs this installation, where a person did it. */
  operator?: string | undefined
}

/** Appends the event: by the system, or by an operator of the installation, who is nobody's member. */
export async function auditDocument(
  client: BillingTransaction,
  { organizationId, eventType, invoice, details, operator }: DocumentEvent,
): Promise<void> {
  const payload = systemAuditPayload(
    { id: newId(), channel: 'system', ip: null, userAgent: null },
    {
      eventType,
      target: { type: 'invoice', id: invoice.id, label: invoice.number, familyId: null },
      details: operator === undefined ? details : { ...details, operator },
    },
  )
  await client.query('SELECT audit.append($1::uuid, $2::uuid, $3)', [
    organizationId,
    newId(),
    payload,
  ])
}
