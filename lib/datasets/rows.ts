import type pg from 'pg'
import type { Context } from '@/lib/context'
import type { Dataset, DatasetCase } from '@/lib/datasets/model'
import { notFound } from '@/lib/errors'

/** Reading datasets of one organization. */

export type Client = Pick<pg.Pool | pg.PoolClient, 'query'>

const EPOCH_MS = (time: string) => `(extract(epoch from ${time}) * 1000)::float8`

const DATASET = `SELECT d.id, d.name, d.description, d.version, d.case_count AS "caseCount",
    ${EPOCH_MS('d.created_at')} AS "createdAt", ${EPOCH_MS('d.modified_at')} AS "modifiedAt",
    d.created_by AS "createdBy", d.modified_by AS "modifiedBy"
  FROM datasets.dataset d WHERE d.organization_id = $1`

export const CASE = `SELECT c.id, c.position, c.name, c.input, c.parameters, c.expected,
    ${EPOCH_MS('c.created_at')} AS "createdAt", ${EPOCH_MS('c.modified_at')} AS "modifiedAt"
  FROM datasets.dataset_case c WHERE c.organization_id = $1 AND c.dataset_id = $2`

/** All of an organization, by their names. */
export async function selectDatasets(client: Client, organizationId: string): Promise<Dataset[]> {
  const { rows } = await client.query<Dataset>(`${DATASET} ORDER BY lower(d.name)`, [
    organizationId,
  ])
  return rows
}

/** @throws DomainError not-found */
export async function requireDataset(
  client: Client,
  { organization }: Context,
  dataset: string,
): Promise<Dataset> {
  const { rows } = await client.query<Dataset>(`${DATASET} AND d.id = $2`, [
    organization.id,
    dataset,
  ])
  if (!rows[0]) throw notFound()
  return rows[0]
}

/** The same, held to the end of the transaction: changes of one come one after the other. @throws DomainError not-found */
export async function lockDataset(
  client: pg.PoolClient,
  ctx: Context,
  dataset: string,
): Promise<Dataset> {
  const { rows } = await client.query<Dataset>(`${DATASET} AND d.id = $2 FOR UPDATE`, [
    ctx.organization.id,
    dataset,
  ])
  if (!rows[0]) throw notFound()
  return rows[0]
}

/** All of its cases, in their order. */
export async function selectCases(
  client: Client,
  { organization }: Context,
  dataset: string,
): Promise<DatasetCase[]> {
  const { rows } = await client.query<DatasetCase>(`${CASE} ORDER BY c.position`, [
    organization.id,
    dataset,
  ])
  return rows
}

/** @throws DomainError not-found */
export async function requireCase(
  client: Client,
  { organization }: Context,
  { dataset, case: id }: { dataset: string; case: string },
): Promise<DatasetCase> {
  const { rows } = await client.query<DatasetCase>(`${CASE} AND c.id = $3`, [
    organization.id,
    dataset,
    id,
  ])
  if (!rows[0]) throw notFound()
  return rows[0]
}

/** A dataset as what an audit event is about. */
export function datasetTarget({ id, name }: Pick<Dataset, 'id' | 'name'>) {
  return { type: 'dataset' as const, id, label: name, familyId: null }
}
