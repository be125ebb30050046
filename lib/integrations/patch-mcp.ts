import type pg from 'pg'
import { appendAudit } from '@/lib/audit/append'
import type { AuditEventType } from '@/lib/audit/events'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import { invalid } from '@/lib/errors'
import { authorizeOnIntegration, requireWithinTools } from '@/lib/integrations/access'
import { ensureMcpConfig } from '@/lib/integrations/mcp-config'
import { mintMcpKey } from '@/lib/integrations/mcp-key'
import type { Integration, McpConfig, McpPublication } from '@/lib/integrations/model'
import { integrationTarget, lockIntegration } from '@/lib/integrations/rows'
import { NO_CONFIG, type PatchMcpInput } from '@/lib/integrations/schema'
import { orderedTools } from '@/lib/integrations/tools'

/**
 * Enables or disables the MCP server, and says which tools it offers; null keeps. Enabling without a live key makes
 * one, whose raw secret is in this answer and nowhere else. Disabling keeps the key, so that enabling again breaks
 * no client.
 * @throws DomainError not-found | forbidden (for the key: as minting) | invalid at /configId
 */
export async function patchMcp(
  ctx: Context,
  { integration, ...change }: PatchMcpInput & { integration: string },
): Promise<McpPublication> {
  authorizeOnIntegration(ctx, 'integrations:write')
  return sqlTransaction(ctx.db.pool, async (client) => {
    const held = await lockIntegration(client, ctx, integration)
    const before = await ensureMcpConfig(client, ctx, held.uid)
    requireOwnConfig(before, change.configId)
    const after = {
      ...before,
      enabled: change.enabled ?? before.enabled,
      exposedTools: change.exposedToolIds
        ? orderedTools(change.exposedToolIds)
        : before.exposedTools,
      description: change.description ?? before.description,
    }
    const added = after.exposedTools.filter((tool) => !before.exposedTools.includes(tool))
    requireWithinTools(ctx, added)
    if (JSON.stringify(after) !== JSON.stringify(before)) await store(client, ctx, held, after)
    const apiKey = await tell(client, ctx, held, before, after)
    return { integration: held, config: await ensureMcpConfig(client, ctx, held.uid), apiKey }
  })
}

/** An integration has one config: its own id says nothing new, and the zero GUID leads back to it. */
function requireOwnConfig({ configId }: McpConfig, wanted: string | null | undefined): void {
  if (wanted == null || wanted === NO_CONFIG || wanted.toLowerCase() === configId) return
  throw invalid([{ pointer: '/configId', detail: 'This integration has no such config.' }])
}

async function store(
  client: pg.PoolClient,
  { organization }: Context,
  { uid }: Integration,
  { enabled, exposedTools, description }: McpConfig,
): Promise<void> {
  await client.query(
    `UPDATE integrations.mcp_config SET enabled = $3, exposed_tool_ids = $4, description = $5,
       modified_at = ${THIS_MOMENT} WHERE organization_id = $1 AND integration_uid = $2`,
    [organization.id, uid, enabled, exposedTools, description],
  )
}

/** One event of what was edited, and one of enabling, which makes the key where there is none. */
async function tell(
  client: pg.PoolClient,
  ctx: Context,
  integration: Integration,
  before: McpConfig,
  after: McpConfig,
): Promise<string | null> {
  const append = (eventType: AuditEventType, details: Record<string, unknown>) =>
    appendAudit(client, ctx, {
      eventType,
      target: integrationTarget(integration),
      details: { integration: integration.id, ...details },
    })
  const [was, is] = [factsOf(before), factsOf(after)]
  if (JSON.stringify(was) !== JSON.stringify(is)) {
    await append('MCP_CHANGED', { before: was, after: is })
  }
  if (before.enabled === after.enabled) return null
  if (!after.enabled) {
    await append('MCP_DISABLED', { keyPrefix: before.key?.prefix ?? null })
    return null
  }
  if (before.key === null) {
    return mintMcpKey(client, ctx, integration, after, {
      type: 'MCP_ENABLED',
      details: { keyMade: true, tools: after.exposedTools },
    })
  }
  await append('MCP_ENABLED', { keyPrefix: before.key.prefix, tools: after.exposedTools })
  return null
}

function factsOf({ exposedTools, description }: McpConfig) {
  return { tools: exposedTools, description }
}
