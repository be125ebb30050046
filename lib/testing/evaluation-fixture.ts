import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'

/** A run of the agent's evaluation that has ended, made past everybody's rights. @returns its id */
export async function endedEvaluation(
  { db, organization }: Context,
  agent: string,
): Promise<string> {
  const id = newId()
  await db.pool.query(
    `INSERT INTO evaluation.run (organization_id, id, agent_uid, agent_id, dataset_id, dataset_name,
       dataset_version, candidate_revision, metrics, case_count, maker_kind, maker_id, maker_label, request_id,
       status, created_at, finished_at)
     SELECT organization_id, $3, uid, id, $3, 'Tried', 1, 1, '[]', 1, 'PERSON', $3, 'Nobody', 'none',
       'COMPLETED', now(), now() FROM agents.agent WHERE organization_id = $1 AND id = $2`,
    [organization.id, agent, id],
  )
  return id
}
