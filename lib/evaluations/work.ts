import type pg from 'pg'
import type { InstallationKeys } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { type DomainError, isDomainError } from '@/lib/errors'
import type { Judge } from '@/lib/evaluation-metrics/judge'
import { type Judging, modelJudge } from '@/lib/evaluation-metrics/model-judge'
import { judgedOf } from '@/lib/evaluations/case-facts'
import {
  datasetStands,
  finishCase,
  type GivenScore,
  releaseCase,
  saveAnswer,
  saveScore,
  type Written,
} from '@/lib/evaluations/case-progress'
import type { ClaimedCase } from '@/lib/evaluations/claim'
import { endRun } from '@/lib/evaluations/end-run'
import { ATTEMPTS_MAX, FIRST_WAIT_MS, LONGEST_WAIT_MS, WAITS_MAX } from '@/lib/evaluations/limits'
import { caseInput } from '@/lib/evaluations/prepared-run'
import { starterStands } from '@/lib/evaluations/starter-stands'
import type { ExecutionRuntime } from '@/lib/execution/execution-runtime'
import { type RunPlace, runDeployedAgent } from '@/lib/execution/run-deployed-agent'

/** What working on evaluations needs of the process. */
export interface EvaluationRuntime {
  db: Database
  crypto: Pick<InstallationKeys, 'emailLinks'>
  execution: ExecutionRuntime
  judging: Judging
  /** After so many ms without a sign of life a process is taken for dead, and another takes the case. */
  leaseMs: number
  onProblem: (error: unknown) => void
}

interface Signals {
  /** The run has ended: what is under way is broken off. */
  ended: AbortSignal
  /** The process is to end: what is under way is finished, and nothing more begun. */
  stopping: AbortSignal
}

/** What ends a run: no other case of it would fare better. */
const ENDS_THE_RUN = new Set(['budget_exhausted', 'agent_archived', 'dataset_deleted'])

/**
 * Has one case answered and scored, and writes each step down as it is done: whoever takes it after a crash goes on
 * from there. At least once: a process that dies between an answer and its writing has it asked again.
 */
export async function workOnCase(
  runtime: EvaluationRuntime,
  taken: ClaimedCase,
  signals: Signals,
): Promise<void> {
  const { pool } = runtime.db
  if (taken.text === null) return withoutText(runtime, taken)
  if (taken.attempts > ATTEMPTS_MAX) return finishCase(pool, taken, 'interrupted')
  try {
    await step(runtime, taken, signals)
  } catch (error) {
    if (isDomainError(error)) return settle(runtime, taken, error)
    runtime.onProblem(error)
    // Counted as an attempt. Where even this fails, the claim ends by itself.
    await releaseCase(pool, taken, { waitMs: FIRST_WAIT_MS, held: false })
  }
}

async function step(
  runtime: EvaluationRuntime,
  taken: ClaimedCase,
  { ended, stopping }: Signals,
): Promise<void> {
  const place: RunPlace = {
    db: runtime.db,
    now: Date.now(),
    organization: { id: taken.organizationId },
    request: { id: taken.requestId },
  }
  const isLeft = () => stopping.aborted || ended.aborted
  const release = () => releaseCase(runtime.db.pool, taken, { waitMs: 0, held: true })
  if (isLeft()) return release()
  if (!(await starterStands(runtime.db.pool, taken.organizationId, taken.starter))) {
    return fail(runtime, taken, 'starter_gone')
  }
  const answered = taken.answer === null ? await ask(runtime, place, taken, ended) : taken.answer
  if (answered === null) return
  const judge = judgeOf(runtime, place, taken, ended)
  for (const metric of judgedOf(taken.metrics)) {
    if (taken.scored.includes(metric.metricId)) continue
    if (isLeft()) return release()
    const given = await scoreOf(judge, metric, taken, answered)
    const written = await saveScore(runtime.db.pool, taken, given, runtime.leaseMs)
    if (written !== 'WRITTEN') return stopAt(runtime, taken, written)
  }
  await finishCase(runtime.db.pool, taken, null)
}

/** @returns the answer, or null where it is of no use any more */
async function ask(
  runtime: EvaluationRuntime,
  place: RunPlace,
  taken: ClaimedCase,
  ended: AbortSignal,
): Promise<string | null> {
  if (taken.text === null) return null
  const run = await runDeployedAgent(place, runtime.execution, {
    agent: taken.agentId,
    revision: taken.revision,
    ...caseInput(taken.text),
    // Its runs stand together among the executions.
    sessionId: taken.runId,
    starter: taken.starter,
    origin: 'TEST',
    signal: ended,
  })
  const written = await saveAnswer(runtime.db.pool, taken, run, runtime.leaseMs)
  if (written === 'WRITTEN') return run.response
  await stopAt(runtime, taken, written)
  return null
}

