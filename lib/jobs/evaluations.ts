import { JUDGEMENT_TIMEOUT_MS } from '@/lib/evaluation-metrics/model-judge'
import { type ClaimedCase, claimCases } from '@/lib/evaluations/claim'
import { endFinishedRuns } from '@/lib/evaluations/end-run'
import { AT_ONCE } from '@/lib/evaluations/limits'
import { EVALUATIONS_CHANNEL } from '@/lib/evaluations/signal'
import { type EvaluationRuntime, endedAmong, workOnCase } from '@/lib/evaluations/work'
import { type SignalledWork, startOnSignal } from '@/lib/jobs/on-signal'
import type { Runtime } from '@/lib/runtime'

/** How often somebody looks at what has become due without a signal: cases that waited, and claims of the dead. */
const LOOK_EVERY_MS = 2000
/** After its time has run out a step still asks budgets, and writes itself and its usage down. */
const LEASE_MARGIN_MS = 30_000

/** Works on evaluations as soon as one is started, beside all else: a slow agent holds up nothing but its own run. */
export function startEvaluations(
  runtime: Pick<
    Runtime,
    'changes' | 'crypto' | 'db' | 'environment' | 'execution' | 'judging' | 'log'
  >,
): SignalledWork {
  const { db, crypto, execution, judging, environment, log } = runtime
  const failed = (error: unknown) => log.error({ err: error }, 'evaluations not worked on')
  const longestStepMs = Math.max(environment.EXECUTION_TIMEOUT_MS, JUDGEMENT_TIMEOUT_MS)
  const leaseMs = longestStepMs + LEASE_MARGIN_MS
  const working: EvaluationRuntime = {
    ...{ db, crypto, execution, judging, leaseMs },
    onProblem: (error) => log.error({ err: error }, 'a case of an evaluation was not worked on'),
  }
  const underWay = new Set<{ runId: string; ended: AbortController; work: Promise<void> }>()
  const stopping = new AbortController()

  function begin(taken: ClaimedCase): void {
    const ended = new AbortController()
    const signals = { ended: ended.signal, stopping: stopping.signal }
    const work = workOnCase(working, taken, signals)
      .catch(failed)
      .finally(() => {
        underWay.delete(entry)
        // A place is free, and it may have been the last case.
        if (!stopping.signal.aborted) signalled.run().catch(failed)
      })
    const entry = { runId: taken.runId, ended, work }
    underWay.add(entry)
  }

  async function breakOffEnded(): Promise<void> {
    const ended = await endedAmong(db.pool, [...new Set([...underWay].map(({ runId }) => runId))])
    for (const entry of underWay) if (ended.has(entry.runId)) entry.ended.abort()
  }

  const signalled = startOnSignal(runtime, {
    channel: EVALUATIONS_CHANNEL,
    failure: 'evaluations not worked on',
    async work(stop) {
      await breakOffEnded()
      while (underWay.size < AT_ONCE && !stop.aborted) {
        const taken = await claimCases(db.pool, { most: AT_ONCE - underWay.size, leaseMs })
        for (const one of taken) begin(one)
        if (taken.length === 0) break
      }
      await endFinishedRuns(db.pool, crypto)
    },
  })
  const clock = setInterval(() => void signalled.run().catch(failed), LOOK_EVERY_MS)
  return {
    run: () => signalled.run(),
    async stop() {
      stopping.abort()
      clearInterval(clock)
      await signalled.stop()
      await Promise.all([...underWay].map(({ work }) => work))
    },
  }
}
