import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { UserPrincipal } from '@/lib/access/principal'
import type { Scope } from '@/lib/access/scopes'
import { putCollaborator } from '@/lib/agents/collaborators'
import { archiveAgent } from '@/lib/agents/commands'
import { setOrganizationBudget } from '@/lib/budgets/organization-budget'
import type { Context } from '@/lib/context'
import { deleteCase } from '@/lib/datasets/case-commands'
import { deleteDataset } from '@/lib/datasets/commands'
import { DomainError } from '@/lib/errors'
import { setAgentMetrics } from '@/lib/evaluation-metrics/agent-metrics'
import { claimCases } from '@/lib/evaluations/claim'
import { cancelEvaluation, evaluateAgent } from '@/lib/evaluations/commands'
import {
  evaluatedAgent,
  evaluationRuntime,
  metricId,
  newDataset,
  workAll,
  workOnce,
} from '@/lib/evaluations/evaluations-fixture'
import { ATTEMPTS_MAX } from '@/lib/evaluations/limits'
import { getEvaluation, listEvaluations } from '@/lib/evaluations/queries'
import { listEvaluationResults } from '@/lib/evaluations/results'
import { trimEvaluations } from '@/lib/evaluations/retention'
import type { EvaluateAgentInput } from '@/lib/evaluations/schema'
import { type EvaluationRuntime, workOnCase } from '@/lib/evaluations/work'
import { testAgent } from '@/lib/execution/commands'
import {
  answerOf,
  executionWith,
  quietExecution,
  runnableAgent,
} from '@/lib/execution/execution-fixture'
import { listExecutions } from '@/lib/execution/queries'
import { newId } from '@/lib/ids'
import { endDueOrganizations } from '@/lib/organization/end'
import { removeMember } from '@/lib/team/members'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { mint } from '@/lib/testing/token-fixture'
import { revokeToken } from '@/lib/tokens/revoke'
import { rotateToken } from '@/lib/tokens/rotate'

let product: ProductFixture
let organization: OrganizationFixture
let admin: Context<UserPrincipal>
let agent: string

beforeAll(async () => {
  product = await createProductFixture()
  await product.db.pool.query(
    `INSERT INTO pricing.model_price (id, provider, model, name, valid_from, rates, source, created_by)
     VALUES ($1, 'mint', 'odd', 'Odd', '-infinity', $2, 'Test', 'Test')`,
    [newId(), { rates: { input: 1_000_000, output: 1_000_000 } }],
  )
})
afterAll(() => product.close())
beforeEach(async () => {
  await product.db.pool.query('DELETE FROM evaluation.run')
  organization = await product.organization()
  admin = await organization.member('ADMIN')
  agent = await evaluatedAgent(admin)
})

const CAPITALS = [
  { name: 'France', input: 'Capital of France?', expected: 'Paris is the capital of France' },
  { name: 'Spain', input: 'Capital of Spain?', expected: 'Madrid is the capital of Spain' },
  { name: 'Italy', input: 'Capital of Italy?', expected: 'Rome is the capital of Italy' },
]
/** By revision: the new way is right about France and Spain, the old one about Spain and Italy. */
const KNOWN = {
  new: ['Paris is the capital of France', 'Madrid is the capital of Spain', 'No idea'],
  old: ['No idea', 'Madrid is the capital of Spain', 'Rome is the capital of Italy'],
}

/** A model that answers by its instructions and the case. */
const knowing = (before: (prompt: string) => void = () => undefined) =>
  executionWith(async ({ prompt }) => {
    const asked = JSON.stringify(prompt)
    before(asked)
    const answers = KNOWN[asked.includes('the new way') ? 'new' : 'old']
    const index = CAPITALS.findIndex(({ input }) => asked.includes(input))
    return answerOf(answers[index] ?? 'No idea', { input: 100, output: 10 })
  })

