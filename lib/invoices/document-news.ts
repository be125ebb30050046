import { billingAudience } from '@/lib/billing/billing-audience'
import type { BillingTransaction } from '@/lib/billing/charge'
import { findBillingDetails } from '@/lib/billing/details'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import { enqueueEmail } from '@/lib/email/outbox'
import type { LedgerDocument } from '@/lib/invoices/invoice-ledger'
import type { InvoiceSnapshot } from '@/lib/invoices/invoice-snapshot'
import { dollars } from '@/lib/invoices/wording'
import { notify } from '@/lib/notifications/notify'

interface Document {
  organizationId: string
  id: string
  snapshot: InvoiceSnapshot
}

/**
 * Tells of documents, each once, in the transaction that makes them and before its audit event. Admins and finance
 * get a notice; the document itself goes to the billing e-mail addresses.
 */
export interface DocumentNews {
  issued(client: BillingTransaction, document: Document): Promise<void>
  paid(
    client: BillingTransaction,
    invoice: LedgerDocument,
    payment: { cents: bigint; reference: string },
  ): Promise<void>
  overdue(client: BillingTransaction, invoice: LedgerDocument): Promise<void>
  /** The card was declined. Who was told so is not told again when the invoice is overdue. */
  declined(client: BillingTransaction, invoice: LedgerDocument): Promise<void>
}

/** Tells nobody: for demo data and tests, whose documents are of the past. */
export const NO_NEWS: DocumentNews = {
  issued: async () => undefined,
  paid: async () => undefined,
  overdue: async () => undefined,
  declined: async () => undefined,
}

/** @param sealer of the links that end such e-mails */
export function documentNews(sealer: EmailLinkSealer): DocumentNews {
  const unpaid = async (
    client: BillingTransaction,
    { organizationId, id, owedCents, snapshot: { number, dueAt } }: LedgerDocument,
    isDeclined: boolean,
  ) => {
    if (dueAt === null) return
    await notify(client, sealer, {
      kind: 'payment-overdue',
      facts: { number, documentId: id, amount: dollars(owedCents), dueAt, isDeclined },
      organizationId,
      recipients: await billingAudience(client, organizationId),
      idempotencyKey: `overdue/${id}`,
    })
  }
  return {
    async issued(client, { organizationId, id, snapshot }) {
      const { kind, number, dueAt } = snapshot
      await notify(client, sealer, {
        kind: 'invoice-issued',
        facts: { document: kind, number, documentId: id, amount: amountOf(snapshot), dueAt },
        organizationId,
        recipients: await billingAudience(client, organizationId),
        idempotencyKey: `document/${id}`,
      })
      await sendDocument(client, sealer, { organizationId, id, snapshot })
    },
    async paid(client, { organizationId, id, owedCents, snapshot }, { cents, reference }) {
      await notify(client, sealer, {
        kind: 'payment-recorded',
        facts: {
          number: snapshot.number,
          documentId: id,
          amount: dollars(cents),
          left: owedCents > 0n ? dollars(owedCents) : null,
        },
        organizationId,
        recipients: await billingAudience(client, organizationId),
        idempotencyKey: `payment/${id}/${reference}`,
      })
    },
    overdue: (client, invoice) => unpaid(client, invoice, false),
    declined: (client, invoice) => unpaid(client, invoice, true),
  }
}

/** What is to be paid, or of a credit note what is given back; null where that is nothing. */
function amountOf({ kind, totals }: InvoiceSnapshot): string | null {
  const cents = kind === 'INVOICE' ? totals.dueCents : totals.totalCents
  return cents === 0n ? null : dollars(cents)
}

async function sendDocument(
  client: BillingTransaction,
  sealer: EmailLinkSealer,
  { organizationId, id, snapshot }: Document,
): Promise<void> {
  const details = await findBillingDetails(client, organizationId)
  if (!details) return
  const { rows } = await client.query<{ slug: string }>(
    'SELECT slug FROM organizations WHERE id = $1',
    [organizationId],
  )
  const { kind, number, dueAt, seller, buyer, corrects } = snapshot
  const document = {
    organizationId,
    documentId: id,
    number,
    sellerName: seller.name,
    sellerEmail: seller.email,
    buyerName: buyer.name,
    path: `/${rows[0]?.slug ?? ''}/settings/billing/invoices/${id}`,
  }
  for (const recipient of details.emails) {
    const common = { recipient, organizationId, idempotencyKey: `document/${id}/${recipient}` }
    if (kind === 'INVOICE') {
      const facts = { ...document, amount: amountOf(snapshot), dueAt: dueAt ?? 0 }
      await enqueueEmail(client, sealer, { ...common, template: 'invoice', facts })
    } else {
      const { totalCents } = snapshot.totals
      const why = { invoiceNumber: corrects?.number ?? '', reason: corrects?.reason ?? '' }
      const facts = { ...document, amount: dollars(totalCents), ...why }
      await enqueueEmail(client, sealer, { ...common, template: 'credit-note', facts })
    }
  }
}
