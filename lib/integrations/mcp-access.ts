import { authorize } from '@/lib/access/authorize'
import type { TokenPrincipal } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import { DomainError, notFound } from '@/lib/errors'
import type { OfferedAgent } from '@/lib/integrations/model'
import type { Client } from '@/lib/integrations/rows'
import { orderedTools, type ToolId } from '@/lib/integrations/tools'

type IntegrationOwner = Extract<TokenPrincipal['owner'], { type: 'integration' }>

/**
 * Line 1 of a call of an MCP server: the one token that was made for an integration, and no other, whatever it holds.
 * @throws DomainError forbidden `insufficient_scope` | `not_an_mcp_key`
 */
export function authorizeMcp({ principal }: Context): IntegrationOwner {
  authorize(principal, 'mcp:invoke')
  if (principal.kind === 'token' && principal.owner.type === 'integration') return principal.owner
  throw new DomainError(
    'forbidden',
    'not_an_mcp_key',
    'An MCP server takes the key of its own integration, which its MCP tab shows once. No other token calls it.',
  )
}

/** What a call needs to know of the integration whose key it carries. */
export interface CalledIntegration {
  uid: string
  id: string
  displayName: string
  /** What the server is for, in the words of its admin. */
  instructions: string
  tools: ToolId[]
  /** Those that can be run now. */
  agents: Pick<OfferedAgent, 'id' | 'displayName'>[]
}

interface CalledRow extends Omit<CalledIntegration, 'tools'> {
  tools: string[]
  enabled: boolean
}

/**
 * The integration of the key. A key leads to its own alone: what else there is, it does not learn.
 * @throws DomainError not-found | forbidden `another_integration` | `mcp_disabled`
 */
export async function calledIntegration(
  client: Client,
  organizationId: string,
  owner: IntegrationOwner,
  wanted: string,
): Promise<CalledIntegration> {
  const { rows } = await client.query<CalledRow>({
    name: 'mcp-called',
    text: `SELECT i.uid, i.id, i.display_name AS "displayName", c.enabled, c.exposed_tool_ids AS tools,
        coalesce(nullif(c.description, ''), i.description) AS instructions,
        coalesce((SELECT json_agg(json_build_object('id', a.id, 'displayName', a.display_name) ORDER BY a.id)
          FROM agents.agent a WHERE a.organization_id = i.organization_id AND a.uid = ANY (i.agent_uids)
            AND a.archived_at IS NULL AND a.deployed_revision IS NOT NULL), '[]'::json) AS agents
      FROM integrations.integration i
      JOIN integrations.mcp_config c ON c.organization_id = i.organization_id AND c.integration_uid = i.uid
      WHERE i.organization_id = $1 AND i.uid = $2`,
    values: [organizationId, owner.integrationId],
  })
  const [row] = rows
  if (!row) throw notFound()
  const { enabled, tools, ...called } = row
  if (wanted !== called.id && wanted.toLowerCase() !== called.uid) throw another()
  if (!enabled) throw disabled()
  return { ...called, tools: offered(orderedTools(tools), called.agents.length) }
}

/** Without an agent there is nothing to run. */
function offered(tools: ToolId[], agents: number): ToolId[] {
  return agents > 0 ? tools : tools.filter((tool) => tool !== 'run_agent')
}

function another(): DomainError {
  return new DomainError(
    'forbidden',
    'another_integration',
    'This key is of another integration: call the URL that its MCP tab shows.',
  )
}

function disabled(): DomainError {
  return new DomainError(
    'forbidden',
    'mcp_disabled',
    'The MCP server of this integration is disabled. The key stays good for when an admin enables it again.',
  )
}
