import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '@/lib/access/scopes'
import { putCollaborator } from '@/lib/agents/collaborators'
import { archiveAgent } from '@/lib/agents/commands'
import { setOrganizationBudget } from '@/lib/budgets/organization-budget'
import { setAgentMetrics } from '@/lib/evaluation-metrics/agent-metrics'
import { cancelEvaluation, evaluateAgent } from '@/lib/evaluations/commands'
import { CAPITALS, EvaluationScene, knowing } from '@/lib/evaluations/evaluation-scene-fixture'
import {
  evaluatedAgent,
  evaluationRuntime,
  metricId,
  newDataset,
  workAll,
} from '@/lib/evaluations/evaluations-fixture'
import { getEvaluation } from '@/lib/evaluations/queries'
import { listEvaluationResults } from '@/lib/evaluations/results'
import { trimEvaluations } from '@/lib/evaluations/retention'
import type { EvaluateAgentInput } from '@/lib/evaluations/schema'
import { testAgent } from '@/lib/execution/commands'
import { quietExecution, runnableAgent } from '@/lib/execution/execution-fixture'
import { newId } from '@/lib/ids'
import { endDueOrganizations } from '@/lib/organization/end'
import { mint } from '@/lib/testing/token-fixture'

const scene = new EvaluationScene()
beforeAll(scene.open)
beforeEach(scene.renew)
afterAll(scene.close)

describe('is refused before anything is written:', () => {
  const refused = async (wish: Partial<EvaluateAgentInput> & { cases?: object[] } = {}) => {
    const error = await scene.begun(undefined, wish).catch((refusal: unknown) => refusal)
    expect(await scene.rows('SELECT 1 FROM evaluation.run')).toEqual([])
    return error
  }

  it('a dataset that is not there, another organization’s, or empty', async () => {
    const other = await (await scene.product.organization()).member('ADMIN')
    const foreign = await newDataset(other, CAPITALS)
    for (const datasetId of [newId(), foreign]) {
      expect(await refused({ datasetId })).toMatchObject({ errors: [{ pointer: '/datasetId' }] })
    }
    expect(await refused({ cases: [] })).toMatchObject({ code: 'dataset_empty' })
  })

  it('a revision that there is not, and a case that does not fit one', async () => {
    expect(await refused({ candidateRevision: 3 })).toMatchObject({
      errors: [{ pointer: '/candidateRevision' }],
    })
    expect(await refused({ baselineRevision: 9 })).toMatchObject({
      errors: [{ pointer: '/baselineRevision' }],
    })
    const cases = [{ input: 'Fits' }, { name: 'Odd one', parameters: { topic: 'x' } }]
    expect(await refused({ cases, baselineRevision: null })).toMatchObject({
      code: 'case_does_not_fit',
      errors: [
        {
          pointer: '/datasetId',
          detail:
            'Case 2 (Odd one) does not fit revision 2. topic: The revision declares no such parameter.',
        },
      ],
    })
  })

  it('nothing to score by, an archived agent, no provider, a spent budget', async () => {
    const judge = { provider: 'nobody', model: 'x' }
    const datasetId = await newDataset(scene.admin, CAPITALS)
    const local = await runnableAgent(scene.admin, { parameters: [] })
    await setAgentMetrics(scene.admin, {
      agent: local,
      evaluationMetrics: [{ metricId: metricId('correctness') }],
    })
    await expect(
      evaluateAgent(scene.admin, quietExecution(), { agent: local, datasetId, judge }),
    ).rejects.toMatchObject({ code: 'provider_not_configured' })
    await setAgentMetrics(scene.admin, {
      agent: scene.agent,
      evaluationMetrics: [{ metricId: metricId('latency') }],
    })
    expect(await refused()).toMatchObject({ code: 'no_judged_metric' })
    scene.agent = await evaluatedAgent(scene.admin)
    await testAgent(scene.admin, knowing().runtime, {
      agent: scene.agent,
      input: 'Capital of France?',
    })
    const budget = { origin: 'TEST', amount: 1n, enforce: true, thresholds: null } as const
    await setOrganizationBudget(scene.admin, budget)
    expect(await refused()).toMatchObject({ code: 'budget_exhausted' })
    await archiveAgent(scene.admin, { agent: scene.agent })
    expect(await refused()).toMatchObject({ code: 'agent_archived' })
  })

  it('a third one under way; the same key starts one, whatever stands by then', async () => {
    const { runtime } = knowing()
    const datasetId = await newDataset(scene.admin, CAPITALS)
    const order = { agent: scene.agent, datasetId, idempotencyKey: 'nightly' }
    const first = await evaluateAgent(scene.admin, runtime, order)
    await evaluateAgent(scene.admin, runtime, { agent: scene.agent, datasetId })
    await expect(
      evaluateAgent(scene.admin, runtime, { agent: scene.agent, datasetId }),
    ).rejects.toMatchObject({
      code: 'too_many_evaluations',
    })
    expect(await evaluateAgent(scene.admin, runtime, order)).toEqual(first)
    await expect(
      evaluateAgent(scene.admin, runtime, { ...order, candidateRevision: 1 }),
    ).rejects.toMatchObject({ code: 'idempotency_key_reused' })
  })
})

