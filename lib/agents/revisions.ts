import { authorizeOnAgent, requireAgentRole } from '@/lib/agents/access'
import { MAKER_COLUMNS, makerSql, makerValues, readerValues } from '@/lib/agents/maker'
import type { AgentSummary, Revision, RevisionSummary } from '@/lib/agents/model'
import { agentTarget, EPOCH_MS, holdAgent, visibleAgent } from '@/lib/agents/rows'
import { type CreateRevisionInput, definitionOf } from '@/lib/agents/schema'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import { notFound } from '@/lib/errors'
import type { Page, PageRequest } from '@/lib/paging'
import { clampPageSize } from '@/lib/tokens/queries'

interface OnRevision {
  agent: string
  revision: number
}

/** `$1` organization, `$2` agent, `$3` and `$4` readerValues, `$5` the revision that is deployed. */
const SELECT = `SELECT r.number, r.comment, r.definition->>'provider' AS provider, r.definition->>'model' AS model,
    ${EPOCH_MS('r.created_at')} AS "createdAt", ${makerSql('r', '$3', '$4')} AS "createdBy",
    r.number IS NOT DISTINCT FROM $5::int AS deployed`
const FROM = 'FROM agents.revision r WHERE r.organization_id = $1 AND r.agent_uid = $2'

/**
 * The agent's revisions without their definitions, newest first.
 * @throws DomainError not-found | forbidden | invalid at /query/pageToken
 */
export async function listRevisions(
  ctx: Context,
  { agent, ...request }: { agent: string } & PageRequest,
): Promise<Page<RevisionSummary>> {
  authorizeOnAgent(ctx, 'revisions:read', 'revisions:read')
  const found = await visibleAgent(ctx, agent)
  const list = ['revisions', ctx.organization.id, found.uid]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const size = clampPageSize(request.pageSize)
  const { rows } = await ctx.db.pool.query<RevisionSummary>(
    `${SELECT} ${FROM} ${cursor ? 'AND r.number < $6' : ''} ORDER BY r.number DESC LIMIT ${size + 1}`,
    [...valuesOf(ctx, found), ...(cursor ?? [])],
  )
  const items = rows.slice(0, size)
  const last = rows.length > size ? items.at(-1) : undefined
  return {
    items,
    nextPageToken: last ? ctx.crypto.pageTokens.seal(list, [last.number]) : '',
    // Numbers have no gaps: none is ever removed.
    totalCount: found.latestRevision,
  }
}

/** @throws DomainError not-found */
export async function getRevision(
  ctx: Context,
  { agent, revision }: OnRevision,
): Promise<Revision> {
  authorizeOnAgent(ctx, 'revisions:read', 'revisions:read')
  return revisionOf(ctx, await visibleAgent(ctx, agent), revision)
}

/**
 * Adds a revision under the next number. It runs nowhere until it is deployed.
 * @throws DomainError not-found | forbidden | conflict `agent_archived`
 */
export async function createRevision(
  ctx: Context,
  { agent, ...input }: CreateRevisionInput & { agent: string },
): Promise<Revision> {
  authorizeOnAgent(ctx, 'revisions:read', 'revisions:write')
  const found = await visibleAgent(ctx, agent)
  requireAgentRole(found, 'EDITOR')
  const definition = definitionOf(input)
  const comment = input.comment ?? ''
  const number = await sqlTransaction(ctx.db.pool, async (client) => {
    const { revisionCount } = await holdAgent(client, ctx, found)
    const next = revisionCount + 1
    await client.query(
      `UPDATE agents.agent SET revision_count = $3, modified_at = ${THIS_MOMENT}
       WHERE organization_id = $1 AND uid = $2`,
      [ctx.organization.id, found.uid, next],
    )
    await client.query(
      `INSERT INTO agents.revision (organization_id, agent_uid, number, definition, comment, created_at,
         ${MAKER_COLUMNS})
       VALUES ($1, $2, $3, $4, $5, ${THIS_MOMENT}, $6, $7, $8, $9, $10, $11)`,
      [
        ctx.organization.id,
        found.uid,
        next,
        JSON.stringify(definition),
        comment,
        ...makerValues(ctx.principal),
      ],
    )
    const { provider, model } = definition
    await appendAudit(client, ctx, {
      eventType: 'REVISION_CREATED',
      target: agentTarget(found),
      details: { agent: found.id, revision: next, provider, model, comment },
    })
    return next
  })
  return revisionOf(ctx, found, number)
}

/** Reads it for who has been authorized. @throws DomainError not-found */
export async function revisionOf(
  ctx: Context,
  agent: AgentSummary,
  revision: number,
): Promise<Revision> {
  const { rows } = await ctx.db.pool.query<Revision>(
    `${SELECT}, r.definition ${FROM} AND r.number = $6`,
    [...valuesOf(ctx, agent), revision],
  )
  if (!rows[0]) throw notFound()
  return rows[0]
}

function valuesOf(ctx: Context, { uid, deployedRevision }: AgentSummary): unknown[] {
  return [ctx.organization.id, uid, ...readerValues(ctx.principal), deployedRevision]
}