/** The pace of judging is for people who try: a run has its own. */
const UNHURRIED: Judging['pace'] = { count: async () => undefined }

function judgeOf(
  { judging }: EvaluationRuntime,
  place: RunPlace,
  { judge, starter }: ClaimedCase,
  signal: AbortSignal,
): Judge {
  if (judge === null) return judging.local
  const familyId = starter.token?.familyId ?? null
  return modelJudge(place, { ...judging, pace: UNHURRIED }, judge, { familyId, signal })
}

/** A score, or why there is none. @throws DomainError for what concerns the whole case or run */
async function scoreOf(
  judge: Judge,
  metric: ClaimedCase['metrics'][number],
  { text }: ClaimedCase,
  output: string,
): Promise<GivenScore> {
  const { metricId } = metric
  const input = text?.input ?? JSON.stringify(text?.parameters ?? {}, null, 2)
  try {
    const { score, reason, spent } = await judge.judge({
      metric,
      input,
      output,
      reference: text?.expected ?? null,
    })
    // The local judge asks no model.
    const cost = spent === null ? 0n : spent.cost && spent.cost.input + spent.cost.output
    return { metricId, score, reason, errorCode: null, cost }
  } catch (error) {
    if (!isDomainError(error) || isPassing(error) || ENDS_THE_RUN.has(error.code)) throw error
    return { metricId, score: null, reason: null, errorCode: error.code, cost: null }
  }
}

/** A limit, or somebody who left: another time it may well go. */
function isPassing({ kind, code }: DomainError): boolean {
  return kind === 'throttled' || code === 'provider_busy' || code === 'run_cancelled'
}

async function settle(
  runtime: EvaluationRuntime,
  taken: ClaimedCase,
  error: DomainError,
): Promise<void> {
  const { pool } = runtime.db
  if (ENDS_THE_RUN.has(error.code)) return fail(runtime, taken, error.code)
  if (error.code === 'run_cancelled') return releaseCase(pool, taken, { waitMs: 0, held: true })
  if (isPassing(error) && taken.waits < WAITS_MAX) {
    const waitMs = Math.min(FIRST_WAIT_MS * 2 ** taken.waits, LONGEST_WAIT_MS)
    return releaseCase(pool, taken, { waitMs: jittered(waitMs), held: true })
  }
  return finishCase(pool, taken, error.code)
}

/** So that what was turned away together does not come back together. */
function jittered(waitMs: number): number {
  return Math.round(waitMs * (0.8 + 0.4 * Math.random()))
}

async function stopAt(
  runtime: EvaluationRuntime,
  taken: ClaimedCase,
  written: Exclude<Written, 'WRITTEN'>,
): Promise<void> {
  if (written === 'GONE') await withoutText(runtime, taken)
}

/** Its case was deleted, or the whole dataset, and with that every case. */
async function withoutText(runtime: EvaluationRuntime, taken: ClaimedCase): Promise<void> {
  const { pool } = runtime.db
  if (await datasetStands(pool, taken)) return finishCase(pool, taken, 'case_deleted')
  return fail(runtime, taken, 'dataset_deleted')
}

async function fail(
  { db, crypto }: EvaluationRuntime,
  { organizationId, runId }: ClaimedCase,
  errorCode: string,
): Promise<void> {
  const ending = { status: 'FAILED', errorCode } as const
  await sqlTransaction(db.pool, (client) =>
    endRun(client, crypto, { organizationId, runId }, ending),
  )
}

/** Of these runs those that have ended. */
export async function endedAmong(
  pool: Pick<pg.Pool, 'query'>,
  runIds: readonly string[],
): Promise<Set<string>> {
  if (runIds.length === 0) return new Set()
  const { rows } = await pool.query<{ id: string }>(
    `SELECT wanted.id FROM unnest($1::uuid[]) AS wanted(id) WHERE NOT EXISTS (
       SELECT 1 FROM evaluation.run r WHERE r.id = wanted.id AND r.status IN ('PENDING', 'IN_PROGRESS'))`,
    [runIds],
  )
  return new Set(rows.map(({ id }) => id))
}
