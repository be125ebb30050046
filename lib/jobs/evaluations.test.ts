import pino from 'pino'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Context } from '@/lib/context'
import { readEnvironment } from '@/lib/env'
import { quietJudging } from '@/lib/evaluation-metrics/judging-fixture'
import { cancelEvaluation, evaluateAgent } from '@/lib/evaluations/commands'
import { evaluatedAgent, newDataset } from '@/lib/evaluations/evaluations-fixture'
import { AT_ONCE_OF_ONE } from '@/lib/evaluations/limits'
import { getEvaluation } from '@/lib/evaluations/queries'
import { answerOf, executionWith } from '@/lib/execution/execution-fixture'
import type { ExecutionRuntime } from '@/lib/execution/execution-runtime'
import { listExecutions } from '@/lib/execution/queries'
import { startEvaluations } from '@/lib/jobs/evaluations'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

let product: ProductFixture
let admin: Context
let agent: string

beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())
beforeEach(async () => {
  admin = await (await product.organization()).member('ADMIN')
  agent = await evaluatedAgent(admin)
})

/** A process that hears no signals: what it is to see, it is told by `run`. */
const processWith = (execution: ExecutionRuntime) =>
  startEvaluations({
    changes: { subscribe: () => () => undefined } as never,
    ...{ crypto: admin.crypto, db: admin.db, execution, judging: quietJudging(execution) },
    environment: readEnvironment({}),
    log: pino({ level: 'silent' }),
  })

async function begun(execution: ExecutionRuntime, cases: number) {
  const datasetId = await newDataset(
    admin,
    Array.from({ length: cases }, (_, index) => ({ input: `Question ${index}?` })),
  )
  const { id } = await evaluateAgent(admin, execution, { agent, datasetId, baselineRevision: null })
  return { agent, evaluation: id }
}

it('a run that is cancelled is broken off where it is', async () => {
  const { model, runtime } = executionWith(
    ({ abortSignal }) =>
      new Promise((_, reject) =>
        abortSignal?.addEventListener('abort', () => reject(abortSignal.reason)),
      ),
  )
  const on = await begun(runtime, AT_ONCE_OF_ONE + 1)
  const work = processWith(runtime)
  await work.run()
  await expect.poll(() => model.doGenerateCalls).toHaveLength(AT_ONCE_OF_ONE)
  await cancelEvaluation(admin, on)
  await work.run()
  await work.stop()
  expect(await getEvaluation(admin, on)).toMatchObject({
    status: 'CANCELLED',
    progress: { done: 0 },
  })
  const { items } = await listExecutions(admin, { agent })
  expect(items.map(({ errorCode }) => errorCode)).toEqual(
    Array.from({ length: AT_ONCE_OF_ONE }, () => 'run_cancelled'),
  )
})

it('a process that is stopped waits for the answers it has asked for, and another goes on from them', async () => {
  let answer: () => void = () => undefined
  const asked = new Promise<void>((resolve) => {
    answer = resolve
  })
  const { model, runtime } = executionWith(async () => {
    await asked
    return answerOf('An answer')
  })
  const on = await begun(runtime, 2)
  const first = processWith(runtime)
  await first.run()
  await expect.poll(() => model.doGenerateCalls).toHaveLength(2)
  let isStopped = false
  const stopped = first.stop().then(() => {
    isStopped = true
  })
  await listExecutions(admin, { agent })
  expect(isStopped).toBe(false)
  answer()
  await stopped
  expect(await getEvaluation(admin, on)).toMatchObject({ progress: { done: 0 } })
  const second = processWith(runtime)
  await second.run()
  await expect.poll(async () => (await getEvaluation(admin, on)).status).toBe('COMPLETED')
  await second.stop()
  expect(model.doGenerateCalls).toHaveLength(2)
})
