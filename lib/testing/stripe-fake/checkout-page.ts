import type Stripe from 'stripe'
import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import { cardChoice, chosenCard } from '@/lib/testing/stripe-fake/card-choice'
import { completeCheckout } from '@/lib/testing/stripe-fake/checkout'
import { goTo, html, notFound, type PageAnswer, pageOf } from '@/lib/testing/stripe-fake/page'

/** Where a Checkout session's `url` leads: a card is given, or not, and the visitor is sent back. */
export function showCheckout(account: FakeAccount, id: string): PageAnswer {
  const session = openSession(account, id)
  if (!session) return notFound()
  return pageOf(
    'add a card',
    html`<form method="post">
${cardChoice()}
<p><button name="action" value="save">Save</button>
${session.cancel_url === null ? null : html`<button name="action" value="back">Back</button>`}</p>
</form>`,
  )
}

export function submitCheckout(
  account: FakeAccount,
  id: string,
  form: URLSearchParams,
): PageAnswer {
  const session = openSession(account, id)
  if (!session) return notFound()
  const { success_url, cancel_url } = session
  if (form.get('action') === 'back' && cancel_url !== null) return goTo(cancel_url)
  completeCheckout(account, id, chosenCard(form))
  return goTo((success_url ?? '/').replace('{CHECKOUT_SESSION_ID}', id))
}

function openSession(
  { checkoutSessions }: FakeAccount,
  id: string,
): Stripe.Checkout.Session | null {
  const session = checkoutSessions.get(id)
  return session?.status === 'open' ? session : null
}
