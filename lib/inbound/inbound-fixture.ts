import { createHmac } from 'node:crypto'
import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import { createWebhook } from '@/lib/inbound/commands'
import { claimDue, type FiringRuntime, fireDispatch } from '@/lib/inbound/fire'
import { SUBSCRIBER_TYPES, type WebhookProvider } from '@/lib/inbound/model'
import { deliverWebhook, type IncomingDelivery } from '@/lib/inbound/receive'
import type { SubscriberRules } from '@/lib/inbound/subscriber-rules'
import { createSubscription } from '@/lib/inbound/subscription-commands'
import {
  type Firing,
  type FiringOutcome,
  type TriggerTarget,
  TriggerTargets,
} from '@/lib/inbound/trigger-target'

/** Endpoints lead to addresses of the Internet alone. */
export const NO_AGENTS: SubscriberRules = {
  allowedOrigins: [],
  requireAgent: () => Promise.reject(notFound()),
}

/** Receivers in memory: what was fired at them, and what they answer. */
export class FakeTarget {
  readonly fired: Firing[] = []
  answer: (firing: Firing) => FiringOutcome = () => ACCEPTED

  /** The addresses, in the order of `fired`. */
  readonly places: string[] = []

  async fire(target: unknown, firing: Firing): Promise<FiringOutcome> {
    this.fired.push(firing)
    this.places.push((target as { url?: string }).url ?? '')
    return this.answer(firing)
  }
}

export const ACCEPTED: FiringOutcome = { succeeded: true, status: 204, outcome: 'Answered 204.' }
export const REFUSED: FiringOutcome = { succeeded: false, status: 500, outcome: 'Answered 500.' }

export function firingRuntime(
  ctx: Context,
  target: TriggerTarget,
  {
    claimMs = 60_000,
    ...setting
  }: Partial<Omit<FiringRuntime['setting'], 'claimMs'>> & { claimMs?: number } = {},
): FiringRuntime {
  const targets = new TriggerTargets()
  targets.register('HTTP', target)
  targets.register('AGENT', target)
  return {
    pool: ctx.db.pool,
    crypto: ctx.crypto,
    targets,
    setting: {
      attempts: 3,
      firstRetryMs: 60_000,
      claimMs: { HTTP: claimMs, AGENT: claimMs },
      ...setting,
    },
  }
}

/** Fires everything that is due, and answers how much that was. */
export async function fireAll(runtime: FiringRuntime): Promise<number> {
  let fired = 0
  for (;;) {
    const before = fired
    for (const kind of SUBSCRIBER_TYPES) {
      const { claim, dispatches } = await claimDue(runtime, { kind, most: 16 }, new Map())
      fired += dispatches.length
      await Promise.all(dispatches.map((dispatch) => fireDispatch(runtime, claim, dispatch)))
    }
    if (fired === before) return fired
  }
}

export async function endpoint(ctx: Context, provider: WebhookProvider = 'GENERIC') {
  const subscription = receiver('shop')
  const made = await createWebhook(ctx, NO_AGENTS, { name: 'Orders', provider, subscription })
  return made.webhook
}

/** What asks for a receiver. */
export function receiver(name: string, eventFilter: string | null = null) {
  const config = { url: `https://hooks.example.com/${name}` }
  return { subscriberType: 'HTTP' as const, subscriberId: name, eventFilter, config }
}

/** One more receiver of an endpoint. @returns the id of its subscription */
export async function subscribe(
  ctx: Context,
  webhookId: string,
  name: string,
  eventFilter: string | null = null,
): Promise<string> {
  const wish = { webhookId, ...receiver(name, eventFilter) }
  return (await createSubscription(ctx, NO_AGENTS, wish)).subscription.id
}

/** A delivery of the context's own, by default a generic one. */
export function deliver(
  ctx: Context,
  webhookId: string,
  {
    headers = {},
    body = '{"type":"order.paid"}',
    provider = 'GENERIC' as IncomingDelivery['provider'],
  } = {},
) {
  return deliverWebhook(ctx, {
    webhookId,
    provider,
    headers: new Headers({ 'Content-Type': 'application/json', ...headers }),
    body: Buffer.from(body),
    carrier: 'BEARER',
  })
}

/** As GitHub signs. */
export function githubSignature(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}
