import type { Context, Hono } from 'hono'
import type { Door } from '@/app/v1/_api/door'
import { ProblemError, problem, problemOf } from '@/app/v1/_api/problem'
import { json } from '@/app/v1/_api/reply'
import { readLimited } from '@/app/v1/_api/request-body'
import { send } from '@/app/v1/_api/send'
import { sendProblem } from '@/app/v1/_api/unmatched'
import { type ApiEnv, arrive } from '@/app/v1/_api/visit'
import { isDomainError } from '@/lib/errors'
import { signalCollection } from '@/lib/jobs/collection-signal'
import type { Collector } from '@/lib/payments/collector'
import { receiveWebhook } from '@/lib/payments/stripe/webhook'

const PATH = '/webhooks/stripe'
const BODY_MAX_BYTES = 1024 * 1024

/**
 * Where Stripe tells of what happened there. The signature over the body is the authority: there is no session, no
 * token and no organization in the path. Whatever goes wrong here is answered with an error, and Stripe sends it again.
 * The body is kept nowhere: it names people and cards.
 */
export function addStripeWebhook(app: Hono<ApiEnv>, door: Door, collector: Collector): void {
  const meter = door.metrics.meter(PATH)
  app.post(PATH, async (c) => {
    const visit = arrive(c, door.proxies)
    const { requestId } = visit
    const count = (status: number) =>
      meter(visit.method, status, (performance.now() - visit.startedAt) / 1000)
    try {
      await receiveWebhook(collector, { ...(await readWebhook(c)), now: visit.now })
      await signalCollection(door.runtime)
      count(200)
      const reply = json({ received: true })
      return send(c, reply, {
        ...door.standingHeaders,
        'X-Request-Id': requestId,
        ...reply.headers,
      })
    } catch (error) {
      const answer = refusalOf(error)
      if (answer.status >= 500) {
        door.runtime.log.error({ err: error, requestId }, 'a webhook of Stripe failed')
      }
      count(answer.status)
      return sendProblem(door, c, answer, requestId)
    }
  })
}

async function readWebhook({ req: { raw } }: Context<ApiEnv>) {
  const body = await readLimited(raw, BODY_MAX_BYTES).catch((error: unknown) => {
    if (error instanceof ProblemError) throw error
    throw new ProblemError(problem('invalid_request', 'The body broke off before its end.'))
  })
  return { body, signature: raw.headers.get('stripe-signature') ?? '' }
}

/** Nothing of the secret, nor of why a signature does not fit: that would help only who tries some. */
function refusalOf(error: unknown) {
  if (isDomainError(error) && error.code === 'webhook_signature') {
    return problem('invalid_request', 'The signature is missing, wrong or too old.')
  }
  // A refusal within is no fault of what Stripe sent.
  return isDomainError(error)
    ? problem('internal_error', 'The event could not be carried out. Send it again later.')
    : problemOf(error)
}
