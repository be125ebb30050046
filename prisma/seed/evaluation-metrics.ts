import type pg from 'pg'
import type { Actor } from '@/lib/access/principal'
import type { AuditTarget } from '@/lib/audit/events'
import { told } from '@/lib/evaluation-metrics/store'
import { SYSTEM_METRICS } from '@/lib/evaluation-metrics/system-metrics'
import { newId } from '@/lib/ids'
import { DAY_MS } from '@/lib/tokens/model'
import {
  ACME_AGENT_SETS,
  ACME_METRICS,
  type DemoAgentSet,
  type DemoMetric,
} from '@/prisma/seed/evaluation-metric-plan'
import type { PastEvent } from '@/prisma/seed/history'

interface Place {
  client: pg.PoolClient
  organizationId: string
  /** By e-mail address. */
  people: ReadonlyMap<string, Actor>
  now: number
}

/**
 * Writes the demo organization's metrics with their past.
 * @returns their part of the audit trail
 */
export async function seedEvaluationMetrics(
  client: pg.PoolClient,
  organizationId: string,
  now: number,
): Promise<PastEvent[]> {
  const place = { client, organizationId, people: await peopleOf(client, organizationId), now }
  const ids = new Map(SYSTEM_METRICS.map(({ key, id }) => [key, id]))
  const events: PastEvent[] = []
  for (const metric of ACME_METRICS) {
    const id = newId()
    ids.set(metric.key, id)
    events.push(...(await insertMetric(place, metric, id)))
  }
  for (const set of ACME_AGENT_SETS) events.push(await insertSet(place, set, ids))
  return events
}

async function peopleOf(
  client: pg.PoolClient,
  organizationId: string,
): Promise<Map<string, Actor>> {
  const { rows } = await client.query<{ email: string; id: string; label: string }>(
    `SELECT u.email, u.id, u.display_name AS label FROM memberships m JOIN users u ON u.id = m.user_id
     WHERE m.organization_id = $1`,
    [organizationId],
  )
  return new Map(
    rows.map(({ email, id, label }) => [email, { type: 'USER', id, label, tokenId: null }]),
  )
}

function actorAt({ people }: Place, email: string): Actor {
  const actor = people.get(email)
  if (!actor) throw new Error(`The demo metrics name ${email}, who is not there.`)
  return actor
}

async function insertMetric(place: Place, metric: DemoMetric, id: string): Promise<PastEvent[]> {
  const { client, organizationId, now } = place
  const { key, clonedFrom = null, versions, deprecated } = metric
  const at = (ago: number) => now - ago * DAY_MS
  const last = versions.at(-1) ?? versions[0]
  await client.query(
    `INSERT INTO evaluation.metric (organization_id, id, key, version, source, cloned_from, deprecated_at,
       created_at, modified_at, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      organizationId,
      id,
      key,
      versions.length,
      clonedFrom === null ? 'CREATED' : 'CLONED',
      clonedFrom,
      deprecated ? new Date(at(deprecated.ago)) : null,
      new Date(at(versions[0].ago)),
      new Date(at(deprecated?.ago ?? last.ago)),
      actorAt(place, versions[0].by).label,
    ],
  )
  const events: PastEvent[] = []
  for (const [index, { ago, by, definition, restores }] of versions.entries()) {
    const { name, description, defaultWeight, levels, passScore } = definition
    await client.query(
      `INSERT INTO evaluation.metric_version (organization_id, metric_id, version, name, description,
         default_weight, levels, pass_score, restored_from, created_at, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[organizationId, id, index + 1, name, description, defaultWeight],
        ...[JSON.stringify(levels), passScore, restores ?? null, new Date(at(ago))],
        actorAt(place, by).label,
      ],
    )
    const before = versions[index - 1]?.definition
    events.push({
      at: at(ago),
      eventType: before ? 'METRIC_CHANGED' : 'METRIC_CREATED',
      actor: actorAt(place, by),
      target: targetOf(id, name),
      details: before
        ? {
            key,
            before: { version: index, ...told(before) },
            after: { version: index + 1, ...told(definition) },
            ...(restores !== undefined && { restoredFrom: restores }),
          }
        : { key, ...(clonedFrom !== null && { clonedFrom }), ...told(definition) },
    })
  }
  if (deprecated) {
    events.push({
      at: at(deprecated.ago),
      eventType: 'METRIC_DEPRECATED',
      actor: actorAt(place, deprecated.by),
      target: targetOf(id, last.definition.name),
      details: { key, agents: 1 },
    })
  }
  return events
}

function targetOf(id: string, label: string): AuditTarget {
  return { type: 'evaluation-metric', id, label, familyId: null }
}

async function insertSet(
  place: Place,
  { agent, ago, by, weights }: DemoAgentSet,
  ids: ReadonlyMap<string, string>,
): Promise<PastEvent> {
  const { client, organizationId, now } = place
  const [id, at, actor] = [newId(), now - ago * DAY_MS, actorAt(place, by)]
  await client.query(
    `INSERT INTO evaluation.agent_set (organization_id, agent, id, modified_at, modified_by)
     VALUES ($1, $2, $3, $4, $5)`,
    [organizationId, agent, id, new Date(at), actor.label],
  )
  for (const [key, weight] of Object.entries(weights)) {
    await client.query(
      `INSERT INTO evaluation.agent_metric (organization_id, agent, metric_id, weight)
       VALUES ($1, $2, $3, $4)`,
      [organizationId, agent, ids.get(key), weight],
    )
  }
  return {
    at,
    eventType: 'AGENT_METRICS_SET',
    actor,
    target: { type: 'agent-metrics', id, label: agent, familyId: null },
    details: {
      metrics: {
        before: [],
        after: Object.entries(weights).map(([key, weight]) => `${key} ${weight}`),
      },
    },
  }
}
