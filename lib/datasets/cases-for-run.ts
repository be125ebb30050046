import type pg from 'pg'
import type { CaseText } from '@/lib/datasets/model'

export interface DatasetCaseForRun extends CaseText {
  id: string
  /** From 1, without gaps. */
  position: number
}

export interface DatasetForRun {
  id: string
  name: string
  /** The version that these cases are of. */
  version: number
  cases: DatasetCaseForRun[]
}

interface Row {
  id: string
  name: string
  version: number
  cases: DatasetCaseForRun[] | null
}

/**
 * A dataset with all its cases in their order, read at one moment; null where the organization has no such dataset.
 * The caller has authorized.
 * @param datasetId a UUID
 */
export async function casesForRun(
  client: Pick<pg.Pool | pg.PoolClient, 'query'>,
  organizationId: string,
  datasetId: string,
): Promise<DatasetForRun | null> {
  const { rows } = await client.query<Row>(
    `SELECT d.id, d.name, d.version, (
       SELECT json_agg(json_build_object('id', c.id, 'position', c.position, 'name', c.name, 'input', c.input,
         'parameters', c.parameters, 'expected', c.expected) ORDER BY c.position)
       FROM datasets.dataset_case c
       WHERE c.organization_id = d.organization_id AND c.dataset_id = d.id) AS cases
     FROM datasets.dataset d WHERE d.organization_id = $1 AND d.id = $2`,
    [organizationId, datasetId],
  )
  const [found] = rows
  return found ? { ...found, cases: found.cases ?? [] } : null
}
