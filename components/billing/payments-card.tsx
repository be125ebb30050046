import { SectionCard } from '@/components/settings/section-card'
import { TextLink } from '@/components/ui/text-link'
import type { InvoiceDetail } from '@/lib/invoices/invoices'
import type { PaymentMethod } from '@/lib/invoices/payments'
import { day, dollars } from '@/lib/invoices/wording'
import type { CardCollection } from './card-collection'
import { cardWords } from './card-words'
import { PayButton } from './payment-buttons'

const METHODS: Record<PaymentMethod, string> = {
  BANK_TRANSFER: 'Bank transfer',
  DIRECT_DEBIT: 'Direct debit',
  CARD: 'Card',
  OTHER: 'Payment',
}

export type PaymentsCardProps = {
  tenant: string
  invoice: InvoiceDetail
  /** Null where nobody collects by card. */
  collection: CardCollection | null
}

/** How to pay what is left, what came in, and what was given back. Nothing where there is nothing to say. */
export function PaymentsCard({ tenant, invoice, collection }: PaymentsCardProps) {
  const { payments, creditNotes, owedCents } = invoice
  if (owedCents === 0n && payments.length === 0 && creditNotes.length === 0) return null
  return (
    <SectionCard title="Payment">
      <div className="flex flex-col gap-4 text-sm">
        {owedCents > 0n ? (
          <HowToPay tenant={tenant} invoice={invoice} collection={collection} />
        ) : null}
        {payments.length > 0 || creditNotes.length > 0 ? (
          <ul className="flex flex-col divide-y divide-subtle tabular-nums">
            {payments.map(({ id, receivedAt, cents, method, reference }) => (
              <li key={id} className="flex flex-wrap justify-between gap-x-6 py-2">
                <span className="text-ink [overflow-wrap:anywhere]">
                  {METHODS[method]} on {day(receivedAt)}, reference {reference}
                </span>
                <span className="text-ink">{dollars(cents)}</span>
              </li>
            ))}
            {creditNotes.map(({ id, snapshot: note }) => (
              <li key={id} className="flex flex-wrap justify-between gap-x-6 py-2">
                <span className="text-ink [overflow-wrap:anywhere]">
                  <TextLink href={`/${tenant}/settings/billing/invoices/${id}`}>
                    {note.number}
                  </TextLink>{' '}
                  on {day(note.issuedAt)}: {note.corrects?.reason}
                </span>
                <span className="text-ink">{dollars(note.totals.totalCents)}</span>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </SectionCard>
  )
}

function HowToPay({ tenant, invoice: { id, owedCents, snapshot }, collection }: PaymentsCardProps) {
  const { number, seller } = snapshot
  const { card, failure, mayPay } = collection ?? { card: null, failure: null, mayPay: false }
  return (
    <>
      {/* What was declined is told above the whole page. */}
      {card && failure === null ? (
        <p className="text-ink">
          {cardWords(card)} is charged {dollars(owedCents)}. Nothing needs to be done.
        </p>
      ) : null}
      {mayPay ? (
        <div>
          <PayButton tenant={tenant} invoiceId={id} number={number} />
        </div>
      ) : null}
      <div className="text-muted">
        <p className="text-ink">
          {mayPay || card ? 'Or transfer' : 'Transfer'} {dollars(owedCents)} and name {number}.
        </p>
        {seller.payment.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </>
  )
}