it('is for editors of the agent, and seen by its viewers with datasets:read', async () => {
  const { on, datasetId, execution } = await scene.begun()
  const bearer = async (...scopes: Scope[]) =>
    scene.organization.bearer((await mint(scene.admin, { scopes })).secret)
  const stranger = await scene.organization.member('MEMBER')
  for (const ctx of [
    stranger,
    await bearer('agents:read'),
    await (await scene.product.organization()).member('ADMIN'),
  ]) {
    await expect(getEvaluation(ctx, on)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(listEvaluationResults(ctx, on)).rejects.toMatchObject({ kind: 'not-found' })
  }
  await putCollaborator(scene.admin, {
    agent: scene.agent,
    userId: stranger.principal.userId,
    role: 'VIEWER',
  })
  expect(await getEvaluation(stranger, on)).toMatchObject({ status: 'PENDING' })
  for (const attempt of [
    () => evaluateAgent(stranger, execution.runtime, { agent: scene.agent, datasetId }),
    () => cancelEvaluation(stranger, on),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: 'role_insufficient' })
  }
  const tester = await bearer('agents:test', 'datasets:read')
  const { id, startedBy } = await evaluateAgent(tester, execution.runtime, {
    agent: scene.agent,
    datasetId,
  })
  expect(startedBy.token?.familyId).toBeDefined()
  await workAll(evaluationRuntime(scene.admin, execution.runtime))
  const spent = await scene.rows<{ family: string }>(
    `SELECT DISTINCT family_id AS family FROM execution.run WHERE session_id = $1`,
    [id],
  )
  expect(spent).toEqual([{ family: startedBy.token?.familyId }])
})

it('what was said is kept for so long, and nothing outlives the organization', async () => {
  const { runtime, seen } = await scene.begun()
  await workAll(runtime)
  await scene.product.db.pool.query(
    `UPDATE evaluation.run SET finished_at = now() - interval '89 days'`,
  )
  await trimEvaluations(scene.product.db.pool, { contentDays: 90 })
  expect(await seen()).toMatchObject({ hasTexts: true })
  await scene.product.db.pool.query(
    `UPDATE evaluation.run SET finished_at = now() - interval '91 days'`,
  )
  await trimEvaluations(scene.product.db.pool, { contentDays: 90 })
  expect(await seen()).toMatchObject({ hasTexts: false, comparison: { scored: 3 } })
  await scene.product.db.pool.query(
    `UPDATE organizations SET deletes_at = now() - interval '1 day' WHERE id = $1`,
    [scene.organization.id],
  )
  await endDueOrganizations(scene.product.db)
  expect(await scene.rows('SELECT 1 FROM evaluation.run_score')).toEqual([])
})
