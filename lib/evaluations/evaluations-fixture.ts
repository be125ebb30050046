import { createRevision } from '@/lib/agents/revisions'
import type { Context } from '@/lib/context'
import { addCases } from '@/lib/datasets/case-commands'
import { createDataset } from '@/lib/datasets/commands'
import type { CaseText } from '@/lib/datasets/model'
import type { AddCases } from '@/lib/datasets/schema'
import { setAgentMetrics } from '@/lib/evaluation-metrics/agent-metrics'
import { quietJudging } from '@/lib/evaluation-metrics/judging-fixture'
import { SYSTEM_METRICS } from '@/lib/evaluation-metrics/system-metrics'
import { claimCases } from '@/lib/evaluations/claim'
import { endFinishedRuns } from '@/lib/evaluations/end-run'
import { AT_ONCE } from '@/lib/evaluations/limits'
import { type EvaluationRuntime, workOnCase } from '@/lib/evaluations/work'
import { runnableAgent } from '@/lib/execution/execution-fixture'
import type { ExecutionRuntime } from '@/lib/execution/execution-runtime'
import { newId } from '@/lib/ids'

export const metricId = (key: string): string =>
  SYSTEM_METRICS.find((metric) => metric.key === key)?.id ?? ''

const NOTHING: CaseText = { name: null, input: null, parameters: null, expected: null }

/** A dataset of these cases. @returns its id */
export async function newDataset(
  ctx: Context,
  cases: readonly Partial<CaseText>[],
): Promise<string> {
  const { id } = await createDataset(ctx, { name: `Questions ${newId()}` })
  const texts = cases.map((one) => ({ ...NOTHING, ...one })) as AddCases['cases']
  if (texts.length > 0) await addCases(ctx, { dataset: id, cases: texts })
  return id
}

/** An agent that takes a text, with two revisions of which the first is deployed, scored by the metrics of these keys. */
export async function evaluatedAgent(
  ctx: Context,
  keys: readonly string[] = ['correctness', 'conciseness', 'latency'],
): Promise<string> {
  const definition = { provider: 'mint', model: 'odd', parameters: [] }
  const agent = await runnableAgent(ctx, { instructions: 'Answer the old way.', ...definition })
  await createRevision(ctx, { agent, instructions: 'Answer the new way.', ...definition })
  await setAgentMetrics(ctx, {
    agent,
    evaluationMetrics: keys.map((key) => ({ metricId: metricId(key) })),
  })
  return agent
}

const LEASE_MS = 60_000

export function evaluationRuntime(
  { db, crypto }: Context,
  execution: ExecutionRuntime,
  parts: Partial<EvaluationRuntime> = {},
): EvaluationRuntime {
  const onProblem = (error: unknown) => {
    throw error
  }
  const judging = quietJudging(execution)
  return { db, crypto, execution, judging, leaseMs: LEASE_MS, onProblem, ...parts }
}

const never = new AbortController().signal

/** One look at what is due, as the job takes it. @returns cases that were worked on */
export async function workOnce(runtime: EvaluationRuntime, stopping = never): Promise<number> {
  const taken = await claimCases(runtime.db.pool, { most: AT_ONCE, leaseMs: runtime.leaseMs })
  await Promise.all(taken.map((one) => workOnCase(runtime, one, { ended: never, stopping })))
  await endFinishedRuns(runtime.db.pool, runtime.crypto)
  return taken.length
}

/** The same until nothing is due. */
export async function workAll(runtime: EvaluationRuntime): Promise<void> {
  while ((await workOnce(runtime)) > 0);
}
