import type pg from 'pg'
import { MAKER_COLUMNS, makerSql, makerValues } from '@/lib/agents/maker'
import { EPOCH_MS } from '@/lib/agents/rows'
import type { Context } from '@/lib/context'
import { changedMeanwhile } from '@/lib/datasets/refusals'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import { UNDER_WAY_MAX } from '@/lib/evaluations/limits'
import type { PreparedRun } from '@/lib/evaluations/prepared-run'
import { tooManyUnderWay } from '@/lib/evaluations/refusals'
import { newId } from '@/lib/ids'

export type Client = Pick<pg.Pool | pg.PoolClient, 'query'>

/** One more at the same moment waits here, and then counts this one. @throws DomainError throttled `too_many_evaluations` */
export async function requirePlace(client: Client, organizationId: string): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('evaluations/' || $1, 0))`, [
    organizationId,
  ])
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM evaluation.run
     WHERE organization_id = $1 AND status IN ('PENDING', 'IN_PROGRESS')`,
    [organizationId],
  )
  if ((rows[0]?.count ?? 0) >= UNDER_WAY_MAX) throw tooManyUnderWay()
}

/** Writes a run down with copies of its cases. @returns its id */
export async function insertRun(
  client: Client,
  { organization, principal, request }: Context,
  { agent, dataset, metrics, judge, ...revisions }: PreparedRun,
): Promise<string> {
  const id = newId()
  await client.query(
    `INSERT INTO evaluation.run (organization_id, id, agent_uid, agent_id, dataset_id, dataset_name,
       dataset_version, candidate_revision, baseline_revision, metrics, judge_provider, judge_model, case_count,
       ${MAKER_COLUMNS}, request_id, status, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 'PENDING',
       ${THIS_MOMENT})`,
    [
      organization.id,
      id,
      agent.uid,
      agent.id,
      dataset.id,
      dataset.name,
      dataset.version,
      revisions.candidateRevision,
      revisions.baselineRevision,
      JSON.stringify(metrics),
      judge?.provider ?? null,
      judge?.model ?? null,
      dataset.cases.length,
      ...makerValues(principal),
      request.id,
    ],
  )
  await insertCases(client, { organizationId: organization.id, id }, dataset, {
    hasBaseline: revisions.baselineRevision !== null,
  })
  return id
}

async function insertCases(
  client: Client,
  { organizationId, id }: { organizationId: string; id: string },
  { cases, version }: PreparedRun['dataset'],
  { hasBaseline }: { hasBaseline: boolean },
): Promise<void> {
  const copies = JSON.stringify(cases)
  await client
    .query(
      `INSERT INTO evaluation.run_text (organization_id, run_id, position, case_id, name, input, parameters, expected)
       SELECT $1, $2, c.position, c.id, c.name, c.input, c.parameters, c.expected
       FROM json_to_recordset($3::json)
         AS c(position int, id uuid, name text, input text, parameters json, expected text)`,
      [organizationId, id, copies],
    )
    .catch((error: { code?: unknown }) => {
      // One of them was deleted since it was read.
      throw error.code === '23503' ? changedMeanwhile(version + 1) : error
    })
  await client.query(
    `INSERT INTO evaluation.run_item (organization_id, run_id, position, side, case_id, next_attempt_at)
     SELECT $1, $2, c.position, s.side, c.id, ${THIS_MOMENT}
     FROM json_to_recordset($3::json) AS c(position int, id uuid)
     CROSS JOIN unnest($4::text[]) AS s(side)`,
    [organizationId, id, copies, hasBaseline ? ['CANDIDATE', 'BASELINE'] : ['CANDIDATE']],
  )
}

/** `$1` organization, `$2` uid of the agent, `$3` and `$4` readerValues. */
export const SUMMARY = `SELECT r.id, r.agent_id AS "agentId", d.id AS "datasetId", r.dataset_name AS "datasetName",
    r.dataset_version AS "datasetVersion", r.candidate_revision AS "candidateRevision",
    r.baseline_revision AS "baselineRevision",
    CASE WHEN r.judge_provider IS NOT NULL
      THEN json_build_object('provider', r.judge_provider, 'model', r.judge_model) END AS judge,
    r.status, r.error_code AS "errorCode", r.case_count AS "caseCount",
    (SELECT json_build_object('total', count(*), 'done', count(*) FILTER (WHERE i.state = 'DONE'),
       'failed', count(*) FILTER (WHERE i.state = 'FAILED'))
     FROM evaluation.run_item i WHERE i.organization_id = r.organization_id AND i.run_id = r.id) AS progress,
    r.candidate_score AS "candidateScore", r.baseline_score AS "baselineScore",
    ${EPOCH_MS('r.created_at')} AS "createdAt", ${EPOCH_MS('r.started_at')} AS "startedAt",
    ${EPOCH_MS('r.finished_at')} AS "finishedAt", ${makerSql('r', '$3', '$4')} AS "startedBy"`
export const FROM = `FROM evaluation.run r
  LEFT JOIN datasets.dataset d ON d.organization_id = r.organization_id AND d.id = r.dataset_id
  WHERE r.organization_id = $1 AND r.agent_uid = $2`
