import type { FakeAccount } from '@/lib/testing/stripe-fake/account'
import { expanded } from '@/lib/testing/stripe-fake/expansion'
import { Params } from '@/lib/testing/stripe-fake/params'
import { invalidRequest, Refusal } from '@/lib/testing/stripe-fake/refusal'
import { type Match, matchRoute } from '@/lib/testing/stripe-fake/routes'
import { advanceTo } from '@/lib/testing/stripe-fake/time'

/** How long an idempotency key is remembered. After that the same call is carried out again. */
const KEPT_MS = 24 * 3_600_000

export interface Call {
  method: string
  path: string
  /** The form, of the body or of the query. */
  form: string
  isAuthorized: boolean
  idempotencyKey: string | null
}

export interface Answer {
  status: number
  body: object
  requestId: string
  isReplayed: boolean
}

/** The calls of one account: for a day each idempotency key is carried out once, and answered alike. */
export class FakeApi {
  readonly #account: FakeAccount
  readonly #answered = new Map<string, { call: string; answer: Answer; at: number }>()
  #requests = 0

  constructor(account: FakeAccount) {
    this.#account = account
  }

  answer(call: Call): Answer {
    this.#requests++
    const requestId = `req_fake${this.#requests}`
    const key = call.method === 'POST' ? call.idempotencyKey : null
    const text = `${call.method} ${call.path} ${call.form}`
    const known = key === null ? undefined : this.#answered.get(key)
    if (known && this.#account.nowMs - known.at < KEPT_MS) {
      if (known.call === text) return { ...known.answer, isReplayed: true }
      const message =
        'Keys for idempotent requests can only be used with the same parameters they were first used with.'
      const body = { error: { type: 'idempotency_error', message } }
      return { status: 400, body, requestId, isReplayed: false }
    }
    this.#account.request = { id: requestId, idempotency_key: key }
    const { isKept, ...result } = this.#run(call)
    const answer = { ...result, requestId, isReplayed: false }
    const at = this.#account.nowMs
    if (key !== null && isKept) this.#answered.set(key, { call: text, answer, at })
    // What the call left due at once comes after its answer, as it does at Stripe.
    advanceTo(this.#account, at)
    return answer
  }

  /** What was refused for its form is not kept: it may be asked again in another one. */
  #run(call: Call): Pick<Answer, 'status' | 'body'> & { isKept: boolean } {
    try {
      if (!call.isAuthorized) {
        throw new Refusal(401, {
          type: 'invalid_request_error',
          message: 'You did not provide an API key.',
        })
      }
      const match = matchRoute(call.method, call.path)
      if (!match) {
        throw new Refusal(404, {
          type: 'invalid_request_error',
          message: `Unrecognized request URL (${call.method}: ${call.path}).`,
        })
      }
      return { status: 200, body: this.#carryOut(match, Params.parse(call.form)), isKept: true }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { status: error.status, body: { error: error.body }, isKept: error.isKept }
    }
  }

  #carryOut({ route, id, second }: Match, params: Params): object {
    const unknown = params.names.find((name) => !route.params.includes(name))
    if (unknown !== undefined) {
      throw invalidRequest(`Received unknown parameter: ${unknown}`, unknown, 'parameter_unknown')
    }
    const body = route.run(this.#account, params, id, second)
    return expanded(this.#account, body, params.texts('expand'))
  }
}
