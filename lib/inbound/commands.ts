import type pg from 'pg'
import { authorize } from '@/lib/access/authorize'
import { actorOf } from '@/lib/access/principal'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, invalid, notFound } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { WEBHOOKS_MAX } from '@/lib/inbound/limits'
import type { Webhook } from '@/lib/inbound/model'
import { authorizeInboundReading, getWebhook } from '@/lib/inbound/queries'
import type { CreateWebhookInput, PatchWebhookInput } from '@/lib/inbound/schema'
import { signalInbound } from '@/lib/inbound/signal'
import { newSigningSecret } from '@/lib/inbound/signatures'
import { missingTarget, type TargetRules, targetFacts, targetOf } from '@/lib/inbound/target-rules'
import { selectWebhook } from '@/lib/inbound/webhook-rows'
import { requireMayMakeSecrets } from '@/lib/tokens/authority'
import { onceForKey } from '@/lib/tokens/idempotency'

export interface CreatedWebhook {
  webhook: Webhook
  /** Signs what is forwarded. Shown this once; null where an earlier call with the same key was shown it. */
  forwardSecret: string | null
}

/** Of one call that may be sent again. */
export interface Keyed {
  idempotencyKey?: string | undefined
}

/** Line 1 of every change of an endpoint. */
export function authorizeInboundWriting(ctx: Context): void {
  authorize(ctx.principal, 'integrations:write')
  authorizeInboundReading(ctx)
}

/** Line 1 of what makes a secret of an endpoint: by the rules for making tokens (docs/decisions/0021). */
export function authorizeInboundSecrets(ctx: Context): void {
  authorizeInboundWriting(ctx)
  requireMayMakeSecrets(ctx)
}

/**
 * Makes an endpoint. One whose provider signs takes nothing before its signing secret is set.
 * @throws DomainError forbidden | invalid at /targetUrl or /targetAgentId | conflict `too_many_webhooks` | idempotency-mismatch
 */
export async function createWebhook(
  ctx: Context,
  rules: TargetRules,
  input: CreateWebhookInput,
  options: Keyed = {},
): Promise<CreatedWebhook> {
  authorizeInboundSecrets(ctx)
  const target = await targetOf(ctx, rules, input)
  if (!target) throw missingTarget('HTTP')
  const id = newId()
  const forwardSecret = newSigningSecret()
  const make = async (client: pg.PoolClient): Promise<CreatedWebhook> => {
    await requireRoom(client, ctx.organization.id)
    await client.query(
      `INSERT INTO inbound.endpoint (organization_id, id, name, provider, target_kind, target,
         created_by_label, created_at, modified_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp(), clock_timestamp())`,
      [
        ctx.organization.id,
        id,
        input.name,
        input.provider,
        target.kind,
        JSON.stringify(target),
        actorOf(ctx.principal).label,
      ],
    )
    const secretId = newId()
    await client.query(
      `INSERT INTO inbound.secret (organization_id, endpoint_id, id, purpose, sealed, created_at)
       VALUES ($1, $2, $3, 'FORWARD', $4, clock_timestamp())`,
      [ctx.organization.id, id, secretId, ctx.crypto.webhookSecrets.seal(secretId, forwardSecret)],
    )
    const webhook = await requireWebhook(client, ctx, id)
    await appendAudit(client, ctx, {
      eventType: 'WEBHOOK_CREATED',
      target: webhookTarget(webhook),
      details: { provider: input.provider, ...targetFacts(target) },
    })
    return { webhook, forwardSecret }
  }
  const operation = { name: 'webhooks:create', key: options.idempotencyKey, input }
  const outcome = await onceForKey(ctx, operation, make, ({ webhook }) => webhook.id)
  return 'made' in outcome
    ? outcome.made
    : { webhook: await getWebhook(ctx, { webhookId: outcome.replayedId }), forwardSecret: null }
}

/**
 * Renames, leads elsewhere, pauses or resumes. A paused endpoint takes deliveries and holds them; resuming fires them.
 * @throws DomainError forbidden | not-found | invalid at /targetUrl or /targetAgentId, or where nothing is to be changed
 */
export async function patchWebhook(
  ctx: Context,
  rules: TargetRules,
  input: PatchWebhookInput & { webhookId: string },
): Promise<Webhook> {
  authorizeInboundWriting(ctx)
  const target = await targetOf(ctx, rules, input)
  if (input.name === undefined && target === undefined && input.paused === undefined) {
    throw invalid([{ pointer: '', detail: 'Nothing to change: send name, a target or paused.' }])
  }
  const changed = await sqlTransaction(ctx.db.pool, async (client) => {
    const before = await lockedWebhook(client, ctx, input.webhookId)
    const paused = input.paused ?? before.pausedAt !== null
    await client.query(
      `UPDATE inbound.endpoint SET name = $3, target = $4, target_kind = $6, modified_at = clock_timestamp(),
         paused_at = CASE WHEN $5 THEN coalesce(paused_at, clock_timestamp()) END
       WHERE organization_id = $1 AND id = $2`,
      [
        ctx.organization.id,
        before.id,
        input.name ?? before.name,
        JSON.stringify(target ?? before.target),
        paused,
        (target ?? before.target).kind,
      ],
    )
    if (paused !== (before.pausedAt !== null)) await holdOrRelease(client, ctx, before.id, paused)
    const after = await requireWebhook(client, ctx, before.id)
    await tellOfChanges(client, ctx, before, after)
    return after
  })
  if (input.paused === false) await signalInbound(ctx.db.pool)
  return changed
}

