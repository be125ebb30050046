import type pg from 'pg'
import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import type {
  Integration,
  IntegrationSummary,
  McpConfig,
  McpKey,
  OfferedAgent,
} from '@/lib/integrations/model'
import { orderedTools } from '@/lib/integrations/tools'

export type Client = Pick<pg.Pool | pg.PoolClient, 'query'>

const EPOCH_MS = (sql: string) => `(extract(epoch FROM ${sql}) * 1000)::float8`

/** In the order of their ids; those that are gone are not there. */
const AGENTS = `coalesce((
    SELECT json_agg(json_build_object('uid', a.uid, 'id', a.id, 'displayName', a.display_name,
      'runs', a.archived_at IS NULL AND a.deployed_revision IS NOT NULL) ORDER BY a.id)
    FROM agents.agent a WHERE a.organization_id = i.organization_id AND a.uid = ANY (i.agent_uids)
  ), '[]'::json)`

const COLUMNS = `i.uid, i.id, i.display_name AS "displayName", i.description, ${AGENTS} AS agents,
  i.created_by_label AS "createdByLabel", ${EPOCH_MS('i.created_at')} AS "createdAt",
  ${EPOCH_MS('i.modified_at')} AS "modifiedAt"`

/** The one key that was not revoked, as `k`. */
const KEY_JOIN = `LEFT JOIN tokens k ON k.organization_id = i.organization_id AND k.integration_id = i.uid
  AND k.revoked_at IS NULL`

interface SummaryRow extends Omit<IntegrationSummary, 'tools' | 'mcpEnabled'> {
  tools: string[] | null
  mcpEnabled: boolean | null
}

/** All of an organization, by their names. */
export async function selectIntegrations(
  client: Client,
  organizationId: string,
): Promise<IntegrationSummary[]> {
  const { rows } = await client.query<SummaryRow>(
    `SELECT ${COLUMNS}, c.enabled AS "mcpEnabled", c.exposed_tool_ids AS tools,
       k.id IS NOT NULL AS "hasKey", ${EPOCH_MS('k.last_used_at')} AS "lastUsedAt"
     FROM integrations.integration i
     LEFT JOIN integrations.mcp_config c
       ON c.organization_id = i.organization_id AND c.integration_uid = i.uid
     ${KEY_JOIN}
     WHERE i.organization_id = $1 ORDER BY lower(i.display_name), i.id`,
    [organizationId],
  )
  return rows.map(({ mcpEnabled, tools, ...row }) => ({
    ...row,
    mcpEnabled: mcpEnabled ?? false,
    tools: orderedTools(tools ?? []),
  }))
}

/** By its id or its uid. @throws DomainError not-found */
export async function requireIntegration(
  client: Client,
  { organization }: Context,
  integration: string,
): Promise<Integration> {
  // It comes from a path: no database text can hold a NUL.
  if (integration.includes('\0')) throw notFound()
  const { rows } = await client.query<Integration>(
    `SELECT ${COLUMNS} FROM integrations.integration i
     WHERE i.organization_id = $1 AND (i.id = $2 OR i.uid::text = lower($2))`,
    [organization.id, integration],
  )
  if (!rows[0]) throw notFound()
  return rows[0]
}

/** The same, held until the end of the transaction: changes of one come one after the other. */
export async function lockIntegration(
  client: Client,
  ctx: Context,
  integration: string,
): Promise<Integration> {
  const { uid } = await requireIntegration(client, ctx, integration)
  await client.query(
    'SELECT 1 FROM integrations.integration WHERE organization_id = $1 AND uid = $2 FOR UPDATE',
    [ctx.organization.id, uid],
  )
  // What stood before the wait may have changed, or be gone.
  return requireIntegration(client, ctx, uid)
}

interface ConfigRow extends Omit<McpConfig, 'key' | 'exposedTools'> {
  exposedTools: string[]
  key: McpKey | null
}

/** Undefined before the first look at it. */
export async function selectMcpConfig(
  client: Client,
  organizationId: string,
  uid: string,
): Promise<McpConfig | undefined> {
  const { rows } = await client.query<ConfigRow>(
    `SELECT c.id AS "configId", c.enabled, c.exposed_tool_ids AS "exposedTools", c.description,
       ${EPOCH_MS('c.created_at')} AS "createdAt", ${EPOCH_MS('c.modified_at')} AS "modifiedAt",
       CASE WHEN k.id IS NOT NULL THEN json_build_object('id', k.id, 'prefix', k.display_prefix,
         'last4', k.last4, 'createdAt', ${EPOCH_MS('k.created_at')}, 'createdByLabel', k.created_by_label,
         'lastUsedAt', ${EPOCH_MS('k.last_used_at')}, 'lastUsedIp', k.last_used_ip) END AS key
     FROM integrations.mcp_config c
     JOIN integrations.integration i ON i.organization_id = c.organization_id AND i.uid = c.integration_uid
     ${KEY_JOIN}
     WHERE c.organization_id = $1 AND c.integration_uid = $2`,
    [organizationId, uid],
  )
  const [row] = rows
  return row && { ...row, exposedTools: orderedTools(row.exposedTools) }
}

/** An integration as what an audit event is about. */
export function integrationTarget({ uid, displayName }: Pick<Integration, 'uid' | 'displayName'>) {
  return { type: 'integration' as const, id: uid, label: displayName, familyId: null }
}

/** What the agents of an input are, by uid. @throws nothing: who is missing is left out */
export async function selectAgents(
  client: Client,
  organizationId: string,
  ids: readonly string[],
): Promise<OfferedAgent[]> {
  const { rows } = await client.query<OfferedAgent>(
    `SELECT uid, id, display_name AS "displayName", deployed_revision IS NOT NULL AS runs
     FROM agents.agent WHERE organization_id = $1 AND id = ANY ($2) AND archived_at IS NULL ORDER BY id`,
    [organizationId, ids],
  )
  return rows
}
