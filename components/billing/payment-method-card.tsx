import { CreditCard, Landmark } from 'lucide-react'
import { SectionCard, SectionFooter } from '@/components/settings/section-card'
import { Callout } from '@/components/ui/callout'
import type { CardCollection } from './card-collection'
import { cardWords, expiryWarning, expiryWords } from './card-words'
import { CardSetupButton, PortalButton } from './payment-buttons'

export type PaymentMethodCardProps = {
  tenant: string
  /** How to pay by transfer, a line each. */
  payment: readonly string[]
  /** Null where nobody collects by card. */
  collection: CardCollection | null
}

/** How invoices are paid, and where that is changed. */
export function PaymentMethodCard({ tenant, payment, collection }: PaymentMethodCardProps) {
  if (collection?.card) {
    return <CardOnFile tenant={tenant} collection={collection} card={collection.card} />
  }
  return (
    <SectionCard
      title="Payment method"
      description="Invoices are paid by bank transfer against the invoice, within 14 days."
      footer={
        collection?.mayPay ? (
          <SectionFooter
            hint="A card pays what is invoiced from then on. Stripe keeps it: its number never comes here."
            actions={<CardSetupButton tenant={tenant}>Pay by card instead</CardSetupButton>}
          />
        ) : null
      }
    >
      <div className="flex gap-3 text-sm">
        <Landmark aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
        <div className="min-w-0 text-muted [overflow-wrap:anywhere]">
          {payment.map((line) => (
            <p key={line} className="text-ink">
              {line}
            </p>
          ))}
          <p className="mt-1">
            Name the invoice’s number with the transfer.{' '}
            {collection ? null : 'No card is needed, and none is kept here.'}
          </p>
        </div>
      </div>
    </SectionCard>
  )
}

type CardOnFileProps = {
  tenant: string
  collection: CardCollection
  card: NonNullable<CardCollection['card']>
}

function CardOnFile({ tenant, card, collection }: CardOnFileProps) {
  const { expiresSoon, mayPay, now } = collection
  return (
    <SectionCard
      title="Payment method"
      description="Each invoice is charged to the card as soon as it is issued."
      footer={
        mayPay ? (
          <SectionFooter
            hint="Stripe keeps the card. Its number never comes here."
            actions={
              <>
                <PortalButton tenant={tenant} />
                <CardSetupButton tenant={tenant}>Change card</CardSetupButton>
              </>
            }
          />
        ) : null
      }
    >
      <div className="flex flex-col gap-4">
        <div className="flex gap-3 text-sm">
          <CreditCard aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
          <div className="min-w-0 tabular-nums">
            <p className="font-medium text-ink">{cardWords(card)}</p>
            <p className="text-muted">{expiryWords(card)}</p>
          </div>
        </div>
        {expiresSoon ? (
          <Callout tone="warning" title={expiryWarning(card, now)}>
            Give another one, so that invoices go on being paid.
          </Callout>
        ) : null}
      </div>
    </SectionCard>
  )
}
