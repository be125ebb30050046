import type pg from 'pg'
import { authorize } from '@/lib/access/authorize'
import { actorOf } from '@/lib/access/principal'
import type { Context, InstallationKeys } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, notFound } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { takesEvent } from '@/lib/inbound/event-filter'
import { type EventFacts, eventFacts, identityOf, keptHeaders } from '@/lib/inbound/incoming'
import { SAME_BODY_WINDOW_MS } from '@/lib/inbound/limits'
import { type DeliveryCarrier, PROVIDER_FACTS, type WebhookProvider } from '@/lib/inbound/model'
import { GOOD_SECRETS } from '@/lib/inbound/secret-rows'
import { isSignedBy } from '@/lib/inbound/signatures'
import { organizationAtAddress } from '@/lib/organization/address'

/** One delivery as it came. */
export interface IncomingDelivery {
  webhookId: string
  provider: WebhookProvider
  headers: Headers
  body: Uint8Array
}

export interface ReceivedDelivery {
  /** The same for every copy. */
  id: string
  /** It has come before. */
  isCopy: boolean
}

interface Endpoint {
  organizationId: string
  id: string
  slug: string
  provider: WebhookProvider
  /** Good now, newest first; sealed. */
  secrets: readonly { id: string; sealed: string }[]
  subscriptions: readonly { id: string; eventFilter: string | null }[]
}

/**
 * Takes a delivery that a token brought, and keeps it before anybody is told so. Where its provider signs, the
 * signature is demanded besides. A copy of one that is known changes nothing and is answered as the first was.
 * @throws DomainError forbidden without inbound:deliver | not-found | unauthenticated `webhook_signature`
 */
export async function deliverWebhook(
  ctx: Context,
  input: IncomingDelivery & { carrier: Exclude<DeliveryCarrier, 'SIGNATURE'> },
): Promise<ReceivedDelivery> {
  authorize(ctx.principal, 'inbound:deliver')
  const endpoint = await findEndpoint(ctx.db.pool, input.webhookId)
  const isHere =
    endpoint?.organizationId === ctx.organization.id && endpoint.provider === input.provider
  if (!endpoint || !isHere) throw notFound()
  if (PROVIDER_FACTS[endpoint.provider].signed) {
    requireSignature(ctx.crypto, endpoint, { ...input, now: ctx.now })
  }
  return take(ctx.db.pool, endpoint, {
    ...input,
    now: ctx.now,
    sender: actorOf(ctx.principal).label,
  })
}

/**
 * The same for a delivery without a token: its provider's signature is the whole authority. Whatever is missing or
 * wrong (the organization, the endpoint, its secret, the signature) is one refusal, so that nobody finds out which.
 * @param tenant slug or id of the organization, as the address has it
 * @throws DomainError unauthenticated `webhook_signature`
 */
export async function deliverSigned(
  { pool, crypto }: { pool: pg.Pool; crypto: Pick<InstallationKeys, 'webhookSecrets'> },
  tenant: string,
  input: IncomingDelivery & { now: number },
): Promise<ReceivedDelivery & { organizationId: string }> {
  const endpoint = await findEndpoint(pool, input.webhookId)
  if (!endpoint || endpoint.provider !== input.provider) throw unsigned()
  if (!(await isAt(pool, endpoint, tenant))) throw unsigned()
  requireSignature(crypto, endpoint, input)
  const sender = `Signature of ${PROVIDER_FACTS[endpoint.provider].label}`
  const received = await take(pool, endpoint, { ...input, carrier: 'SIGNATURE', sender })
  return { ...received, organizationId: endpoint.organizationId }
}

function unsigned(): DomainError {
  return new DomainError(
    'unauthenticated',
    'webhook_signature',
    'This delivery has neither an accepted token nor an accepted signature.',
  )
}

async function isAt(pool: pg.Pool, { slug, organizationId }: Endpoint, tenant: string) {
  if (tenant === slug || tenant.toLowerCase() === organizationId) return true
  return (await organizationAtAddress(pool, tenant, [organizationId])) === organizationId
}

function requireSignature(
  { webhookSecrets }: Pick<InstallationKeys, 'webhookSecrets'>,
  { provider, secrets }: Endpoint,
  request: Pick<IncomingDelivery, 'headers' | 'body'> & { now: number },
): void {
  const opened = secrets.map(({ id, sealed }) =>
    webhookSecrets.open(id, Buffer.from(sealed, 'base64')),
  )
  if (!isSignedBy(provider, opened, request)) throw unsigned()
}

/** Ids are unique in the whole installation: whose it is decides the caller. */
async function findEndpoint(pool: pg.Pool, webhookId: string): Promise<Endpoint | undefined> {
  const { rows } = await pool.query<Endpoint>({
    name: 'inbound-endpoint',
    text: `SELECT e.organization_id AS "organizationId", e.id, o.slug, e.provider,
       ${GOOD_SECRETS('s.endpoint_id = e.id AND s.subscription_id IS NULL', 'e')} AS secrets,
       coalesce((SELECT json_agg(json_build_object('id', p.id, 'eventFilter', p.event_filter))
         FROM inbound.subscription p WHERE p.organization_id = e.organization_id AND p.endpoint_id = e.id
       ), '[]') AS subscriptions
     FROM inbound.endpoint e JOIN organizations o ON o.id = e.organization_id WHERE e.id = $1`,
    values: [webhookId],
  })
  return rows[0]
}