/** What waits is held, or what was held waits again; what is under way keeps its claim. */
async function holdOrRelease(
  client: pg.PoolClient,
  ctx: Context,
  webhookId: string,
  paused: boolean,
): Promise<void> {
  await client.query(
    paused
      ? `UPDATE inbound.delivery SET state = 'HELD'
         WHERE organization_id = $1 AND endpoint_id = $2 AND state = 'WAITING'`
      : `UPDATE inbound.delivery SET state = 'WAITING',
           next_attempt_at = CASE WHEN claim IS NULL THEN clock_timestamp() ELSE next_attempt_at END
         WHERE organization_id = $1 AND endpoint_id = $2 AND state = 'HELD'`,
    [ctx.organization.id, webhookId],
  )
}

/** One event of what was edited, and one of a pause; none where all is as it was. */
async function tellOfChanges(
  client: pg.PoolClient,
  ctx: Context,
  before: Webhook,
  after: Webhook,
): Promise<void> {
  const facts = (webhook: Webhook) => ({ name: webhook.name, ...targetFacts(webhook.target) })
  const target = webhookTarget(after)
  if (JSON.stringify(facts(before)) !== JSON.stringify(facts(after))) {
    await appendAudit(client, ctx, {
      eventType: 'WEBHOOK_UPDATED',
      target,
      details: { before: facts(before), after: facts(after) },
    })
  }
  if ((before.pausedAt === null) !== (after.pausedAt === null)) {
    await appendAudit(client, ctx, {
      eventType: after.pausedAt === null ? 'WEBHOOK_RESUMED' : 'WEBHOOK_PAUSED',
      target,
      details: {},
    })
  }
}

/**
 * Removes an endpoint for good, with its secrets and everything that came in by it.
 * @throws DomainError forbidden | not-found
 */
export async function deleteWebhook(ctx: Context, input: { webhookId: string }): Promise<void> {
  authorizeInboundWriting(ctx)
  await sqlTransaction(ctx.db.pool, async (client) => {
    const webhook = await lockedWebhook(client, ctx, input.webhookId)
    const { rows } = await client.query<{ unfinished: number }>(
      `SELECT count(*)::int AS unfinished FROM inbound.delivery
       WHERE organization_id = $1 AND endpoint_id = $2 AND state <> 'DELIVERED'`,
      [ctx.organization.id, webhook.id],
    )
    await client.query('DELETE FROM inbound.endpoint WHERE organization_id = $1 AND id = $2', [
      ctx.organization.id,
      webhook.id,
    ])
    await appendAudit(client, ctx, {
      eventType: 'WEBHOOK_DELETED',
      target: webhookTarget(webhook),
      details: { undelivered: rows[0]?.unfinished ?? 0 },
    })
  })
}

/** The endpoint, held until the end of the transaction. @throws DomainError not-found */
export async function lockedWebhook(
  client: pg.PoolClient,
  ctx: Context,
  webhookId: string,
): Promise<Webhook> {
  await client.query(
    'SELECT 1 FROM inbound.endpoint WHERE organization_id = $1 AND id = $2 FOR UPDATE',
    [ctx.organization.id, webhookId],
  )
  return requireWebhook(client, ctx, webhookId)
}

export async function requireWebhook(
  client: pg.PoolClient,
  ctx: Context,
  webhookId: string,
): Promise<Webhook> {
  const webhook = await selectWebhook(client, ctx.organization.id, webhookId)
  if (!webhook) throw notFound()
  return webhook
}

export function webhookTarget({ id, name }: Pick<Webhook, 'id' | 'name'>) {
  return { type: 'webhook' as const, id, label: name, familyId: null }
}

async function requireRoom(client: pg.PoolClient, organizationId: string): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtext('inbound.endpoint'), hashtext($1))`, [
    organizationId,
  ])
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM inbound.endpoint WHERE organization_id = $1',
    [organizationId],
  )
  if ((rows[0]?.count ?? 0) < WEBHOOKS_MAX) return
  throw new DomainError(
    'conflict',
    'too_many_webhooks',
    `An organization has room for ${WEBHOOKS_MAX} endpoints: delete one that is not used any more.`,
  )
}
