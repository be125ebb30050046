import type pg from 'pg'
import type { OrganizationContext } from '@/lib/context'
import { caseBytes } from '@/lib/datasets/model'
import { datasetTarget } from '@/lib/datasets/rows'
import { newId } from '@/lib/ids'
import { DAY_MS } from '@/lib/tokens/model'
import { BRIEFING_CASES, BRIEFING_DATASET, type DemoCase } from '@/prisma/seed/dataset-plan'
import type { PastEvent } from '@/prisma/seed/history'
import { personOf } from '@/prisma/seed/person-of'

/** Writes the dataset of the demo's own agent. @returns what belongs into the audit trail */
export async function seedDatasets(
  client: pg.PoolClient,
  organization: OrganizationContext,
  now: number,
): Promise<PastEvent[]> {
  const { slug, name, description, ...plan } = BRIEFING_DATASET
  if (organization.slug !== slug) return []
  const [maker, later] = [await personOf(client, plan.by), await personOf(client, plan.laterBy)]
  const id = newId()
  const at = now - plan.createdAgo * DAY_MS
  const laterAt = now - plan.laterAgo * DAY_MS
  const count = BRIEFING_CASES.length
  await client.query(
    `INSERT INTO datasets.dataset (organization_id, id, name, description, version, case_count, created_at,
       modified_at, created_by, modified_by)
     VALUES ($1, $2, $3, $4, 3, $5, $6, $7, $8, $9)`,
    [
      ...[organization.id, id, name, description, count],
      ...[new Date(at), new Date(laterAt), maker.label, later.label],
    ],
  )
  const first = count - plan.later
  for (const [index, one] of BRIEFING_CASES.entries()) {
    await insertCase(client, {
      organizationId: organization.id,
      dataset: id,
      position: index + 1,
      at: index < first ? at : laterAt,
      one,
    })
  }
  const target = datasetTarget({ id, name })
  const changed = (version: number, before: number, after: number) => ({
    version: { before: version - 1, after: version },
    cases: { before, after },
    added: after - before,
  })
  return [
    { at, actor: maker, eventType: 'DATASET_CREATED', target, details: { name, description } },
    {
      at: at + FILLED_AFTER_MS,
      actor: maker,
      eventType: 'DATASET_CASES_CHANGED',
      target,
      details: changed(2, 0, first),
    },
    {
      at: laterAt,
      actor: later,
      eventType: 'DATASET_CASES_CHANGED',
      target,
      details: changed(3, first, count),
    },
  ]
}

const FILLED_AFTER_MS = 600_000

interface PlacedCase {
  organizationId: string
  dataset: string
  position: number
  at: number
  one: DemoCase
}

async function insertCase(
  client: pg.PoolClient,
  { organizationId, dataset, position, at, one }: PlacedCase,
): Promise<void> {
  const { name, topic, audience, expected } = one
  const parameters = { topic, ...(audience && { audience }) }
  await client.query(
    `INSERT INTO datasets.dataset_case (organization_id, id, dataset_id, position, name, parameters, expected,
       bytes, created_at, modified_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
    [
      ...[organizationId, newId(), dataset, position, name, parameters, expected],
      ...[caseBytes({ name, input: null, parameters, expected }), new Date(at)],
    ],
  )
}
