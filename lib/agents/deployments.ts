import { authorize } from '@/lib/access/authorize'
import { authorizeOnAgent, requireAgentRole } from '@/lib/agents/access'
import { MAKER_COLUMNS, makerSql, makerValues, readerValues } from '@/lib/agents/maker'
import type { AgentSummary, Deployment, Revision } from '@/lib/agents/model'
import { revisionOf } from '@/lib/agents/revisions'
import { agentTarget, archived, EPOCH_MS, holdAgent, visibleAgent } from '@/lib/agents/rows'
import { nothingDeployed } from '@/lib/agents/run-definition'
import type { DeployRevisionInput } from '@/lib/agents/schema'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import { DomainError, notFound } from '@/lib/errors'
import { newId } from '@/lib/ids'
import type { Page, PageRequest } from '@/lib/paging'
import { clampPageSize } from '@/lib/tokens/queries'

/** `$1` organization, `$2` agent, `$3` and `$4` readerValues. */
const SELECT = `SELECT d.id, d.number, d.previous_revision AS "previousRevision",
    d.target_revision AS "targetRevision", ${EPOCH_MS('d.created_at')} AS "createdAt",
    ${makerSql('d', '$3', '$4')} AS "createdBy"
  FROM agents.deployment d WHERE d.organization_id = $1 AND d.agent_uid = $2`

/**
 * What was deployed when, newest first.
 * @throws DomainError not-found | forbidden | invalid at /query/pageToken
 */
export async function listDeployments(
  ctx: Context,
  { agent, ...request }: { agent: string } & PageRequest,
): Promise<Page<Deployment>> {
  authorizeOnAgent(ctx, 'revisions:read', 'revisions:read')
  const found = await visibleAgent(ctx, agent)
  const list = ['deployments', ctx.organization.id, found.uid]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const size = clampPageSize(request.pageSize)
  const [read, counted] = await Promise.all([
    ctx.db.pool.query<Deployment>(
      `${SELECT} ${cursor ? 'AND d.number < $5' : ''} ORDER BY d.number DESC LIMIT ${size + 1}`,
      [...valuesOf(ctx, found), ...(cursor ?? [])],
    ),
    ctx.db.pool.query<{ count: number }>(
      'SELECT deployment_count AS count FROM agents.agent WHERE organization_id = $1 AND uid = $2',
      [ctx.organization.id, found.uid],
    ),
  ])
  const items = read.rows.slice(0, size)
  const last = read.rows.length > size ? items.at(-1) : undefined
  return {
    items,
    nextPageToken: last ? ctx.crypto.pageTokens.seal(list, [last.number]) : '',
    totalCount: counted.rows[0]?.count ?? 0,
  }
}

/**
 * Makes a revision the one that runs; an older one is a roll-back. Of several who deploy at once over the same
 * revision one wins. Deploying what is deployed changes nothing.
 * @throws DomainError not-found | forbidden | conflict `deployed_meanwhile` | `agent_archived`
 */
export async function deployRevision(
  ctx: Context,
  { agent, revision, previousRevision }: DeployRevisionInput & { agent: string; revision: number },
): Promise<Deployment> {
  authorizeOnAgent(ctx, 'revisions:read', 'revisions:deploy')
  const found = await visibleAgent(ctx, agent)
  requireAgentRole(found, 'EDITOR')
  if (revision > found.latestRevision) throw notFound()
  const believed = previousRevision === undefined ? found.deployedRevision : previousRevision
  await sqlTransaction(ctx.db.pool, async (client) => {
    const held = await holdAgent(client, ctx, found)
    if (held.deployedRevision !== believed) throw deployedMeanwhile(held.deployedRevision)
    if (held.deployedRevision === revision) return
    const number = held.deploymentCount + 1
    await client.query(
      `UPDATE agents.agent SET deployed_revision = $3, deployment_count = $4, modified_at = ${THIS_MOMENT}
       WHERE organization_id = $1 AND uid = $2`,
      [ctx.organization.id, found.uid, revision, number],
    )
    await client.query(
      `INSERT INTO agents.deployment (organization_id, agent_uid, number, id, previous_revision, target_revision,
         created_at, ${MAKER_COLUMNS})
       VALUES ($1, $2, $3, $4, $5, $6, ${THIS_MOMENT}, $7, $8, $9, $10, $11, $12)`,
      [
        ctx.organization.id,
        found.uid,
        number,
        newId(),
        believed,
        revision,
        ...makerValues(ctx.principal),
      ],
    )
    await appendAudit(client, ctx, {
      eventType: 'REVISION_DEPLOYED',
      target: agentTarget(found),
      details: { agent: found.id, revision: { before: believed, after: revision } },
    })
  })
  const { rows } = await ctx.db.pool.query<Deployment>(
    `${SELECT} AND d.target_revision = $5 ORDER BY d.number DESC LIMIT 1`,
    [...valuesOf(ctx, found), revision],
  )
  if (!rows[0]) throw new Error('The deployment that was just written is not there.')
  return rows[0]
}

/**
 * What an agent runs on now, for what runs agents: needs agents:execute, and of people the role Editor.
 * @throws DomainError not-found | forbidden | conflict `agent_archived` | `nothing_deployed`
 */
export async function readDeployedRevision(
  ctx: Context,
  { agent }: { agent: string },
): Promise<Revision> {
  if (ctx.principal.kind === 'token') authorize(ctx.principal, 'agents:execute')
  const found = await visibleAgent(ctx, agent)
  requireAgentRole(found, 'EDITOR')
  if (found.archivedAt !== null) throw archived()
  if (found.deployedRevision === null) {
    throw nothingDeployed()
  }
  return revisionOf(ctx, found, found.deployedRevision)
}

function valuesOf(ctx: Context, { uid }: AgentSummary): unknown[] {
  return [ctx.organization.id, uid, ...readerValues(ctx.principal)]
}

function deployedMeanwhile(now: number | null): DomainError {
  const stands =
    now === null ? 'Nothing is deployed any more' : `Revision ${now} is deployed by now`
  return new DomainError(
    'conflict',
    'deployed_meanwhile',
    `${stands}: somebody was faster. Look at it, then deploy again.`,
  )
}
