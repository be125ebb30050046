import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { InstallationKeys, OrganizationContext } from '@/lib/context'
import { newId } from '@/lib/ids'
import { webhookTarget } from '@/lib/inbound/commands'
import { eventFacts, identityOf, keptHeaders } from '@/lib/inbound/incoming'
import { PROVIDER_FACTS } from '@/lib/inbound/model'
import { newSigningSecret } from '@/lib/inbound/signatures'
import { DAY_MS } from '@/lib/tokens/model'
import { diceOf } from '@/prisma/seed/dice'
import type { PastEvent } from '@/prisma/seed/history'
import { DEMO_WEBHOOKS, type DemoDelivery, type DemoWebhook } from '@/prisma/seed/inbound-webhooks'
import { personOf } from '@/prisma/seed/person-of'

type Sealers = Pick<InstallationKeys, 'webhookSecrets'>

/** Content older than this is not kept, as in an installation that runs. */
const CONTENT_MS = 7 * DAY_MS
const HOUR_MS = 3_600_000
const TIMED_OUT = 'No answer within 10 seconds.'

/**
 * Endpoints of a demo organization and what came in by them. All of it is finished: nothing of a demo is forwarded to
 * anybody. @returns what belongs into the audit trail
 */
export async function seedInbound(
  client: pg.PoolClient,
  crypto: Sealers,
  organization: OrganizationContext,
  now: number,
): Promise<PastEvent[]> {
  const events: PastEvent[] = []
  for (const webhook of DEMO_WEBHOOKS[organization.slug] ?? []) {
    const actor = await personOf(client, webhook.by)
    const id = newId()
    const at = now - webhook.createdAgo * DAY_MS
    await insertWebhook(client, crypto, organization.id, { ...webhook, id, at, by: actor.label })
    for (const delivery of webhook.deliveries) {
      await insertDelivery(client, organization.id, { ...webhook, id }, delivery, now)
    }
    const target = webhookTarget({ id, name: webhook.name })
    const { provider, targetUrl } = webhook
    events.push(
      { at, actor, eventType: 'WEBHOOK_CREATED', target, details: { provider, targetUrl } },
      {
        at: at + 90_000,
        actor,
        eventType: 'WEBHOOK_SECRET_ROTATED',
        target,
        details: { secretOf: 'what comes in', madeBy: 'the sender', overlapHours: 0 },
      },
    )
  }
  return events
}

async function insertWebhook(
  client: pg.PoolClient,
  { webhookSecrets }: Sealers,
  organizationId: string,
  { id, name, provider, targetUrl, by, at }: DemoWebhook & { id: string; at: number },
): Promise<void> {
  const createdAt = new Date(at)
  await client.query(
    `INSERT INTO inbound.endpoint (organization_id, id, name, provider, target_kind, target,
       created_by_label, created_at, modified_at) VALUES ($1, $2, $3, $4, 'HTTP', $5, $6, $7, $7)`,
    [
      organizationId,
      id,
      name,
      provider,
      JSON.stringify({ kind: 'HTTP', url: targetUrl }),
      by,
      createdAt,
    ],
  )
  for (const purpose of ['FORWARD', 'PROVIDER']) {
    const secretId = newId()
    await client.query(
      `INSERT INTO inbound.secret (organization_id, endpoint_id, id, purpose, sealed, created_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        organizationId,
        id,
        secretId,
        purpose,
        webhookSecrets.seal(secretId, newSigningSecret()),
        createdAt,
      ],
    )
  }
}

async function insertDelivery(
  client: pg.PoolClient,
  organizationId: string,
  { id: webhookId, provider }: Pick<DemoWebhook, 'provider'> & { id: string },
  { hoursAgo, event, headers: ownHeaders, failures, dead }: DemoDelivery,
  now: number,
): Promise<void> {
  const id = newId()
  const body = Buffer.from(JSON.stringify(event))
  const headers = new Headers({
    'content-type': 'application/json',
    'content-length': String(body.length),
    accept: '*/*',
    ...ownHeaders,
  })
  const facts = eventFacts(headers, body)
  const identity = identityOf(provider, headers, body, facts)
  const receivedAt = now - hoursAgo * HOUR_MS
  const attempts = attemptsOf(`${provider} ${hoursAgo}`, receivedAt, failures ?? 0, dead ?? false)
  const last = attempts.at(-1)
  await client.query(
    `INSERT INTO inbound.delivery (organization_id, id, endpoint_id, delivery_key, key_source, body_digest,
       carrier, sender, event_type, content_type, headers, body, body_bytes, received_at, state, attempts,
       tries, next_attempt_at, finished_at, outcome)
     VALUES ($1, $2, $3, $4, $5, $6, 'SIGNATURE', $7, $8, 'application/json', $9, $10, $11, $12, $13, $14,
       $14, $15, $15, $16)`,
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
      dead ? 'DEAD' : 'DELIVERED',
      attempts.length,
      new Date((last?.at ?? receivedAt) + (last?.tookMs ?? 0)),
      last?.outcome ?? null,
    ],
  )
  for (const [index, { at, tookMs, status, outcome }] of attempts.entries()) {
    await client.query(
      `INSERT INTO inbound.attempt (organization_id, delivery_id, number, started_at, duration_ms,
         succeeded, status, outcome) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [organizationId, id, index + 1, new Date(at), tookMs, status === 200, status, outcome],
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
