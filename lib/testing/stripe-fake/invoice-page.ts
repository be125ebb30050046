import type Stripe from 'stripe'
import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import { cardChoice, chosenCard } from '@/lib/testing/stripe-fake/card-choice'
import { makeCard } from '@/lib/testing/stripe-fake/cards'
import { attemptNow } from '@/lib/testing/stripe-fake/collection'
import {
  backLink,
  goTo,
  html,
  money,
  notFound,
  type PageAnswer,
  pageOf,
} from '@/lib/testing/stripe-fake/page'

/** Where `hosted_invoice_url` leads: the invoice can be read, and paid by a card that is kept nowhere. */
export function showInvoice(account: FakeAccount, id: string, refusal?: string): PageAnswer {
  const invoice = account.invoices.get(id)
  if (!invoice || invoice.status === 'draft') return notFound()
  const { lines, currency, amount_remaining: remaining } = invoice
  return pageOf(
    `invoice ${invoice.number}`,
    html`<ul>
${lines.data.map(({ description, amount }) => html`<li>${description}: ${money(amount, currency)}</li>\n`)}</ul>
<p>Status: ${invoice.status}. Left to pay: ${money(remaining, currency)}.</p>
${refusal === undefined ? null : html`<p role="alert">${refusal}</p>`}
${
  invoice.status === 'open'
    ? html`<form method="post">
${cardChoice()}
<p><button>Pay</button></p>
</form>`
    : null
}
<p><a href="/i/${id}/pdf">PDF</a></p>
${backLink(backFrom(account, invoice))}`,
  )
}

export function submitInvoice(account: FakeAccount, id: string, form: URLSearchParams): PageAnswer {
  const invoice = account.invoices.get(id)
  if (invoice?.status !== 'open') return notFound()
  const decline = attemptNow(account, invoice, makeCard(account, chosenCard(form)).id)
  return decline === null ? goTo(`/i/${id}`) : showInvoice(account, id, decline.message)
}

/** Stands for the PDF: what matters is that the address leads to the right invoice. */
export function showPdf(account: FakeAccount, id: string): PageAnswer {
  const invoice = account.invoices.get(id)
  if (!invoice || invoice.status === 'draft') return notFound()
  const total = money(invoice.total, invoice.currency)
  return pageOf(`PDF of ${invoice.number}`, html`<p>Total: ${total}</p>`)
}

/** Stripe's own page leads nowhere; this one leads where the customer was sent back to last. */
function backFrom(account: FakeAccount, { customer }: Stripe.Invoice): string | null {
  const urls = [
    ...[...account.checkoutSessions.values()].map((one) => ({ ...one, url: one.cancel_url })),
    ...[...account.portalSessions.values()].map((one) => ({ ...one, url: one.return_url })),
  ]
  const own = urls.filter((one) => one.customer === customer && one.url !== null)
  return own.sort((one, other) => one.created - other.created).at(-1)?.url ?? account.home
}
