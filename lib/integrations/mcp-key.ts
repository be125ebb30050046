import type pg from 'pg'
import { actorOf } from '@/lib/access/principal'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import { DomainError, notFound } from '@/lib/errors'
import { authorizeOnIntegration, requireWithinTools } from '@/lib/integrations/access'
import { ensureMcpConfig } from '@/lib/integrations/mcp-config'
import type { Integration, McpConfig, McpPublication } from '@/lib/integrations/model'
import { integrationTarget, lockIntegration, requireIntegration } from '@/lib/integrations/rows'
import { requireMayMakeSecrets } from '@/lib/tokens/authority'
import { insertToken } from '@/lib/tokens/insert'

/**
 * A fresh secret in place of the old one, which is refused from the next call on. Of two rotations at once one wins.
 * @throws DomainError not-found | forbidden (as minting, and for tools beyond the caller's power) | conflict
 *   `mcp_key_changed`
 */
export async function rotateMcpKey(
  ctx: Context,
  { integration }: { integration: string },
): Promise<McpPublication> {
  authorizeOnIntegration(ctx, 'integrations:write')
  requireMayMakeSecrets(ctx)
  const seen = await requireIntegration(ctx.db.pool, ctx, integration)
  const before = await ensureMcpConfig(ctx.db.pool, ctx, seen.uid)
  return sqlTransaction(ctx.db.pool, async (client) => {
    const held = await lockIntegration(client, ctx, seen.uid)
    const config = await ensureMcpConfig(client, ctx, held.uid)
    if (config.key?.id !== before.key?.id) throw changedMeanwhile()
    await endMcpKey(client, ctx, held, { reason: 'ROTATED' })
    const apiKey = await mintMcpKey(client, ctx, held, config, {
      type: 'MCP_KEY_ROTATED',
      details: { replaced: config.key?.prefix ?? null },
    })
    return { integration: held, config: await ensureMcpConfig(client, ctx, held.uid), apiKey }
  })
}

/**
 * Ends the secret, as when it was found where it does not belong. The server stays enabled, and refuses every call
 * until a fresh one is made by rotating.
 * @throws DomainError not-found, also where there is no live secret | forbidden
 */
export async function revokeMcpKey(
  ctx: Context,
  { integration }: { integration: string },
): Promise<void> {
  authorizeOnIntegration(ctx, 'integrations:write')
  await sqlTransaction(ctx.db.pool, async (client) => {
    const held = await lockIntegration(client, ctx, integration)
    const { key } = await ensureMcpConfig(client, ctx, held.uid)
    if (!key || (await endMcpKey(client, ctx, held, { reason: 'REVOKED' })) === 0) throw notFound()
    await appendAudit(client, ctx, {
      eventType: 'MCP_KEY_REVOKED',
      target: integrationTarget(held),
      details: { integration: held.id, keyPrefix: key.prefix, lastUsedAt: key.lastUsedAt },
    })
  })
}

/**
 * Makes the secret and the event that tells of it, as the last statement of a change that holds the integration.
 * It carries mcp:invoke and nothing else, and no expiry: it lives with the integration.
 * @returns the raw secret
 * @throws DomainError forbidden
 */
export async function mintMcpKey(
  client: pg.PoolClient,
  ctx: Context,
  integration: Integration,
  { exposedTools }: Pick<McpConfig, 'exposedTools'>,
  event: { type: 'MCP_ENABLED' | 'MCP_KEY_ROTATED'; details: Record<string, unknown> },
): Promise<string> {
  requireMayMakeSecrets(ctx)
  requireWithinTools(ctx, exposedTools)
  const { uid, displayName } = integration
  const { secret } = await insertToken(
    client,
    ctx,
    {
      type: 'SYSTEM',
      name: displayName,
      scopes: ['mcp:invoke'],
      expiresAt: null,
      owner: { type: 'integration', id: uid, label: displayName },
      familyId: uid,
    },
    {
      type: event.type,
      target: integrationTarget(integration),
      details: { integration: integration.id, ...event.details },
    },
  )
  return secret
}

/** @returns how many secrets died: one, or none */
export async function endMcpKey(
  client: pg.PoolClient,
  ctx: Context,
  { uid }: Pick<Integration, 'uid'>,
  { reason }: { reason: 'REVOKED' | 'ROTATED' },
): Promise<number> {
  const { rowCount } = await client.query(
    `UPDATE tokens SET revoked_at = ${THIS_MOMENT}, modified_at = now(), ended_by_label = $3,
       end_reason = $4::token_end_reason, rotated_at = CASE WHEN $4 = 'ROTATED' THEN ${THIS_MOMENT} END
     WHERE organization_id = $1 AND integration_id = $2 AND revoked_at IS NULL`,
    [ctx.organization.id, uid, actorOf(ctx.principal).label, reason],
  )
  return rowCount ?? 0
}

function changedMeanwhile(): DomainError {
  return new DomainError(
    'conflict',
    'mcp_key_changed',
    'This key was rotated or revoked a moment ago by someone else: nothing was done.',
  )
}
