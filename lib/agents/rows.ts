import type pg from 'pg'
import { accessValues } from '@/lib/agents/access'
import { makerSql, readerValues } from '@/lib/agents/maker'
import type { AgentSummary, Maker } from '@/lib/agents/model'
import type { Context } from '@/lib/context'
import { DomainError, isDomainError, notFound } from '@/lib/errors'

export type Client = Pick<pg.Pool | pg.PoolClient, 'query'>

export const EPOCH_MS = (sql: string) => `(extract(epoch from ${sql}) * 1000)::float8`

export interface AgentRow extends Omit<AgentSummary, 'lastDeployment'> {
  deployedAt: number | null
  deployedBy: Maker | null
}

/** `$1` organization, `$2` and `$3` accessValues, `$4` whether the reader sees everyone's tokens. */
export const AGENT_SELECT = `
  SELECT a.id, a.uid, a.display_name AS "displayName", a.description, a.is_public AS "isPublic",
    a.deployed_revision AS "deployedRevision", a.revision_count AS "latestRevision",
    ${EPOCH_MS('a.archived_at')} AS "archivedAt", ${EPOCH_MS('a.created_at')} AS "createdAt",
    ${EPOCH_MS('a.modified_at')} AS "modifiedAt", ${makerSql('a', '$4', '$3')} AS "createdBy",
    ${EPOCH_MS('d.created_at')} AS "deployedAt",
    CASE WHEN d.number IS NOT NULL THEN ${makerSql('d', '$4', '$3')} END AS "deployedBy",
    CASE WHEN $2::boolean THEN 'ADMIN' ELSE c.role END AS "yourRole"
  FROM agents.agent a
  LEFT JOIN agents.collaborator c ON c.organization_id = a.organization_id AND c.agent_uid = a.uid
    AND c.user_id = $3::uuid
  LEFT JOIN agents.deployment d ON d.organization_id = a.organization_id AND d.agent_uid = a.uid
    AND d.number = a.deployment_count
  WHERE a.organization_id = $1 AND ($2 OR c.role IS NOT NULL)`

export function agentValues({ organization, principal }: Context): unknown[] {
  const [sees] = readerValues(principal)
  return [organization.id, ...accessValues(principal), sees]
}

export function toAgent({ deployedAt, deployedBy, ...row }: AgentRow): AgentSummary {
  const lastDeployment =
    deployedAt === null || deployedBy === null ? null : { at: deployedAt, by: deployedBy }
  return { ...row, lastDeployment }
}

/**
 * The agent of this id if the caller may see it; else the one 404. Callers have authorized before.
 * @param by the uid too, for what comes from the audit trail
 */
export async function visibleAgent(
  ctx: Context,
  id: string,
  by: 'id' | 'id or uid' = 'id',
): Promise<AgentSummary> {
  // It comes from a path: no database text can hold a NUL.
  if (id.includes('\0')) throw notFound()
  const { rows } = await ctx.db.pool.query<AgentRow>(
    `${AGENT_SELECT} AND (a.id = $5 OR ($6 AND a.uid::text = $5))`,
    [...agentValues(ctx), id, by === 'id or uid'],
  )
  if (!rows[0]) throw notFound()
  return toAgent(rows[0])
}

/** The same, for callers to whom there being none is no error. */
export async function visibleOrNull(ctx: Context, agent: string): Promise<AgentSummary | null> {
  try {
    return await visibleAgent(ctx, agent)
  } catch (error) {
    if (isDomainError(error) && error.kind === 'not-found') return null
    throw error
  }
}

/** What stands when a change begins, locked to the end of the transaction. */
export interface HeldAgent {
  deployedRevision: number | null
  revisionCount: number
  deploymentCount: number
  archived: boolean
}

/** @throws DomainError conflict `agent_archived` */
export async function holdAgent(
  client: Client,
  { organization }: { organization: Pick<Context['organization'], 'id'> },
  { uid }: Pick<AgentSummary, 'uid'>,
): Promise<HeldAgent> {
  const { rows } = await client.query<HeldAgent>(
    `SELECT deployed_revision AS "deployedRevision", revision_count AS "revisionCount",
       deployment_count AS "deploymentCount", archived_at IS NOT NULL AS archived
     FROM agents.agent WHERE organization_id = $1 AND uid = $2 FOR UPDATE`,
    [organization.id, uid],
  )
  if (!rows[0]) throw notFound()
  if (rows[0].archived) throw archived()
  return rows[0]
}

export function archived(): DomainError {
  return new DomainError('conflict', 'agent_archived', 'This agent is archived: restore it first.')
}

/** An agent as what an audit event is about. */
export function agentTarget({ uid, displayName }: Pick<AgentSummary, 'uid' | 'displayName'>) {
  return { type: 'agent' as const, id: uid, label: displayName, familyId: null }
}
