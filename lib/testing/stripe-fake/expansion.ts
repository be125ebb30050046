import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import { offStripeCents, paymentsOf } from '@/lib/testing/stripe-fake/invoice-payments'
import { listed } from '@/lib/testing/stripe-fake/listing'
import { invalidRequest } from '@/lib/testing/stripe-fake/refusal'

const LEVELS_MAX = 4

/** What an invoice tells only where it is asked for by name. Events never tell it. */
const INCLUDABLE: Readonly<Record<string, (account: FakeAccount, id: string) => unknown>> = {
  payments: (account, id) =>
    listed(paymentsOf(account, id), `/v1/invoice_payments?invoice=${encodeURIComponent(id)}`),
  amount_paid_off_stripe: (account, id) => offStripeCents(account, id),
}

/** The answer with the ids at these paths replaced by what they name. A copy: the state keeps its ids. */
export function expanded(account: FakeAccount, answer: object, paths: readonly string[]): object {
  const copy = copyOf(answer)
  for (const path of paths) {
    const names = path.split('.')
    if (names.length > LEVELS_MAX) {
      throw invalidRequest(
        `You cannot expand more than ${LEVELS_MAX} levels of a property (${path}).`,
        'expand',
      )
    }
    expandAt(account, copy, names)
  }
  return copy
}

function expandAt(account: FakeAccount, at: unknown, [name, ...rest]: readonly string[]): void {
  if (Array.isArray(at)) {
    for (const one of at) expandAt(account, one, [name ?? '', ...rest])
    return
  }
  if (!isRecord(at) || name === undefined) return
  if (at.object === 'invoice' && at[name] === undefined) include(account, at, name)
  const value = at[name]
  if (typeof value === 'string') at[name] = copyOf(named(account, value))
  expandAt(account, at[name], rest)
}

function include(account: FakeAccount, invoice: Record<string, unknown>, name: string): void {
  const read = INCLUDABLE[name]
  if (!read) throw invalidRequest(`This property cannot be expanded (${name}).`, 'expand')
  const value = read(account, String(invoice.id))
  invoice[name] = isRecord(value) ? copyOf(value) : value
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function copyOf(value: object): object {
  return JSON.parse(JSON.stringify(value))
}

function named(account: FakeAccount, id: string): object {
  const { customers, paymentMethods, setupIntents, paymentIntents, invoices } = account
  for (const kind of [customers, paymentMethods, setupIntents, paymentIntents, invoices]) {
    const found = kind.get(id)
    if (found) return found
  }
  throw invalidRequest(`This property cannot be expanded (${id}).`, 'expand')
}
