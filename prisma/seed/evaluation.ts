import { LOCAL_JUDGE } from '@/lib/evaluation-metrics/local-judge'
import { claimCases } from '@/lib/evaluations/claim'
import { evaluateAgent } from '@/lib/evaluations/commands'
import { endFinishedRuns } from '@/lib/evaluations/end-run'
import { AT_ONCE } from '@/lib/evaluations/limits'
import { type EvaluationRuntime, workOnCase } from '@/lib/evaluations/work'
import type { Runtime } from '@/lib/runtime'
import { BRIEFING_DATASET } from '@/prisma/seed/dataset-plan'
import { localExecution } from '@/prisma/seed/local-execution'
import { type DemoPlace, personContext } from '@/prisma/seed/person-context'
import { RUN_HERE } from '@/prisma/seed/runnable-agent'

const EMAIL = 'linus@acme.example'
const LEASE_MS = 60_000

/** One real evaluation of the agent that runs here, by the local judge: it is as old as the demo. */
export async function seedEvaluation(
  { db, crypto, log }: Pick<Runtime, 'db' | 'crypto' | 'log'>,
  place: DemoPlace,
  now: number,
): Promise<void> {
  if (place.organization.slug !== RUN_HERE.slug) return
  const ctx = personContext({ db, crypto }, place, { email: EMAIL, role: 'MEMBER', now })
  const execution = localExecution(crypto)
  const { rows } = await db.pool.query<{ id: string }>(
    'SELECT id FROM datasets.dataset WHERE organization_id = $1 AND name = $2',
    [place.organization.id, BRIEFING_DATASET.name],
  )
  await evaluateAgent(ctx, execution, {
    agent: RUN_HERE.agent,
    datasetId: rows[0]?.id ?? '',
    baselineRevision: 1,
  })
  await work({
    ...{ db, crypto, execution },
    judging: { ...execution, local: LOCAL_JUDGE, pace: { count: async () => undefined } },
    leaseMs: LEASE_MS,
    onProblem: (error) => log.error({ err: error }, 'a case of the demo was not worked on'),
  })
}

/** As the jobs do, which may be at it as well. */
async function work(runtime: EvaluationRuntime): Promise<void> {
  const { pool } = runtime.db
  const { signal } = new AbortController()
  let taken: Awaited<ReturnType<typeof claimCases>>
  do {
    taken = await claimCases(pool, { most: AT_ONCE, leaseMs: runtime.leaseMs })
    await Promise.all(
      taken.map((one) => workOnCase(runtime, one, { ended: signal, stopping: signal })),
    )
  } while (taken.length > 0)
  await endFinishedRuns(pool, runtime.crypto)
}
