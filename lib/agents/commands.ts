import { authorize } from '@/lib/access/authorize'
import { personOf } from '@/lib/access/principal'
import { authorizeOnAgent, requireAgentRole } from '@/lib/agents/access'
import { MAKER_COLUMNS, makerValues } from '@/lib/agents/maker'
import type { AgentSummary } from '@/lib/agents/model'
import { agentTarget, archived, visibleAgent } from '@/lib/agents/rows'
import type { CreateAgentInput, PatchAgentInput } from '@/lib/agents/schema'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import { DomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'

/**
 * Makes an agent without a revision; the person who made it, if one did, becomes its admin.
 * @throws DomainError forbidden | conflict `agent_id_taken` at `/id`, also for the id of an archived agent
 */
export async function createAgent(ctx: Context, input: CreateAgentInput): Promise<AgentSummary> {
  authorize(ctx.principal, 'agents:write')
  const uid = newId()
  const description = input.description ?? ''
  await sqlTransaction(ctx.db.pool, async (client) => {
    await client
      .query(
        `INSERT INTO agents.agent (organization_id, uid, id, display_name, description, created_at, modified_at,
           ${MAKER_COLUMNS})
         VALUES ($1, $2, $3, $4, $5, ${THIS_MOMENT}, ${THIS_MOMENT}, $6, $7, $8, $9, $10, $11)`,
        [
          ctx.organization.id,
          uid,
          input.id,
          input.displayName,
          description,
          ...makerValues(ctx.principal),
        ],
      )
      .catch(refuseTakenId)
    const person = personOf(ctx.principal)
    if (person !== null) {
      await client.query(
        `INSERT INTO agents.collaborator (organization_id, agent_uid, user_id, role, created_at, modified_at)
         VALUES ($1, $2, $3, 'ADMIN', ${THIS_MOMENT}, ${THIS_MOMENT})`,
        [ctx.organization.id, uid, person],
      )
    }
    await appendAudit(client, ctx, {
      eventType: 'AGENT_CREATED',
      target: agentTarget({ uid, displayName: input.displayName }),
      details: { agent: input.id, description },
    })
  })
  return visibleAgent(ctx, input.id)
}

/**
 * Renames, redescribes, makes public or takes that back; what is null or left out stays. Name and description are
 * for editors, who sees it for admins of the agent.
 * @throws DomainError not-found | forbidden | invalid | conflict `agent_archived` | `agent_changed`
 */
export async function patchAgent(
  ctx: Context,
  { agent, ...change }: PatchAgentInput & { agent: string },
): Promise<AgentSummary> {
  authorizeOnAgent(ctx, 'agents:read', 'agents:write')
  const old = await visibleAgent(ctx, agent)
  requireAgentRole(old, 'EDITOR')
  const before = factsOf(old)
  const after = {
    displayName: change.displayName ?? before.displayName,
    description: change.description ?? before.description,
    isPublic: change.isPublic ?? before.isPublic,
  }
  if (after.isPublic !== before.isPublic) requireAgentRole(old, 'ADMIN')
  if (old.archivedAt !== null) throw archived()
  if (JSON.stringify(before) === JSON.stringify(after)) return old
  await sqlTransaction(ctx.db.pool, async (client) => {
    const changed = await client.query(
      `UPDATE agents.agent SET display_name = $3, description = $4, is_public = $5, modified_at = ${THIS_MOMENT}
       WHERE organization_id = $1 AND uid = $2 AND archived_at IS NULL
         AND display_name = $6 AND description = $7 AND is_public = $8`,
      [ctx.organization.id, old.uid, ...Object.values(after), ...Object.values(before)],
    )
    if (changed.rowCount !== 1) throw changedMeanwhile()
    await appendAudit(client, ctx, {
      eventType: visibilityEvent(before.isPublic, after.isPublic),
      target: agentTarget({ uid: old.uid, displayName: after.displayName }),
      details: { agent: old.id, before, after },
    })
  })
  return visibleAgent(ctx, agent)
}

/**
 * Takes the agent out of use: it is no longer listed, public or changed, and can be restored. Idempotent.
 * @throws DomainError not-found | forbidden
 */
export async function archiveAgent(ctx: Context, { agent }: { agent: string }): Promise<void> {
  await setArchived(ctx, agent, true)
}

/** Ends an archiving. It is not public again by that. Idempotent. @throws DomainError not-found | forbidden */
export async function restoreAgent(
  ctx: Context,
  { agent }: { agent: string },
): Promise<AgentSummary> {
  return setArchived(ctx, agent, false)
}

async function setArchived(ctx: Context, agent: string, archive: boolean): Promise<AgentSummary> {
  authorizeOnAgent(ctx, 'agents:read', 'agents:write')
  const old = await visibleAgent(ctx, agent)
  requireAgentRole(old, 'ADMIN')
  await sqlTransaction(ctx.db.pool, async (client) => {
    const changed = await client.query(
      `UPDATE agents.agent SET archived_at = CASE WHEN $3 THEN ${THIS_MOMENT} END,
         is_public = is_public AND NOT $3, modified_at = ${THIS_MOMENT}
       WHERE organization_id = $1 AND uid = $2 AND (archived_at IS NULL) = $3`,
      [ctx.organization.id, old.uid, archive],
    )
    if (changed.rowCount !== 1) return
    await appendAudit(client, ctx, {
      eventType: archive ? 'AGENT_ARCHIVED' : 'AGENT_RESTORED',
      target: agentTarget(old),
      details: { agent: old.id },
    })
  })
  return visibleAgent(ctx, agent)
}

function factsOf({ displayName, description, isPublic }: AgentSummary) {
  return { displayName, description, isPublic }
}

function visibilityEvent(before: boolean, after: boolean) {
  if (before === after) return 'AGENT_UPDATED'
  return after ? 'AGENT_PUBLISHED' : 'AGENT_UNPUBLISHED'
}

function refuseTakenId(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string }
  if (code !== '23505' || constraint !== 'agent_id_key') throw error
  const detail = 'An agent has, or had, this id. Choose another.'
  throw new DomainError('conflict', 'agent_id_taken', detail, {
    errors: [{ pointer: '/id', detail }],
  })
}

function changedMeanwhile(): DomainError {
  return new DomainError(
    'conflict',
    'agent_changed',
    'This agent was changed a moment ago by someone else: load it again.',
  )
}
