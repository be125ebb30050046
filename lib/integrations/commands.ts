import type pg from 'pg'
import { actorOf } from '@/lib/access/principal'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import { DomainError, type FieldError, invalid } from '@/lib/errors'
import { newId } from '@/lib/ids'
import {
  authorizeIntegrations,
  authorizeOnIntegration,
  requireWithinTools,
} from '@/lib/integrations/access'
import { INTEGRATIONS_MAX } from '@/lib/integrations/limits'
import { endMcpKey } from '@/lib/integrations/mcp-key'
import type { Integration, OfferedAgent } from '@/lib/integrations/model'
import {
  integrationTarget,
  lockIntegration,
  requireIntegration,
  selectAgents,
} from '@/lib/integrations/rows'
import type { CreateIntegrationInput, PatchIntegrationInput } from '@/lib/integrations/schema'

/**
 * Makes an integration that publishes nothing yet.
 * @throws DomainError forbidden | invalid at an agent that is not there | conflict `integration_id_taken` at /id |
 *   `too_many_integrations`
 */
export async function createIntegration(
  ctx: Context,
  input: CreateIntegrationInput,
): Promise<Integration> {
  authorizeIntegrations(ctx, 'integrations:write')
  const uid = newId()
  const description = input.description ?? ''
  return sqlTransaction(ctx.db.pool, async (client) => {
    await requireRoom(client, ctx.organization.id)
    const agents = await chosenAgents(client, ctx, input.agentIds ?? [], [])
    await client
      .query(
        `INSERT INTO integrations.integration (organization_id, uid, id, display_name, description,
           agent_uids, created_by_label, created_at, modified_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, ${THIS_MOMENT}, ${THIS_MOMENT})`,
        [
          ctx.organization.id,
          uid,
          input.id,
          input.displayName,
          description,
          agents.map((agent) => agent.uid),
          actorOf(ctx.principal).label,
        ],
      )
      .catch(refuseTakenId)
    const made = await requireIntegration(client, ctx, uid)
    await appendAudit(client, ctx, {
      eventType: 'INTEGRATION_CREATED',
      target: integrationTarget(made),
      details: { integration: made.id, description, agents: agents.map(({ id }) => id) },
    })
    return made
  })
}

/**
 * Renames, redescribes, or offers other agents; what is null or left out stays.
 * @throws DomainError not-found | forbidden | invalid at an agent that is not there
 */
export async function patchIntegration(
  ctx: Context,
  { integration, ...change }: PatchIntegrationInput & { integration: string },
): Promise<Integration> {
  authorizeOnIntegration(ctx, 'integrations:write')
  return sqlTransaction(ctx.db.pool, async (client) => {
    const old = await lockIntegration(client, ctx, integration)
    const agents = change.agentIds
      ? await chosenAgents(client, ctx, change.agentIds, old.agents)
      : old.agents
    const after = {
      displayName: change.displayName ?? old.displayName,
      description: change.description ?? old.description,
      agents: agents.map(({ id }) => id),
    }
    const before = factsOf(old)
    if (JSON.stringify(before) === JSON.stringify(after)) return old
    await client.query(
      `UPDATE integrations.integration SET display_name = $3, description = $4, agent_uids = $5,
         modified_at = ${THIS_MOMENT} WHERE organization_id = $1 AND uid = $2`,
      [
        ctx.organization.id,
        old.uid,
        after.displayName,
        after.description,
        agents.map(({ uid }) => uid),
      ],
    )
    // Its secrets go by its name wherever one is found.
    await client.query(
      'UPDATE tokens SET name = $3 WHERE organization_id = $1 AND integration_id = $2 AND name <> $3',
      [ctx.organization.id, old.uid, after.displayName],
    )
    const changed = await requireIntegration(client, ctx, old.uid)
    await appendAudit(client, ctx, {
      eventType: 'INTEGRATION_CHANGED',
      target: integrationTarget(changed),
      details: { integration: old.id, before, after },
    })
    return changed
  })
}

/**
 * Removes an integration for good. Its MCP key is revoked: the next call by it is refused.
 * @throws DomainError not-found | forbidden
 */
export async function removeIntegration(
  ctx: Context,
  { integration }: { integration: string },
): Promise<void> {
  authorizeOnIntegration(ctx, 'integrations:write')
  await sqlTransaction(ctx.db.pool, async (client) => {
    const old = await lockIntegration(client, ctx, integration)
    const keysEnded = await endMcpKey(client, ctx, old, { reason: 'REVOKED' })
    await client.query(
      'DELETE FROM integrations.integration WHERE organization_id = $1 AND uid = $2',
      [ctx.organization.id, old.uid],
    )
    await appendAudit(client, ctx, {
      eventType: 'INTEGRATION_REMOVED',
      target: integrationTarget(old),
      details: { integration: old.id, mcpKeyRevoked: keysEnded > 0 },
    })
  })
}

function factsOf({ displayName, description, agents }: Integration) {
  return { displayName, description, agents: agents.map(({ id }) => id) }
}

/**
 * The agents of these ids. One that was archived meanwhile may stay, but is not chosen anew.
 * @throws DomainError invalid at /agentIds/N | forbidden `scope_exceeds_yours` for one who may not run agents
 */
async function chosenAgents(
  client: pg.PoolClient,
  ctx: Context,
  ids: readonly string[],
  present: readonly OfferedAgent[],
): Promise<OfferedAgent[]> {
  const listed = new Set(present.map(({ id }) => id))
  if (ids.some((id) => !listed.has(id))) requireWithinTools(ctx, ['run_agent'])
  const kept = present.filter(({ id }) => ids.includes(id))
  const added = await selectAgents(
    client,
    ctx.organization.id,
    ids.filter((id) => !listed.has(id)),
  )
  const found = [...kept, ...added].sort((one, other) => (one.id < other.id ? -1 : 1))
  const known = new Set(found.map(({ id }) => id))
  const errors = ids.flatMap((id, place): FieldError[] =>
    known.has(id)
      ? []
      : [{ pointer: `/agentIds/${place}`, detail: `There is no agent ${id} in use.` }],
  )
  if (errors.length > 0) throw invalid(errors)
  return found
}

async function requireRoom(client: pg.PoolClient, organizationId: string): Promise<void> {
  await client.query(
    `SELECT pg_advisory_xact_lock(hashtext('integrations.integration'), hashtext($1))`,
    [organizationId],
  )
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM integrations.integration WHERE organization_id = $1',
    [organizationId],
  )
  if ((rows[0]?.count ?? 0) < INTEGRATIONS_MAX) return
  throw new DomainError(
    'conflict',
    'too_many_integrations',
    `An organization has room for ${INTEGRATIONS_MAX} integrations: remove one that is not used any more.`,
  )
}

function refuseTakenId(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string }
  if (code !== '23505' || constraint !== 'integration_id_key') throw error
  const detail = 'An integration has this id already. Choose another.'
  throw new DomainError('conflict', 'integration_id_taken', detail, {
    errors: [{ pointer: '/id', detail }],
  })
}
