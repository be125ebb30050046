import type { Context } from '@/lib/context'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import { notFound } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { authorizeOnIntegration } from '@/lib/integrations/access'
import type { McpConfig, McpPublication } from '@/lib/integrations/model'
import { type Client, requireIntegration, selectMcpConfig } from '@/lib/integrations/rows'
import { TOOL_IDS } from '@/lib/integrations/tools'

/**
 * How the integration is published. The first look makes it: disabled, with all tools, without a key.
 * @throws DomainError not-found | forbidden
 */
export async function getMcp(
  ctx: Context,
  { integration: wanted }: { integration: string },
): Promise<McpPublication> {
  authorizeOnIntegration(ctx, 'integrations:read')
  const integration = await requireIntegration(ctx.db.pool, ctx, wanted)
  const config = await ensureMcpConfig(ctx.db.pool, ctx, integration.uid)
  return { integration, config, apiKey: null }
}

/** The config, made now where there is none yet. The caller has authorized. @throws DomainError not-found */
export async function ensureMcpConfig(
  client: Client,
  ctx: Context,
  uid: string,
): Promise<McpConfig> {
  const present = await selectMcpConfig(client, ctx.organization.id, uid)
  if (present) return present
  // Nothing is made for one that is removed at this moment, and two first looks make one.
  await client.query(
    `INSERT INTO integrations.mcp_config (organization_id, integration_uid, id, enabled, exposed_tool_ids,
       description, created_at, modified_at)
     SELECT organization_id, uid, $3, false, $4, '', ${THIS_MOMENT}, ${THIS_MOMENT}
     FROM integrations.integration WHERE organization_id = $1 AND uid = $2
     ON CONFLICT (organization_id, integration_uid) DO NOTHING`,
    [ctx.organization.id, uid, newId(), TOOL_IDS],
  )
  const made = await selectMcpConfig(client, ctx.organization.id, uid)
  if (!made) throw notFound()
  return made
}
