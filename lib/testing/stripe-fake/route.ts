import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import type { Params } from '@/lib/testing/stripe-fake/params'

/** One call of the API. */
export interface Route {
  /** Method and path; `:id` and `:second` are parts of it. */
  on: `${'GET' | 'POST' | 'DELETE'} /v1/${string}`
  /** Whatever else is sent is refused: an invented parameter fails the test, as it fails at Stripe. */
  params: readonly string[]
  run(account: FakeAccount, params: Params, id: string, second: string): object
}
