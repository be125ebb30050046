import { createHash } from 'node:crypto'
import type pg from 'pg'
import { newId } from '@/lib/ids'
import { takesEvent } from '@/lib/inbound/event-filter'
import { eventFacts, identityOf, keptHeaders } from '@/lib/inbound/incoming'
import { type DispatchState, PROVIDER_FACTS } from '@/lib/inbound/model'
import { DAY_MS } from '@/lib/tokens/model'
import { diceOf } from '@/prisma/seed/dice'
import type { DemoDelivery, DemoReceiver, DemoWebhook } from '@/prisma/seed/inbound-webhooks'

/** Content older than this is not kept, as in an installation that runs. */
const CONTENT_MS = 7 * DAY_MS
const HOUR_MS = 3_600_000
const TIMED_OUT = 'No answer within 10 seconds.'

/** An endpoint as it was made, with its receivers. */
interface DemoWebhookRow {
  id: string
  provider: DemoWebhook['provider']
  receivers: readonly (DemoReceiver & { id: string })[]
}

/** Writes what came in by it, and what became of that at each receiver that took it. */
export async function insertDelivery(
  client: pg.PoolClient,
  organizationId: string,
  webhook: DemoWebhookRow,
  { hoursAgo, event, headers: ownHeaders, failures, dead }: DemoDelivery,
  now: number,
): Promise<void> {
  const { id: webhookId, provider } = webhook
  const id = newId()
  const body = Buffer.from(JSON.stringify(event))
  const headers = new Headers({
    'content-type': 'application/json',
    'content-length': String(body.length),
    accept: '*/*',
    ...ownHeaders,
  })
  const facts = eventFacts(provider, headers, body)
  const identity = identityOf(provider, headers, body, facts)
  const receivedAt = now - hoursAgo * HOUR_MS
  await client.query(
    `INSERT INTO inbound.delivery (organization_id, id, endpoint_id, delivery_key, key_source, body_digest,
       carrier, sender, event_type, content_type, headers, body, body_bytes, received_at)
     VALUES ($1, $2, $3, $4, $5, $6, 'SIGNATURE', $7, $8, 'application/json', $9, $10, $11, $12)`,
    [
      organizationId,
      id,
      webhookId,
      identity.key,
      identity.source,
      createHash('sha256').update(body).digest(),
      `Signature of ${PROVIDER_FACTS[provider].label}`,
      facts.type,
      JSON.stringify(keptHeaders(headers)),
      now - receivedAt > CONTENT_MS ? null : body,
      body.length,
      new Date(receivedAt),
    ],
  )
  for (const [index, receiver] of webhook.receivers.entries()) {
    if (!takesEvent(receiver.eventFilter, facts.type)) continue
    const trouble = index === 0 ? { failures, dead } : {}
    const seed = `${provider} ${hoursAgo} ${receiver.name}`
    const attempts = attemptsOf(seed, receivedAt, trouble.failures ?? 0, trouble.dead ?? false)
    const state = trouble.dead ? 'DEAD' : 'DELIVERED'
    await insertDispatch(client, organizationId, {
      deliveryId: id,
      webhookId,
      receiver,
      state,
      attempts,
    })
  }
}

interface DemoDispatch {
  deliveryId: string
  webhookId: string
  receiver: DemoReceiver & { id: string }
  state: DispatchState
  attempts: ReturnType<typeof attemptsOf>
}

async function insertDispatch(
  client: pg.PoolClient,
  organizationId: string,
  { deliveryId, webhookId, receiver, state, attempts }: DemoDispatch,
): Promise<void> {
  const last = attempts.at(-1)
  await client.query(
    `INSERT INTO inbound.dispatch (organization_id, delivery_id, subscription_id, endpoint_id, subscriber_type,
       subscriber_id, state, attempts, tries, next_attempt_at, finished_at, outcome)
     VALUES ($1, $2, $3, $4, 'HTTP', $5, $6, $7, $7, $8, $8, $9)`,
    [
      organizationId,
      deliveryId,
      receiver.id,
      webhookId,
      receiver.name,
      state,
      attempts.length,
      new Date((last?.at ?? 0) + (last?.tookMs ?? 0)),
      last?.outcome ?? null,
    ],
  )
  for (const [index, { at, tookMs, status, outcome }] of attempts.entries()) {
    await client.query(
      `INSERT INTO inbound.attempt (organization_id, delivery_id, subscription_id, number, started_at, duration_ms,
         succeeded, status, outcome) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        organizationId,
        deliveryId,
        receiver.id,
        index + 1,
        new Date(at),
        tookMs,
        status === 200,
        status,
        outcome,
      ],
    )
  }
}

/** As the retries would have come: 5 s after the first, and four times as long after each, at most ten hours. */
function attemptsOf(seed: string, receivedAt: number, failures: number, dead: boolean) {
  const dice = diceOf(seed)
  const total = dead ? failures : failures + 1
  let at = receivedAt + 40
  return Array.from({ length: total }, (_, index) => {
    const begun = at
    at += Math.min(5000 * 4 ** index, 10 * HOUR_MS)
    if (index < failures) {
      const silent = index % 2 === 1
      return {
        at: begun,
        tookMs: silent ? 10_000 : Math.round(80 + dice() * 200),
        status: silent ? null : 503,
        outcome: silent ? TIMED_OUT : 'Answered 503.',
      }
    }
    const tookMs = Math.round(60 + dice() * 240)
    return { at: begun, tookMs, status: 200, outcome: 'Answered 200.' }
  })
}
