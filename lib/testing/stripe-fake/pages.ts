import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import { showCheckout, submitCheckout } from '@/lib/testing/stripe-fake/checkout-page'
import { showInvoice, showPdf, submitInvoice } from '@/lib/testing/stripe-fake/invoice-page'
import { notFound, type PageAnswer } from '@/lib/testing/stripe-fake/page'
import { showPortal, submitPortal } from '@/lib/testing/stripe-fake/portal-page'

interface Page {
  path: RegExp
  show(account: FakeAccount, id: string): PageAnswer
  submit?(account: FakeAccount, id: string, form: URLSearchParams): PageAnswer
}

const PAGES: readonly Page[] = [
  { path: /^\/c\/pay\/(\w+)$/, show: showCheckout, submit: submitCheckout },
  { path: /^\/p\/session\/(\w+)$/, show: showPortal, submit: submitPortal },
  { path: /^\/i\/(\w+)$/, show: (account, id) => showInvoice(account, id), submit: submitInvoice },
  { path: /^\/i\/(\w+)\/pdf$/, show: showPdf },
]

/** What people see of Stripe. Whatever is not of the API is one of these. */
export function answerPage(
  account: FakeAccount,
  { method, path, form }: { method: string; path: string; form: string },
): PageAnswer {
  for (const page of PAGES) {
    const id = page.path.exec(path)?.[1]
    if (id === undefined) continue
    if (method === 'GET') return page.show(account, id)
    if (method === 'POST' && page.submit) return page.submit(account, id, new URLSearchParams(form))
  }
  return notFound()
}
