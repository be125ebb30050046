import type pg from 'pg'
import { actorOf } from '@/lib/access/principal'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { authorizeDatasets, authorizeOnDataset } from '@/lib/datasets/access'
import { DATASETS_MAX } from '@/lib/datasets/limits'
import type { Dataset } from '@/lib/datasets/model'
import { nameTaken, tooManyDatasets } from '@/lib/datasets/refusals'
import { datasetTarget, lockDataset, requireDataset } from '@/lib/datasets/rows'
import type { CreateDataset, PatchDataset } from '@/lib/datasets/schema'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import { newId } from '@/lib/ids'

interface OneDataset {
  dataset: string
}

/**
 * Makes a dataset without a case.
 * @throws DomainError forbidden | conflict `dataset_name_taken` at /name | `dataset_limit_reached`
 */
export async function createDataset(ctx: Context, wish: CreateDataset): Promise<Dataset> {
  authorizeDatasets(ctx, 'datasets:write')
  const id = newId()
  const description = wish.description ?? ''
  return sqlTransaction(ctx.db.pool, async (client) => {
    await requireRoom(client, ctx.organization.id)
    const maker = actorOf(ctx.principal).label
    await client
      .query(
        `INSERT INTO datasets.dataset (organization_id, id, name, description, version, case_count,
           created_at, modified_at, created_by, modified_by)
         VALUES ($1, $2, $3, $4, 1, 0, ${THIS_MOMENT}, ${THIS_MOMENT}, $5, $5)`,
        [ctx.organization.id, id, wish.name, description, maker],
      )
      .catch(refuseTakenName)
    const made = await requireDataset(client, ctx, id)
    await appendAudit(client, ctx, {
      eventType: 'DATASET_CREATED',
      target: datasetTarget(made),
      details: { name: made.name, description },
    })
    return made
  })
}

/**
 * Renames or describes it; its version stays, for its cases do. What is null or left out stays.
 * @throws DomainError not-found | forbidden | conflict `dataset_name_taken` at /name
 */
export async function patchDataset(
  ctx: Context,
  { dataset, name, description }: PatchDataset & OneDataset,
): Promise<Dataset> {
  authorizeOnDataset(ctx, 'datasets:write')
  return sqlTransaction(ctx.db.pool, async (client) => {
    const before = await lockDataset(client, ctx, dataset)
    const wish = { name: name ?? before.name, description: description ?? before.description }
    if (wish.name === before.name && wish.description === before.description) return before
    await client
      .query(
        `UPDATE datasets.dataset SET name = $3, description = $4, modified_at = ${THIS_MOMENT}, modified_by = $5
         WHERE organization_id = $1 AND id = $2`,
        [ctx.organization.id, before.id, wish.name, wish.description, actorOf(ctx.principal).label],
      )
      .catch(refuseTakenName)
    const after = await requireDataset(client, ctx, before.id)
    await appendAudit(client, ctx, {
      eventType: 'DATASET_UPDATED',
      target: datasetTarget(after),
      details: {
        name: { before: before.name, after: after.name },
        description: { before: before.description, after: after.description },
      },
    })
    return after
  })
}

/**
 * Deletes it with its cases, for good: cases may be what people wrote, so nothing of their text is left behind.
 * @throws DomainError not-found | forbidden
 */
export async function deleteDataset(ctx: Context, { dataset }: OneDataset): Promise<void> {
  authorizeOnDataset(ctx, 'datasets:write')
  await sqlTransaction(ctx.db.pool, async (client) => {
    const before = await lockDataset(client, ctx, dataset)
    await client.query('DELETE FROM datasets.dataset WHERE organization_id = $1 AND id = $2', [
      ctx.organization.id,
      before.id,
    ])
    await appendAudit(client, ctx, {
      eventType: 'DATASET_DELETED',
      target: datasetTarget(before),
      details: { cases: before.caseCount, version: before.version },
    })
  })
}

async function requireRoom(client: pg.PoolClient, organizationId: string): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtext('datasets.dataset'), hashtext($1))`, [
    organizationId,
  ])
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM datasets.dataset WHERE organization_id = $1',
    [organizationId],
  )
  if ((rows[0]?.count ?? 0) >= DATASETS_MAX) throw tooManyDatasets()
}

function refuseTakenName(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string }
  if (code !== '23505' || constraint !== 'dataset_name_key') throw error
  throw nameTaken()
}
