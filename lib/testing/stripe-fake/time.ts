import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import { expireSession } from '@/lib/testing/stripe-fake/checkout'
import { attemptDue } from '@/lib/testing/stripe-fake/collection'
import { finalize } from '@/lib/testing/stripe-fake/finalization'

interface Due {
  /** Epoch seconds. */
  at: number
  happen(): void
}

/** Lets everything happen that is due by then, in the order of time. */
export function advanceTo(account: FakeAccount, nowMs: number): void {
  if (nowMs < account.nowMs) throw new RangeError('Time goes on, never back.')
  for (;;) {
    const [next] = dues(account)
      .filter(({ at }) => at * 1000 <= nowMs)
      .sort((one, other) => one.at - other.at)
    if (!next) break
    account.nowMs = Math.max(account.nowMs, next.at * 1000)
    account.request = { id: null, idempotency_key: null }
    next.happen()
  }
  account.nowMs = nowMs
}

function dues(account: FakeAccount): Due[] {
  const ofInvoices = [...account.invoices.values()].flatMap((invoice): Due[] => {
    const { status, automatically_finalizes_at: finalizes, next_payment_attempt: tries } = invoice
    if (status === 'draft' && finalizes !== null)
      return [{ at: finalizes, happen: () => finalize(account, invoice) }]
    if (status === 'open' && tries !== null)
      return [{ at: tries, happen: () => attemptDue(account, invoice) }]
    return []
  })
  const ofSessions = [...account.checkoutSessions.values()]
    .filter(({ status }) => status === 'open')
    .map((session) => ({ at: session.expires_at, happen: () => expireSession(account, session) }))
  return [...ofInvoices, ...ofSessions]
}
