import { actorOf } from '@/lib/access/principal'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { CASES_MAX, DATASET_MAX_BYTES } from '@/lib/datasets/limits'
import { type CaseText, caseBytes, type Dataset, type DatasetCase } from '@/lib/datasets/model'
import { tooManyBytes, tooManyCases } from '@/lib/datasets/refusals'
import { type Client, datasetTarget, requireDataset, selectCases } from '@/lib/datasets/rows'
import { THIS_MOMENT } from '@/lib/db/this-moment'

/** Steps inside the transactions of commands on cases; the dataset is locked. */

export interface WrittenCase extends CaseText {
  id: string
  position: number
}

/** Inserts them, or where they are there, overwrites them; one that only moves keeps the time of its last change. */
export async function writeCases(
  client: Client,
  ctx: Context,
  dataset: string,
  cases: readonly WrittenCase[],
): Promise<void> {
  const rows = cases.map((one) => ({ ...one, bytes: caseBytes(one) }))
  await client.query(
    `INSERT INTO datasets.dataset_case AS c (organization_id, dataset_id, id, position, name, input,
       parameters, expected, bytes, created_at, modified_at)
     SELECT $1, $2, w.id, w.position, w.name, w.input, w.parameters, w.expected, w.bytes, ${THIS_MOMENT}, ${THIS_MOMENT}
     FROM json_to_recordset($3::json) AS w (id uuid, position int, name text, input text, parameters jsonb,
       expected text, bytes int)
     ON CONFLICT (organization_id, id) DO UPDATE SET position = excluded.position, name = excluded.name,
       input = excluded.input, parameters = excluded.parameters, expected = excluded.expected,
       bytes = excluded.bytes,
       modified_at = CASE WHEN (c.name, c.input, c.parameters, c.expected) IS NOT DISTINCT FROM
           (excluded.name, excluded.input, excluded.parameters, excluded.expected)
         THEN c.modified_at ELSE excluded.modified_at END`,
    [ctx.organization.id, dataset, JSON.stringify(rows)],
  )
}

/** @returns them as they are now */
export async function insertCases(
  client: Client,
  ctx: Context,
  dataset: string,
  cases: readonly WrittenCase[],
): Promise<DatasetCase[]> {
  await writeCases(client, ctx, dataset, cases)
  const ids = new Set(cases.map(({ id }) => id))
  return (await selectCases(client, ctx, dataset)).filter(({ id }) => ids.has(id))
}

export async function deleteCases(
  client: Client,
  ctx: Context,
  cases: readonly { id: string }[],
): Promise<void> {
  await client.query(
    'DELETE FROM datasets.dataset_case WHERE organization_id = $1 AND id = ANY ($2::uuid[])',
    [ctx.organization.id, cases.map(({ id }) => id)],
  )
}

/** After the writing, so that it counts what is there. @throws DomainError conflict `dataset_limit_reached` */
export async function requireCaseRoom(
  client: Client,
  ctx: Context,
  dataset: string,
): Promise<void> {
  const { rows } = await client.query<{ cases: number; bytes: number }>(
    `SELECT count(*)::int AS cases, coalesce(sum(bytes), 0)::float8 AS bytes
     FROM datasets.dataset_case WHERE organization_id = $1 AND dataset_id = $2`,
    [ctx.organization.id, dataset],
  )
  if ((rows[0]?.cases ?? 0) > CASES_MAX) throw tooManyCases()
  if ((rows[0]?.bytes ?? 0) > DATASET_MAX_BYTES) throw tooManyBytes()
}

/** The next version, with the number of cases that are there. @returns the dataset as it is now */
export async function nextVersion(client: Client, ctx: Context, dataset: string): Promise<Dataset> {
  await client.query(
    `UPDATE datasets.dataset SET version = version + 1, modified_at = ${THIS_MOMENT}, modified_by = $3,
       case_count = (SELECT count(*) FROM datasets.dataset_case c
         WHERE c.organization_id = $1 AND c.dataset_id = $2)
     WHERE organization_id = $1 AND id = $2`,
    [ctx.organization.id, dataset, actorOf(ctx.principal).label],
  )
  return requireDataset(client, ctx, dataset)
}

/** The last statement of a command on cases. How many, never what they say: that may be others' own words. */
export function auditCases(
  client: Client,
  ctx: Context,
  before: Dataset,
  after: Dataset,
  counts: { added?: number; changed?: number; removed?: number },
): Promise<void> {
  return appendAudit(client, ctx, {
    eventType: 'DATASET_CASES_CHANGED',
    target: datasetTarget(after),
    details: {
      version: { before: before.version, after: after.version },
      cases: { before: before.caseCount, after: after.caseCount },
      ...counts,
    },
  })
}
