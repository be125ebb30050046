import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deleteCase } from '@/lib/datasets/case-commands'
import { setAgentMetrics } from '@/lib/evaluation-metrics/agent-metrics'
import { EvaluationScene, knowing } from '@/lib/evaluations/evaluation-scene-fixture'
import { metricId, workAll, workOnce } from '@/lib/evaluations/evaluations-fixture'
import { listEvaluations } from '@/lib/evaluations/queries'
import { listEvaluationResults } from '@/lib/evaluations/results'
import { answerOf, executionWith } from '@/lib/execution/execution-fixture'
import { listExecutions } from '@/lib/execution/queries'

const scene = new EvaluationScene()
beforeAll(scene.open)
beforeEach(scene.renew)
afterAll(scene.close)

describe('a run', () => {
  it('compares the newest revision with the deployed one, case by case, and pays as a test', async () => {
    const { started, runtime, seen, results, execution } = await scene.begun()
    expect(started).toMatchObject({
      status: 'PENDING',
      candidateRevision: 2,
      baselineRevision: 1,
      judge: null,
      caseCount: 3,
      progress: { total: 6, done: 0, failed: 0 },
      metrics: [{ key: 'correctness' }, { key: 'conciseness' }, { key: 'latency' }],
    })
    // No more at once of one run.
    expect(await workOnce(runtime)).toBe(4)
    expect(await seen()).toMatchObject({ status: 'IN_PROGRESS', progress: { done: 4 } })
    await workAll(runtime)
    const run = await seen()
    expect(run).toMatchObject({
      status: 'COMPLETED',
      progress: { total: 6, done: 6, failed: 0 },
      comparison: {
        outcomes: { wins: 1, ties: 1, losses: 1 },
        scored: 3,
        total: 3,
        // 110 tokens of a micro-dollar each, three times.
        measured: { candidate: { totalCost: 330_000n, answered: 3, unpriced: 0 } },
      },
    })
    expect(run.candidateScore).toBe(run.comparison.overall?.candidate)
    expect((await results()).map(({ name, change }) => [name, Math.sign(change ?? 0)])).toEqual([
      ['Italy', -1],
      ['Spain', 0],
      ['France', 1],
    ])
    const [first] = await results('POSITION')
    expect(first).toMatchObject({
      position: 1,
      input: 'Capital of France?',
      candidate: {
        state: 'DONE',
        answer: 'Paris is the capital of France',
        cost: 110_000n,
        scores: [
          { score: 5, levelLabel: 'Excellent', passed: true },
          { metricId: metricId('conciseness') },
        ],
      },
      baseline: { answer: 'No idea', scores: [{ passed: false }, {}] },
    })
    expect(execution.model.doGenerateCalls).toHaveLength(6)
    const { items, totalCount } = await listExecutions(scene.admin, { agent: scene.agent })
    expect(totalCount).toBe(6)
    expect(items[0]).toMatchObject({
      origin: 'TEST',
      sessionId: run.id,
      startedBy: { kind: 'PERSON' },
    })
    expect((await listEvaluations(scene.admin, { agent: scene.agent })).items).toMatchObject([
      { id: run.id, candidateScore: run.candidateScore },
    ])
  })

  it('is judged by a model that was named, at no other pace than its own, and pays for it', async () => {
    const judging = executionWith(async ({ prompt }) => {
      const asked = JSON.stringify(prompt)
      if (asked.includes('Answer the')) return answerOf('Paris', { input: 100, output: 10 })
      const text = asked.includes('Conciseness')
        ? 'I would rather not.'
        : '{"score": 4, "reason": "Right."}'
      return answerOf(text, { input: 50, output: 5 })
    })
    const judge = { provider: 'mint', model: 'odd' }
    const { runtime, seen, results } = await scene.begun(judging, { judge, baselineRevision: null })
    await workAll(runtime)
    const scored = {
      metricId: metricId('correctness'),
      score: 4,
      reason: 'Right.',
      errorCode: null,
    }
    const refused = {
      metricId: metricId('conciseness'),
      score: null,
      errorCode: 'verdict_unreadable',
    }
    expect((await results())[0]?.candidate.scores).toMatchObject([scored, refused])
    expect(await seen()).toMatchObject({
      status: 'COMPLETED',
      judge,
      // Of a score of 1 to 5; what was not scored is left out.
      candidateScore: 75,
      judging: { totalCost: 3n * 55_000n, unpriced: 3 },
      comparison: { metrics: [{ scored: 3 }, { scored: 0, candidate: null }] },
    })
  })

  it('pages its results in either order without a gap', async () => {
    const { runtime, on, results } = await scene.begun()
    await workAll(runtime)
    for (const order of ['CHANGE', 'POSITION'] as const) {
      const seen: number[] = []
      let pageToken = ''
      do {
        const page = await listEvaluationResults(scene.admin, {
          ...on,
          order,
          pageSize: 1,
          pageToken,
        })
        seen.push(...page.items.map(({ position }) => position))
        pageToken = page.nextPageToken
      } while (pageToken !== '')
      const all = order === 'CHANGE' ? await results() : await results('POSITION')
      expect(seen).toEqual(all.map(({ position }) => position))
    }
  })

  it('stands on what was true when it was started', async () => {
    const { runtime, datasetId, seen, results } = await scene.begun()
    await setAgentMetrics(scene.admin, {
      agent: scene.agent,
      evaluationMetrics: [{ metricId: metricId('helpfulness') }],
    })
    await scene.product.db.pool.query(
      `UPDATE datasets.dataset_case SET input = 'Else?' WHERE dataset_id = $1`,
      [datasetId],
    )
    await workAll(runtime)
    expect((await seen()).metrics.map(({ key }) => key)).not.toContain('helpfulness')
    expect((await results('POSITION'))[0]?.input).toBe('Capital of France?')
  })

  it('goes on with the others where a case fails, and leaves it out of the score', async () => {
    const { runtime, seen, results } = await scene.begun(
      knowing((asked) => {
        if (asked.includes('Spain')) throw new Error('key sk-1')
      }),
      { baselineRevision: null },
    )
    await workAll(runtime)
    expect(await seen()).toMatchObject({
      status: 'COMPLETED',
      baselineScore: null,
      progress: { total: 3, done: 2, failed: 1 },
      comparison: { scored: 2, total: 3, outcomes: null },
    })
    expect((await results())[0]).toMatchObject({
      name: 'Spain',
      baseline: null,
      candidate: { state: 'FAILED', errorCode: 'provider_failed', overall: null, answer: null },
    })
  })

  it('goes on without a case that is deleted meanwhile, and keeps nothing of what it said', async () => {
    const { runtime, datasetId, seen, results } = await scene.begun(undefined, {
      baselineRevision: null,
    })
    const [first] = await results('POSITION')
    await deleteCase(scene.admin, { dataset: datasetId, case: first?.caseId ?? '' })
    await workAll(runtime)
    expect(await seen()).toMatchObject({
      status: 'COMPLETED',
      progress: { done: 2, failed: 1 },
      hasTexts: true,
    })
    expect((await results('POSITION'))[0]).toMatchObject({
      ...{ name: null, parameters: null, input: null },
      candidate: { state: 'FAILED', errorCode: 'case_deleted' },
    })
  })

  it('is told of where it failed or took longer than somebody looks on', async () => {
    const told = () =>
      scene.rows<{ failure: string | null }>(
        `SELECT facts->>'failure' AS failure FROM notifications WHERE kind = 'evaluation-ended' AND user_id = $1`,
        [scene.admin.principal.userId],
      )
    const quick = await scene.begun()
    await workAll(quick.runtime)
    expect(await told()).toEqual([])
    const slow = await scene.begun()
    await scene.product.db.pool.query(
      `UPDATE evaluation.run SET created_at = now() - interval '2 minutes'`,
    )
    await workAll(slow.runtime)
    expect(await told()).toEqual([{ failure: null }])
    const broken = await scene.begun(executionWith(async () => Promise.reject(new Error('down'))))
    await workAll(broken.runtime)
    expect(await broken.seen()).toMatchObject({ status: 'FAILED', errorCode: 'nothing_scored' })
    expect(await told()).toContainEqual({ failure: 'No case could be scored.' })
  })
})
