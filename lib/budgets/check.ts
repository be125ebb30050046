import { tellOfBudget, untold } from '@/lib/budgets/alerts'
import { selectBudgets } from '@/lib/budgets/rows'
import { lockBudgets } from '@/lib/budgets/store'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'

interface CheckRuntime {
  db: Pick<Database, 'pool'>
  crypto: { emailLinks: EmailLinkSealer }
}

/**
 * Tells of every threshold that the organization's budgets have reached, each once a period, also where several
 * processes check at once. Nearly always there is nothing to tell: then it only reads.
 * @param now epoch ms; its month is the period
 * @returns how many budgets there was news of
 */
export async function checkBudgets(
  { db, crypto }: CheckRuntime,
  organizationId: string,
  now: number,
): Promise<number> {
  const place = { organizationId, now }
  if (!(await selectBudgets(db.pool, place)).some((budget) => untold(budget).length > 0)) return 0
  return sqlTransaction(db.pool, async (client) => {
    await lockBudgets(client, organizationId)
    const { rows } = await client.query<{ id: string; name: string }>(
      'SELECT id, name FROM organizations WHERE id = $1',
      [organizationId],
    )
    const [organization] = rows
    if (!organization) return 0
    let told = 0
    for (const budget of await selectBudgets(client, place)) {
      const news = await tellOfBudget(client, crypto.emailLinks, organization, budget)
      if (news.length > 0) told++
    }
    return told
  })
}

/**
 * The same for every organization that has budgets: for what a process counted and did not live to signal.
 * @returns how many budgets there was news of
 */
export async function checkAllBudgets(runtime: CheckRuntime, now: number): Promise<number> {
  const { rows } = await runtime.db.pool.query<{ id: string }>(
    'SELECT DISTINCT organization_id AS id FROM usage.budget',
  )
  let told = 0
  for (const { id } of rows) told += await checkBudgets(runtime, id, now)
  return told
}

/**
 * Asks the job for a check of those organizations that have budgets: at most one every two seconds for each,
 * however often usage is counted.
 */
export async function queueBudgetChecks(
  pool: Database['pool'],
  organizationIds: readonly string[],
): Promise<void> {
  await pool.query(
    `SELECT graphile_worker.add_job('budget-check', json_build_object('organizationId', id),
       run_at := now() + interval '2 seconds', max_attempts := 3,
       job_key := 'budget-check/' || id, job_key_mode := 'preserve_run_at')
     FROM (SELECT DISTINCT organization_id AS id FROM usage.budget
       WHERE organization_id = ANY($1::uuid[])) concerned`,
    [organizationIds],
  )
}