interface Taken extends IncomingDelivery {
  carrier: DeliveryCarrier
  sender: string
  now: number
}

async function take(pool: pg.Pool, endpoint: Endpoint, input: Taken): Promise<ReceivedDelivery> {
  const event = eventFacts(endpoint.provider, input.headers, input.body)
  const identity = identityOf(endpoint.provider, input.headers, input.body, event)
  if (identity.source !== 'DIGEST') {
    return insert(pool, rowOf(endpoint, input, event, identity))
  }
  return sqlTransaction(pool, async (client) => {
    // Two equal ones at once: the second waits here, and finds the first.
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `${endpoint.id} ${identity.key}`,
    ])
    const { rows } = await client.query<{ id: string }>(
      `UPDATE inbound.delivery SET copies = copies + 1 WHERE (organization_id, id) IN (
         SELECT organization_id, id FROM inbound.delivery
         WHERE organization_id = $1 AND endpoint_id = $2 AND body_digest = $3 AND key_source = 'DIGEST'
           AND received_at > clock_timestamp() - $4 * interval '1 millisecond'
         ORDER BY received_at DESC LIMIT 1)
       RETURNING id`,
      [endpoint.organizationId, endpoint.id, identity.digest, SAME_BODY_WINDOW_MS],
    )
    const [known] = rows
    if (known) return { id: known.id, isCopy: true }
    const row = rowOf(endpoint, input, event, identity)
    return insert(client, { ...row, key: `${row.key}:${row.id}` })
  })
}

function rowOf(
  endpoint: Endpoint,
  { headers, body, carrier, sender }: Taken,
  { type }: EventFacts,
  identity: ReturnType<typeof identityOf>,
) {
  return {
    id: newId(),
    organizationId: endpoint.organizationId,
    endpointId: endpoint.id,
    ...identity,
    carrier,
    sender,
    eventType: type,
    contentType: headers.get('content-type'),
    headers: JSON.stringify(keptHeaders(headers)),
    body,
    takenBy: endpoint.subscriptions
      .filter(({ eventFilter }) => takesEvent(eventFilter, type))
      .map((subscription) => subscription.id),
  }
}

/**
 * The delivery and its dispatches are one statement: none is without the others. Endpoint and subscriptions are held
 * while they are looked at: a pause or a removal either sees the dispatch or is seen by it. A copy of a delivery makes
 * none.
 */
const INSERT = `
  WITH endpoint AS (
    SELECT paused_at FROM inbound.endpoint WHERE organization_id = $1 AND id = $3 FOR SHARE
  ), taker AS (
    SELECT p.id, p.subscriber_type, p.subscriber_id, coalesce(p.paused_at, e.paused_at) AS paused_at
    FROM endpoint e, inbound.subscription p
    WHERE p.organization_id = $1 AND p.endpoint_id = $3 AND p.id = ANY ($14::uuid[]) FOR SHARE OF p
  ), delivery AS (
    INSERT INTO inbound.delivery AS known (organization_id, id, endpoint_id, delivery_key, key_source,
      body_digest, carrier, sender, event_type, content_type, headers, body, body_bytes, received_at)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12, $13, clock_timestamp()
    FROM endpoint
    ON CONFLICT (organization_id, endpoint_id, delivery_key) DO UPDATE SET copies = known.copies + 1
    RETURNING id
  ), dispatch AS (
    INSERT INTO inbound.dispatch (organization_id, delivery_id, subscription_id, endpoint_id, subscriber_type,
      subscriber_id, state, next_attempt_at)
    SELECT $1, d.id, t.id, $3, t.subscriber_type, t.subscriber_id,
      CASE WHEN t.paused_at IS NULL THEN 'WAITING' ELSE 'HELD' END, clock_timestamp()
    FROM delivery d CROSS JOIN taker t WHERE d.id = $2
  )
  SELECT id FROM delivery`

async function insert(
  client: Pick<pg.Pool | pg.PoolClient, 'query'>,
  row: ReturnType<typeof rowOf>,
): Promise<ReceivedDelivery> {
  const { rows } = await client.query<{ id: string }>({
    name: 'inbound-take',
    text: INSERT,
    values: [
      row.organizationId,
      row.id,
      row.endpointId,
      row.key,
      row.source,
      row.digest,
      row.carrier,
      row.sender,
      row.eventType,
      row.contentType,
      row.headers,
      Buffer.from(row.body),
      row.body.byteLength,
      row.takenBy,
    ],
  })
  const [kept] = rows
  // It was deleted a moment ago.
  if (!kept) throw notFound()
  return { id: kept.id, isCopy: kept.id !== row.id }
}
