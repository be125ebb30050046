import type { Client } from '@/lib/evaluation-metrics/rows'
import { systemMetric } from '@/lib/evaluation-metrics/system-metrics'
import { sharesOf } from '@/lib/evaluation-metrics/weights'

/** Which metrics agents have opted in to. */

export interface AgentMetric {
  metricId: string
  key: string
  name: string
  /** As it was given. */
  weight: number
  /** Percent of the agent's whole score; 0 for what is deprecated. All of a set sum to 100. */
  share: number
  isDeprecated: boolean
}

export interface AgentMetricSet {
  agent: string
  /** The heaviest first. */
  metrics: AgentMetric[]
  /** Null where nobody has ever chosen. */
  modifiedAt: number | null
  modifiedBy: string | null
}

interface Row {
  agent: string
  metricId: string | null
  weight: number
  key: string | null
  name: string | null
  isDeprecated: boolean
  modifiedAt: number | null
  modifiedBy: string | null
}

const COLUMNS = `a.metric_id AS "metricId", a.weight, m.key, v.name,
    m.deprecated_at IS NOT NULL AS "isDeprecated",
    (extract(epoch from s.modified_at) * 1000)::float8 AS "modifiedAt", s.modified_by AS "modifiedBy"`

const METRICS_OF_SET = `
  LEFT JOIN evaluation.agent_metric a ON a.organization_id = s.organization_id AND a.agent = s.agent
  LEFT JOIN evaluation.metric m ON m.organization_id = a.organization_id AND m.id = a.metric_id
  LEFT JOIN evaluation.metric_version v
    ON v.organization_id = m.organization_id AND v.metric_id = m.id AND v.version = m.version`

export async function selectAgentSet(
  client: Client,
  organizationId: string,
  agent: string,
): Promise<AgentMetricSet> {
  const { rows } = await client.query<Row>(
    `SELECT s.agent, ${COLUMNS} FROM evaluation.agent_set s ${METRICS_OF_SET}
     WHERE s.organization_id = $1 AND s.agent = $2`,
    [organizationId, agent],
  )
  return toSet(agent, rows)
}

/** So long after its last call an agent is still known. */
const AGENTS_DAYS = 90

/** Of every agent that has a set or has run lately, by name. */
export async function selectAgentSets(
  client: Client,
  organizationId: string,
): Promise<AgentMetricSet[]> {
  const { rows } = await client.query<Row>(
    `SELECT known.agent, ${COLUMNS}
     FROM (
       SELECT agent FROM evaluation.agent_set WHERE organization_id = $1
       UNION
       SELECT agent FROM usage.day
       WHERE organization_id = $1 AND agent <> '' AND bucket >= now() - make_interval(days => $2)
     ) known
     LEFT JOIN evaluation.agent_set s ON s.organization_id = $1 AND s.agent = known.agent
     ${METRICS_OF_SET}
     ORDER BY known.agent COLLATE "C"`,
    [organizationId, AGENTS_DAYS],
  )
  const byAgent = new Map<string, Row[]>()
  for (const row of rows) byAgent.set(row.agent, [...(byAgent.get(row.agent) ?? []), row])
  return [...byAgent].map(([agent, set]) => toSet(agent, set))
}

function toSet(agent: string, rows: readonly Row[]): AgentMetricSet {
  const entries = rows.flatMap(({ metricId, weight, isDeprecated, key, name }) => {
    if (metricId === null) return []
    const builtIn = systemMetric(metricId)
    return [
      {
        metricId,
        key: key ?? builtIn?.key ?? '',
        name: name ?? builtIn?.name ?? '',
        weight,
        isDeprecated,
      },
    ]
  })
  const sorted = entries.sort(
    (one, other) => other.weight - one.weight || (one.key < other.key ? -1 : 1),
  )
  const shares = sharesOf(sorted)
  return {
    agent,
    metrics: sorted.map((entry, index) => ({ ...entry, share: shares[index] ?? 0 })),
    modifiedAt: rows[0]?.modifiedAt ?? null,
    modifiedBy: rows[0]?.modifiedBy ?? null,
  }
}
