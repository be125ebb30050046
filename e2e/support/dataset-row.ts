import type { Pool } from 'pg'

/** Writes a dataset of one case past the product: the same one until it is gone, for an organization has room for so many. */
export async function insertDatasetRow(
  pool: Pick<Pool, 'query'>,
  organizationId: string,
): Promise<{ dataset: string; case: string }> {
  const dataset = `${organizationId.slice(0, -4)}da7a`
  const one = `${organizationId.slice(0, -4)}ca5e`
  await pool.query(
    `INSERT INTO datasets.dataset (organization_id, id, name, description, version, case_count, created_at,
       modified_at, created_by, modified_by)
     VALUES ($1, $2, 'Questions of the tests', '', 1, 1, now(), now(), 'Test', 'Test') ON CONFLICT DO NOTHING`,
    [organizationId, dataset],
  )
  await pool.query(
    `INSERT INTO datasets.dataset_case (organization_id, id, dataset_id, position, input, bytes, created_at, modified_at)
     SELECT $1, $3, $2, 1 + coalesce(max(position), 0), 'Where?', 6, now(), now()
     FROM datasets.dataset_case WHERE organization_id = $1 AND dataset_id = $2
     ON CONFLICT (organization_id, id) DO NOTHING`,
    [organizationId, dataset, one],
  )
  return { dataset, case: one }
}
