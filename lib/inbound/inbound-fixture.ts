import { createHmac } from 'node:crypto'
import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import { createWebhook } from '@/lib/inbound/commands'
import { claimDue, type FiringRuntime, fireDelivery } from '@/lib/inbound/fire'
import { TARGET_KINDS, type WebhookProvider } from '@/lib/inbound/model'
import { deliverWebhook, type IncomingDelivery } from '@/lib/inbound/receive'
import type { TargetRules } from '@/lib/inbound/target-rules'
import {
  type Firing,
  type FiringOutcome,
  type TriggerTarget,
  TriggerTargets,
} from '@/lib/inbound/trigger-target'

/** Endpoints lead to addresses of the Internet alone. */
export const NO_AGENTS: TargetRules = {
  allowedOrigins: [],
  requireAgent: () => Promise.reject(notFound()),
}

/** A receiver in memory: what was fired at it, and what it answers. */
export class FakeTarget {
  readonly fired: Firing[] = []
  answer: (firing: Firing) => FiringOutcome = () => ACCEPTED

  async fire(_target: unknown, firing: Firing): Promise<FiringOutcome> {
    this.fired.push(firing)
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
    for (const kind of TARGET_KINDS) {
      const { claim, deliveries } = await claimDue(runtime, { kind, most: 16 }, new Map())
      fired += deliveries.length
      await Promise.all(deliveries.map((delivery) => fireDelivery(runtime, claim, delivery)))
    }
    if (fired === before) return fired
  }
}

export async function endpoint(ctx: Context, provider: WebhookProvider = 'GENERIC') {
  const input = { name: 'Orders', provider, targetUrl: 'https://hooks.example.com/in' }
  return (await createWebhook(ctx, NO_AGENTS, input)).webhook
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
