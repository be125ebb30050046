import type Stripe from 'stripe'
import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import {
  backLink,
  goTo,
  html,
  notFound,
  type PageAnswer,
  pageOf,
} from '@/lib/testing/stripe-fake/page'
import { cardsOf, detach } from '@/lib/testing/stripe-fake/payment-methods'

/** Where a portal session's `url` leads: the customer's cards, to be chosen from and taken away. */
export function showPortal(account: FakeAccount, id: string): PageAnswer {
  const session = account.portalSessions.get(id)
  if (!session) return notFound()
  const customer = account.customers.find(session.customer)
  const cards = cardsOf(account, customer.id)
  const standard = customer.invoice_settings.default_payment_method
  return pageOf(
    'your cards',
    html`${cards.length === 0 ? html`<p>There is no card.</p>` : null}
<ul>
${cards.map((card) => cardForm(card, card.id === standard))}</ul>
${backLink(session.return_url)}`,
  )
}

function cardForm({ id, card }: Stripe.PaymentMethod, isDefault: boolean) {
  const name = `${card?.brand ?? 'card'} ${card?.last4 ?? ''}`
  return html`<li>
<form method="post">
${name}, expires ${card?.exp_month ?? ''}/${card?.exp_year ?? ''}${isDefault ? ' (default)' : ''}
<input type="hidden" name="method" value="${id}">
<button name="action" value="remove" aria-label="Remove ${name}">Remove</button>
${isDefault ? null : html`<button name="action" value="default" aria-label="Make ${name} the default">Make default</button>`}
</form>
</li>
`
}

export function submitPortal(account: FakeAccount, id: string, form: URLSearchParams): PageAnswer {
  const session = account.portalSessions.get(id)
  const method = account.paymentMethods.get(form.get('method') ?? '')
  if (!session || !method || method.customer !== session.customer) return notFound()
  if (form.get('action') === 'remove') detach(account, method)
  else {
    const customer = account.customers.find(session.customer)
    customer.invoice_settings.default_payment_method = method.id
    account.emit('customer.updated', customer)
  }
  return goTo(`/p/session/${id}`)
}