async function begun(
  execution = knowing(),
  wish: Partial<EvaluateAgentInput> & { cases?: Parameters<typeof newDataset>[1] } = {},
) {
  const { cases = CAPITALS, ...input } = wish
  const datasetId = await newDataset(admin, cases)
  const started = await evaluateAgent(admin, execution.runtime, { agent, datasetId, ...input })
  const on = { agent, evaluation: started.id }
  return {
    ...{ datasetId, started, on, execution },
    runtime: evaluationRuntime(admin, execution.runtime),
    seen: () => getEvaluation(admin, on),
    results: async (order?: 'POSITION') =>
      (await listEvaluationResults(admin, { ...on, order })).items,
  }
}

/** As if the clock had gone on: whatever waits is due. */
const later = () =>
  product.db.pool.query(
    `UPDATE evaluation.run_item SET next_attempt_at = now() - interval '1 second'`,
  )

/** A process that dies while it has these cases. */
const lostTo = (runtime: EvaluationRuntime, most: number) =>
  claimCases(runtime.db.pool, { most, leaseMs: runtime.leaseMs })

const rows = async <Row>(sql: string, values: unknown[] = []) =>
  (await product.db.pool.query(sql, values)).rows as Row[]

describe('a run', () => {
  it('compares the newest revision with the deployed one, case by case, and pays as a test', async () => {
    const { started, runtime, seen, results, execution } = await begun()
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
    const { items, totalCount } = await listExecutions(admin, { agent })
    expect(totalCount).toBe(6)
    expect(items[0]).toMatchObject({
      origin: 'TEST',
      sessionId: run.id,
      startedBy: { kind: 'PERSON' },
    })
    expect((await listEvaluations(admin, { agent })).items).toMatchObject([
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
    const { runtime, seen, results } = await begun(judging, { judge, baselineRevision: null })
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
    const { runtime, on, results } = await begun()
    await workAll(runtime)
    for (const order of ['CHANGE', 'POSITION'] as const) {
      const seen: number[] = []
      let pageToken = ''
      do {
        const page = await listEvaluationResults(admin, { ...on, order, pageSize: 1, pageToken })
        seen.push(...page.items.map(({ position }) => position))
        pageToken = page.nextPageToken
      } while (pageToken !== '')
      const all = order === 'CHANGE' ? await results() : await results('POSITION')
      expect(seen).toEqual(all.map(({ position }) => position))
    }
  })

  it('stands on what was true when it was started', async () => {
    const { runtime, datasetId, seen, results } = await begun()
    await setAgentMetrics(admin, {
      agent,
      evaluationMetrics: [{ metricId: metricId('helpfulness') }],
    })
    await product.db.pool.query(
      `UPDATE datasets.dataset_case SET input = 'Else?' WHERE dataset_id = $1`,
      [datasetId],
    )
    await workAll(runtime)
    expect((await seen()).metrics.map(({ key }) => key)).not.toContain('helpfulness')
    expect((await results('POSITION'))[0]?.input).toBe('Capital of France?')
  })

  it('goes on with the others where a case fails, and leaves it out of the score', async () => {
    const { runtime, seen, results } = await begun(
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
    const { runtime, datasetId, seen, results } = await begun(undefined, { baselineRevision: null })
    const [first] = await results('POSITION')
    await deleteCase(admin, { dataset: datasetId, case: first?.caseId ?? '' })
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
      rows<{ failure: string | null }>(
        `SELECT facts->>'failure' AS failure FROM notifications WHERE kind = 'evaluation-ended' AND user_id = $1`,
        [admin.principal.userId],
      )
    const quick = await begun()
    await workAll(quick.runtime)
    expect(await told()).toEqual([])
    const slow = await begun()
    await product.db.pool.query(
      `UPDATE evaluation.run SET created_at = now() - interval '2 minutes'`,
    )
    await workAll(slow.runtime)
    expect(await told()).toEqual([{ failure: null }])
    const broken = await begun(executionWith(async () => Promise.reject(new Error('down'))))
    await workAll(broken.runtime)
    expect(await broken.seen()).toMatchObject({ status: 'FAILED', errorCode: 'nothing_scored' })
    expect(await told()).toContainEqual({ failure: 'No case could be scored.' })
  })
})

describe('after a crash', () => {
  it('a case is taken again once its lease is over, and given up after three', async () => {
    const { runtime, seen, results } = await begun()
    expect(await lostTo(runtime, 4)).toHaveLength(4)
    // The lease holds: nobody takes more of this run.
    expect(await workOnce(runtime)).toBe(0)
    for (let attempt = 1; attempt < ATTEMPTS_MAX; attempt++) {
      await later()
      await lostTo(runtime, 1)
    }
    await later()
    await workAll(runtime)
    expect(await seen()).toMatchObject({ status: 'COMPLETED', progress: { done: 5, failed: 1 } })
    expect((await results('POSITION'))[0]?.candidate).toMatchObject({ errorCode: 'interrupted' })
  })

  it('goes on where the other process was: what was answered and scored is not paid for again', async () => {
    const stopping = new AbortController()
    const { runtime, seen, execution } = await begun(
      knowing(() => stopping.abort()),
      { baselineRevision: null },
    )
    // Told to stop while the agent answers: given back before a judge is asked.
    expect(await workOnce(runtime, stopping.signal)).toBe(3)
    expect(await seen()).toMatchObject({ progress: { done: 0 }, comparison: { scored: 0 } })
    await workAll(runtime)
    expect(await seen()).toMatchObject({ status: 'COMPLETED', progress: { done: 3 } })
    expect(execution.model.doGenerateCalls).toHaveLength(3)
  })

  it('whoever lost a case writes nothing any more', async () => {
    const { runtime, seen } = await begun(undefined, {
      baselineRevision: null,
      cases: [CAPITALS[0] ?? {}],
    })
    const [slow] = await lostTo(runtime, 1)
    await later()
    await workAll(runtime)
    const before = await seen()
    if (!slow) throw new Error('Nothing was claimed.')
    const never = new AbortController().signal
    await workOnCase(runtime, slow, { ended: never, stopping: never })
    expect(await seen()).toEqual(before)
  })

  it('what a limit holds up waits, and that is no attempt', async () => {
    let limited = true
    const { runtime, seen } = await begun(
      {
        ...knowing(),
        runtime: { ...knowing().runtime, slots: { take: () => slot(limited) } as never },
      },
      { baselineRevision: null },
    )
    for (let time = 0; time <= ATTEMPTS_MAX; time++) {
      await later()
      expect(await workOnce(runtime)).toBe(3)
      expect(await workOnce(runtime)).toBe(0)
    }
    expect(await seen()).toMatchObject({ status: 'IN_PROGRESS', progress: { done: 0, failed: 0 } })
    limited = false
    await later()
    await workAll(runtime)
    expect(await seen()).toMatchObject({ status: 'COMPLETED', progress: { done: 3 } })
  })
})

function slot(limited: boolean) {
  if (limited) {
    throw new DomainError('throttled', 'too_many_runs', 'Wait.')
  }
  return () => undefined
}

describe('a run ends before its time', () => {
  it('where it is cancelled, once, and keeps what was scored', async () => {
    const { runtime, on, seen, execution } = await begun()
    await workOnce(runtime)
    const lost = await lostTo(runtime, 2)
    expect(await cancelEvaluation(admin, on)).toMatchObject({ status: 'CANCELLED' })
    expect(await cancelEvaluation(admin, on)).toMatchObject({ status: 'CANCELLED' })
    const never = new AbortController().signal
    const ended = AbortSignal.abort()
    for (const one of lost) await workOnCase(runtime, one, { ended, stopping: never })
    await later()
    expect(await workOnce(runtime)).toBe(0)
    const run = await seen()
    expect(run).toMatchObject({ progress: { done: 4 }, comparison: { scored: 2 } })
    expect(run.candidateScore).not.toBeNull()
    expect(execution.model.doGenerateCalls).toHaveLength(4)
    const events = await rows<{ type: string }>(
      `SELECT event_type AS type FROM audit.event WHERE organization_id = $1 AND event_type LIKE 'EVALUATION%'
       ORDER BY seq`,
      [organization.id],
    )
    expect(events.map(({ type }) => type)).toEqual(['EVALUATION_STARTED', 'EVALUATION_CANCELLED'])
  })

  it('where the budget is spent: what was scored is kept', async () => {
    const { runtime, seen, results } = await begun()
    await workOnce(runtime)
    const budget = { origin: 'TEST', amount: 1n, enforce: true, thresholds: null } as const
    await setOrganizationBudget(admin, budget)
    await workAll(runtime)
    expect(await seen()).toMatchObject({
      status: 'FAILED',
      errorCode: 'budget_exhausted',
      progress: { done: 4, failed: 0 },
      comparison: { scored: 2 },
    })
    expect((await results('POSITION')).at(-1)?.candidate.state).toBe('SKIPPED')
  })

  it('where the agent is archived', async () => {
    const { runtime, seen } = await begun()
    await archiveAgent(admin, { agent })
    await workAll(runtime)
    expect(await seen()).toMatchObject({ status: 'FAILED', errorCode: 'agent_archived' })
  })

  it('where the token that started it is revoked, and not where it is rotated', async () => {
    const datasetId = await newDataset(admin, CAPITALS)
    const { runtime: execution } = knowing()
    const scopes: Scope[] = ['agents:read', 'agents:test', 'datasets:read']
    const start = async () => {
      const token = await mint(admin, { scopes })
      const bearer = await organization.bearer(token.secret)
      const { id } = await evaluateAgent(bearer, execution, { agent, datasetId })
      return { tokenId: token.id, on: { agent, evaluation: id } }
    }
    const [stolen, kept] = [await start(), await start()]
    const runtime = evaluationRuntime(admin, execution)
    await workOnce(runtime)
    await revokeToken(admin, { tokenId: stolen.tokenId })
    await rotateToken(admin, { tokenId: kept.tokenId })
    await workAll(runtime)
    expect(await getEvaluation(admin, stolen.on)).toMatchObject({
      status: 'FAILED',
      errorCode: 'starter_gone',
    })
    expect(await getEvaluation(admin, kept.on)).toMatchObject({ status: 'COMPLETED' })
  })

  it('where who started it has left the organization', async () => {
    const member = await organization.member('MEMBER')
    const { userId } = member.principal
    await putCollaborator(admin, { agent, userId, role: 'EDITOR' })
    const datasetId = await newDataset(admin, CAPITALS)
    const { runtime: execution } = knowing()
    const { id } = await evaluateAgent(member, execution, { agent, datasetId })
    await removeMember(admin, { userId })
    await workAll(evaluationRuntime(admin, execution))
    expect(await getEvaluation(admin, { agent, evaluation: id })).toMatchObject({
      errorCode: 'starter_gone',
      progress: { done: 0 },
    })
  })

  it('where its dataset is deleted, and with it go all texts; scores stay', async () => {
    const { runtime, datasetId, seen, results } = await begun()
    await workOnce(runtime)
    await deleteDataset(admin, { dataset: datasetId })
    for (const table of ['run_text', 'run_answer', 'run_reason']) {
      expect(await rows(`SELECT 1 FROM evaluation.${table}`)).toEqual([])
    }
    await workAll(runtime)
    expect(await seen()).toMatchObject({
      status: 'FAILED',
      errorCode: 'dataset_deleted',
      datasetId: null,
      hasTexts: false,
      comparison: { scored: 2 },
    })
    expect((await results('POSITION'))[0]).toMatchObject({
      input: null,
      candidate: { answer: null, scores: [{ score: 5, reason: null }, {}] },
    })
  })
})

describe('is refused before anything is written:', () => {
  const refused = async (wish: Partial<EvaluateAgentInput> & { cases?: object[] } = {}) => {
    const error = await begun(undefined, wish).catch((refusal: unknown) => refusal)
    expect(await rows('SELECT 1 FROM evaluation.run')).toEqual([])
    return error
  }

  it('a dataset that is not there, another organization’s, or empty', async () => {
    const other = await (await product.organization()).member('ADMIN')
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
    const datasetId = await newDataset(admin, CAPITALS)
    const local = await runnableAgent(admin, { parameters: [] })
    await setAgentMetrics(admin, {
      agent: local,
      evaluationMetrics: [{ metricId: metricId('correctness') }],
    })
    await expect(
      evaluateAgent(admin, quietExecution(), { agent: local, datasetId, judge }),
    ).rejects.toMatchObject({ code: 'provider_not_configured' })
    await setAgentMetrics(admin, { agent, evaluationMetrics: [{ metricId: metricId('latency') }] })
    expect(await refused()).toMatchObject({ code: 'no_judged_metric' })
    agent = await evaluatedAgent(admin)
    await testAgent(admin, knowing().runtime, { agent, input: 'Capital of France?' })
    const budget = { origin: 'TEST', amount: 1n, enforce: true, thresholds: null } as const
    await setOrganizationBudget(admin, budget)
    expect(await refused()).toMatchObject({ code: 'budget_exhausted' })
    await archiveAgent(admin, { agent })
    expect(await refused()).toMatchObject({ code: 'agent_archived' })
  })

  it('a third one under way; the same key starts one, whatever stands by then', async () => {
    const { runtime } = knowing()
    const datasetId = await newDataset(admin, CAPITALS)
    const order = { agent, datasetId, idempotencyKey: 'nightly' }
    const first = await evaluateAgent(admin, runtime, order)
    await evaluateAgent(admin, runtime, { agent, datasetId })
    await expect(evaluateAgent(admin, runtime, { agent, datasetId })).rejects.toMatchObject({
      code: 'too_many_evaluations',
    })
    expect(await evaluateAgent(admin, runtime, order)).toEqual(first)
    await expect(
      evaluateAgent(admin, runtime, { ...order, candidateRevision: 1 }),
    ).rejects.toMatchObject({ code: 'idempotency_key_reused' })
  })
})

it('is for editors of the agent, and seen by its viewers with datasets:read', async () => {
  const { on, datasetId, execution } = await begun()
  const bearer = async (...scopes: Scope[]) =>
    organization.bearer((await mint(admin, { scopes })).secret)
  const stranger = await organization.member('MEMBER')
  for (const ctx of [
    stranger,
    await bearer('agents:read'),
    await (await product.organization()).member('ADMIN'),
  ]) {
    await expect(getEvaluation(ctx, on)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(listEvaluationResults(ctx, on)).rejects.toMatchObject({ kind: 'not-found' })
  }
  await putCollaborator(admin, { agent, userId: stranger.principal.userId, role: 'VIEWER' })
  expect(await getEvaluation(stranger, on)).toMatchObject({ status: 'PENDING' })
  for (const attempt of [
    () => evaluateAgent(stranger, execution.runtime, { agent, datasetId }),
    () => cancelEvaluation(stranger, on),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: 'role_insufficient' })
  }
  const tester = await bearer('agents:test', 'datasets:read')
  const { id, startedBy } = await evaluateAgent(tester, execution.runtime, { agent, datasetId })
  expect(startedBy.token?.familyId).toBeDefined()
  await workAll(evaluationRuntime(admin, execution.runtime))
  const spent = await rows<{ family: string }>(
    `SELECT DISTINCT family_id AS family FROM execution.run WHERE session_id = $1`,
    [id],
  )
  expect(spent).toEqual([{ family: startedBy.token?.familyId }])
})

it('what was said is kept for so long, and nothing outlives the organization', async () => {
  const { runtime, seen } = await begun()
  await workAll(runtime)
  await product.db.pool.query(`UPDATE evaluation.run SET finished_at = now() - interval '89 days'`)
  await trimEvaluations(product.db.pool, { contentDays: 90 })
  expect(await seen()).toMatchObject({ hasTexts: true })
  await product.db.pool.query(`UPDATE evaluation.run SET finished_at = now() - interval '91 days'`)
  await trimEvaluations(product.db.pool, { contentDays: 90 })
  expect(await seen()).toMatchObject({ hasTexts: false, comparison: { scored: 3 } })
  await product.db.pool.query(
    `UPDATE organizations SET deletes_at = now() - interval '1 day' WHERE id = $1`,
    [organization.id],
  )
  await endDueOrganizations(product.db)
  expect(await rows('SELECT 1 FROM evaluation.run_score')).toEqual([])
})
