import type { ReactNode } from 'react'
import { Callout } from '@/components/ui/callout'
import { LinkButton } from '@/components/ui/link-button'
import { TextLink } from '@/components/ui/text-link'
import type { InvoiceSummary } from '@/lib/invoices/invoice-summaries'
import { day, dollars } from '@/lib/invoices/wording'
import type { CardCollection } from './card-collection'
import { declineWords } from './card-words'
import { CardSetupButton, PayButton } from './payment-buttons'

export type OverdueBannerProps = {
  tenant: string
  /** The oldest first. */
  overdue: readonly InvoiceSummary[]
  /** How to pay by transfer, a line each. */
  payment: readonly string[]
  /** Null where nobody collects by card. */
  collection: CardCollection | null
  /** Of the invoice that is shown already. */
  shownId?: string | undefined
}

/** Says what should have been paid, why it was not, how to pay it, and what is held back until then. */
export function OverdueBanner({
  tenant,
  overdue,
  payment,
  collection,
  shownId,
}: OverdueBannerProps) {
  const failure = collection?.failure ?? null
  if (overdue.length === 0 && failure === null) return null
  const owed = overdue.reduce((sum, { owedCents }) => sum + owedCents, 0n)
  return (
    <Callout
      tone="danger"
      title={
        overdue.length > 0
          ? `${dollars(owed)} should have been paid`
          : `${failure?.invoiceNumber} could not be charged`
      }
      actions={actsOf({ tenant, overdue, collection, shownId })}
    >
      {collection && failure ? <p>{declineWords({ card: collection.card, failure })}</p> : null}
      <OverdueList tenant={tenant} overdue={overdue} shownId={shownId} />
      {overdue.length > 0 ? (
        <>
          <p className="mt-1">
            {collection?.mayPay ? 'Pay by card, or transfer' : 'Transfer'} the amount and name the
            invoice’s number:
          </p>
          <ul>
            {payment.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      ) : null}
      <p className="mt-1">
        Everything keeps working. A larger plan can be chosen again once the payment has arrived.
      </p>
    </Callout>
  )
}

type OverdueListProps = Pick<OverdueBannerProps, 'tenant' | 'overdue' | 'shownId'>

function OverdueList({ tenant, overdue, shownId }: OverdueListProps) {
  return (
    <ul>
      {overdue.map(({ id, number, owedCents, dueAt }) => (
        <li key={id}>
          {id === shownId ? (
            number
          ) : (
            <TextLink href={`/${tenant}/settings/billing/invoices/${id}`}>{number}</TextLink>
          )}
          : {dollars(owedCents)}
          {dueAt === null ? '' : `, due on ${day(dueAt)}`}
        </li>
      ))}
    </ul>
  )
}

/** Several invoices are paid one by one, where they are listed. Null where nothing can be done here. */
function actsOf({
  tenant,
  overdue,
  collection,
  shownId,
}: Omit<OverdueBannerProps, 'payment'>): ReactNode {
  const base = `/${tenant}/settings/billing`
  const { mayPay = false, failure = null } = collection ?? {}
  const changeCard =
    mayPay && failure ? <CardSetupButton tenant={tenant}>Change card</CardSetupButton> : null
  if (overdue.length > 1) {
    return (
      <>
        <LinkButton href={`${base}?tab=invoices`}>Open invoices</LinkButton>
        {changeCard}
      </>
    )
  }
  const [first] = overdue
  const { id, number } = first ?? { id: failure?.invoiceId, number: failure?.invoiceNumber }
  // The invoice’s own page has the rest below.
  if (id === undefined || number === undefined || id === shownId) return changeCard
  return (
    <>
      {mayPay ? <PayButton tenant={tenant} invoiceId={id} number={number} /> : null}
      {changeCard}
      <LinkButton href={`${base}/invoices/${id}`}>Open invoice</LinkButton>
    </>
  )
}
