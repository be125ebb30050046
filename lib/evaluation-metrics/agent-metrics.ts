import { authorize } from '@/lib/access/authorize'
import { actorOf, can } from '@/lib/access/principal'
import { requireRoleWhereKnown, rolesOnKnownAgents } from '@/lib/agents/by-name'
import { reaches } from '@/lib/agents/model'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import { type FieldError, invalid } from '@/lib/errors'
import {
  type AgentMetric,
  type AgentMetricSet,
  selectAgentSet,
  selectAgentSets,
} from '@/lib/evaluation-metrics/agent-rows'
import type { Metric } from '@/lib/evaluation-metrics/model'
import { type Client, selectAllMetrics } from '@/lib/evaluation-metrics/rows'
import type { SetAgentMetrics } from '@/lib/evaluation-metrics/schema'
import { lockMetrics } from '@/lib/evaluation-metrics/store'
import { normalizeWeights } from '@/lib/evaluation-metrics/weights'
import { newId } from '@/lib/ids'

interface OneAgent {
  agent: string
}

/**
 * What the agent is scored by; an empty set for one that has not opted in, known here or not.
 * @throws DomainError forbidden | not-found where the agent is known here, and not to the caller
 */
export async function getAgentMetrics(ctx: Context, { agent }: OneAgent): Promise<AgentMetricSet> {
  authorize(ctx.principal, 'agents:read')
  await requireRoleWhereKnown(ctx, agent, 'VIEWER')
  return selectAgentSet(ctx.db.pool, ctx.organization.id, agent)
}

export interface ListedAgentMetrics extends AgentMetricSet {
  /** Whether the caller may replace the set. */
  mayChoose: boolean
}

/**
 * The sets of the agents that the caller sees: of those that have one, and of those that have run in the last 90
 * days. An agent that only a program named is seen by all.
 * @throws DomainError forbidden
 */
export async function listAgentMetrics(ctx: Context): Promise<ListedAgentMetrics[]> {
  authorize(ctx.principal, 'agents:read')
  const [sets, roles] = await Promise.all([
    selectAgentSets(ctx.db.pool, ctx.organization.id),
    rolesOnKnownAgents(ctx),
  ])
  const mayWrite = can(ctx.principal, 'agents:write')
  return sets.flatMap((set) => {
    const role = roles.get(set.agent)
    if (role === null) return []
    return [{ ...set, mayChoose: mayWrite && (role === undefined || reaches(role, 'EDITOR')) }]
  })
}

/**
 * Replaces the agent's set. Weights are kept as given; where one is left out, that metric's default is taken, and
 * the whole set is brought to 100. An agent that is known here wants the role Editor on it.
 * @throws DomainError forbidden | not-found | conflict `agent_archived` | invalid at /evaluationMetrics/n/metricId for what is not there, or is deprecated
 *   and not in the set already
 */
export async function setAgentMetrics(
  ctx: Context,
  { agent, evaluationMetrics }: SetAgentMetrics & OneAgent,
): Promise<AgentMetricSet> {
  authorize(ctx.principal, 'agents:write')
  await requireRoleWhereKnown(ctx, agent, 'EDITOR')
  return sqlTransaction(ctx.db.pool, async (client) => {
    await lockMetrics(client, ctx.organization.id)
    const before = await selectAgentSet(client, ctx.organization.id, agent)
    const entries = await entriesOf(client, ctx, evaluationMetrics, before.metrics)
    if (sameEntries(before.metrics, entries)) return before
    const id = await replaceSet(client, ctx, agent, entries)
    const after = await selectAgentSet(client, ctx.organization.id, agent)
    await appendAudit(client, ctx, {
      eventType: 'AGENT_METRICS_SET',
      target: { type: 'agent-metrics', id, label: agent, familyId: null },
      details: {
        metrics: { before: before.metrics.map(inWords), after: after.metrics.map(inWords) },
      },
    })
    return after
  })
}

interface Entry {
  metricId: string
  weight: number
}

type Wish = SetAgentMetrics['evaluationMetrics']

async function entriesOf(
  client: Client,
  ctx: Context,
  wishes: Wish,
  before: readonly AgentMetric[],
): Promise<Entry[]> {
  const all = await selectAllMetrics(client, ctx.organization.id)
  const metrics = new Map(all.map((metric) => [metric.id, metric]))
  const kept = new Set(before.map(({ metricId }) => metricId))
  const errors: FieldError[] = []
  const entries = wishes.map(({ metricId, weight }, index) => {
    const metric = metrics.get(metricId.toLowerCase())
    const wrong = complaint(metric, kept)
    if (wrong) errors.push({ pointer: `/evaluationMetrics/${index}/metricId`, detail: wrong })
    return { metricId: metricId.toLowerCase(), weight: weight ?? metric?.defaultWeight ?? 0 }
  })
  if (errors.length > 0) throw invalid(errors)
  if (wishes.every(({ weight }) => weight)) return entries
  const shares = normalizeWeights(entries.map(({ weight }) => weight))
  return entries.map((entry, index) => ({ ...entry, weight: shares[index] ?? 0 }))
}

function complaint(metric: Metric | undefined, kept: ReadonlySet<string>): string | null {
  if (!metric) return 'There is no such metric.'
  if (metric.isDeprecated && !kept.has(metric.id)) {
    return `${metric.name} is deprecated: no agent opts in any more.`
  }
  return null
}

function sameEntries(before: readonly Entry[], after: readonly Entry[]): boolean {
  const text = (entries: readonly Entry[]) =>
    entries
      .map(({ metricId, weight }) => `${metricId} ${weight}`)
      .sort()
      .join()
  return text(before) === text(after)
}

/** @returns the id of the agent's set */
async function replaceSet(
  client: Client,
  ctx: Context,
  agent: string,
  entries: readonly Entry[],
): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO evaluation.agent_set (organization_id, agent, id, modified_at, modified_by)
     VALUES ($1, $2, $3, ${THIS_MOMENT}, $4)
     ON CONFLICT (organization_id, agent) DO UPDATE
       SET modified_at = excluded.modified_at, modified_by = excluded.modified_by
     RETURNING id`,
    [ctx.organization.id, agent, newId(), actorOf(ctx.principal).label],
  )
  await client.query(
    'DELETE FROM evaluation.agent_metric WHERE organization_id = $1 AND agent = $2',
    [ctx.organization.id, agent],
  )
  await client.query(
    `INSERT INTO evaluation.agent_metric (organization_id, agent, metric_id, weight)
     SELECT $1, $2, entry.id, entry.weight FROM unnest($3::uuid[], $4::int[]) AS entry (id, weight)`,
    [
      ctx.organization.id,
      agent,
      entries.map(({ metricId }) => metricId),
      entries.map(({ weight }) => weight),
    ],
  )
  if (!rows[0]) throw new Error('The set that was just written is not there.')
  return rows[0].id
}

function inWords({ key, weight }: AgentMetric): string {
  return `${key} ${weight}`
}
