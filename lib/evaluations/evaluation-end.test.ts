import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '@/lib/access/scopes'
import { putCollaborator } from '@/lib/agents/collaborators'
import { archiveAgent } from '@/lib/agents/commands'
import { setOrganizationBudget } from '@/lib/budgets/organization-budget'
import { deleteDataset } from '@/lib/datasets/commands'
import { cancelEvaluation, evaluateAgent } from '@/lib/evaluations/commands'
import { CAPITALS, EvaluationScene, knowing } from '@/lib/evaluations/evaluation-scene-fixture'
import {
  evaluationRuntime,
  newDataset,
  workAll,
  workOnce,
} from '@/lib/evaluations/evaluations-fixture'
import { getEvaluation } from '@/lib/evaluations/queries'
import { workOnCase } from '@/lib/evaluations/work'
import { removeMember } from '@/lib/team/members'
import { mint } from '@/lib/testing/token-fixture'
import { revokeToken } from '@/lib/tokens/revoke'
import { rotateToken } from '@/lib/tokens/rotate'

const scene = new EvaluationScene()
beforeAll(scene.open)
beforeEach(scene.renew)
afterAll(scene.close)

describe('a run ends before its time', () => {
  it('where it is cancelled, once, and keeps what was scored', async () => {
    const { runtime, on, seen, execution } = await scene.begun()
    await workOnce(runtime)
    const lost = await scene.lostTo(runtime, 2)
    expect(await cancelEvaluation(scene.admin, on)).toMatchObject({ status: 'CANCELLED' })
    expect(await cancelEvaluation(scene.admin, on)).toMatchObject({ status: 'CANCELLED' })
    const never = new AbortController().signal
    const ended = AbortSignal.abort()
    for (const one of lost) await workOnCase(runtime, one, { ended, stopping: never })
    await scene.later()
    expect(await workOnce(runtime)).toBe(0)
    const run = await seen()
    expect(run).toMatchObject({ progress: { done: 4 }, comparison: { scored: 2 } })
    expect(run.candidateScore).not.toBeNull()
    expect(execution.model.doGenerateCalls).toHaveLength(4)
    const events = await scene.rows<{ type: string }>(
      `SELECT event_type AS type FROM audit.event WHERE organization_id = $1 AND event_type LIKE 'EVALUATION%'
       ORDER BY seq`,
      [scene.organization.id],
    )
    expect(events.map(({ type }) => type)).toEqual(['EVALUATION_STARTED', 'EVALUATION_CANCELLED'])
  })

  it('where the budget is spent: what was scored is kept', async () => {
    const { runtime, seen, results } = await scene.begun()
    await workOnce(runtime)
    const budget = { origin: 'TEST', amount: 1n, enforce: true, thresholds: null } as const
    await setOrganizationBudget(scene.admin, budget)
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
    const { runtime, seen } = await scene.begun()
    await archiveAgent(scene.admin, { agent: scene.agent })
    await workAll(runtime)
    expect(await seen()).toMatchObject({ status: 'FAILED', errorCode: 'agent_archived' })
  })

  it('where the token that started it is revoked, and not where it is rotated', async () => {
    const datasetId = await newDataset(scene.admin, CAPITALS)
    const { runtime: execution } = knowing()
    const scopes: Scope[] = ['agents:read', 'agents:test', 'datasets:read']
    const start = async () => {
      const token = await mint(scene.admin, { scopes })
      const bearer = await scene.organization.bearer(token.secret)
      const { id } = await evaluateAgent(bearer, execution, { agent: scene.agent, datasetId })
      return { tokenId: token.id, on: { agent: scene.agent, evaluation: id } }
    }
    const [stolen, kept] = [await start(), await start()]
    const runtime = evaluationRuntime(scene.admin, execution)
    await workOnce(runtime)
    await revokeToken(scene.admin, { tokenId: stolen.tokenId })
    await rotateToken(scene.admin, { tokenId: kept.tokenId })
    await workAll(runtime)
    expect(await getEvaluation(scene.admin, stolen.on)).toMatchObject({
      status: 'FAILED',
      errorCode: 'starter_gone',
    })
    expect(await getEvaluation(scene.admin, kept.on)).toMatchObject({ status: 'COMPLETED' })
  })

  it('where the policy lets its token in no more', async () => {
    const datasetId = await newDataset(scene.admin, CAPITALS)
    const { runtime: execution } = knowing()
    const scopes: Scope[] = ['agents:read', 'agents:test', 'datasets:read']
    const { secret } = await mint(scene.admin, { scopes, expirationDays: null })
    const bearer = await scene.organization.bearer(secret)
    const { id } = await evaluateAgent(bearer, execution, { agent: scene.agent, datasetId })
    await scene.rows('UPDATE organizations SET token_expiry_required = true WHERE id = $1', [
      scene.organization.id,
    ])
    await workAll(evaluationRuntime(scene.admin, execution))
    expect(await getEvaluation(scene.admin, { agent: scene.agent, evaluation: id })).toMatchObject({
      errorCode: 'starter_gone',
      progress: { done: 0 },
    })
  })

  it('where who started it has left the organization', async () => {
    const member = await scene.organization.member('MEMBER')
    const { userId } = member.principal
    await putCollaborator(scene.admin, { agent: scene.agent, userId, role: 'EDITOR' })
    const datasetId = await newDataset(scene.admin, CAPITALS)
    const { runtime: execution } = knowing()
    const { id } = await evaluateAgent(member, execution, { agent: scene.agent, datasetId })
    await removeMember(scene.admin, { userId })
    await workAll(evaluationRuntime(scene.admin, execution))
    expect(await getEvaluation(scene.admin, { agent: scene.agent, evaluation: id })).toMatchObject({
      errorCode: 'starter_gone',
      progress: { done: 0 },
    })
  })

  it('where its dataset is deleted, and with it go all texts; scores stay', async () => {
    const { runtime, datasetId, seen, results } = await scene.begun()
    await workOnce(runtime)
    await deleteDataset(scene.admin, { dataset: datasetId })
    for (const table of ['run_text', 'run_answer', 'run_reason']) {
      expect(await scene.rows(`SELECT 1 FROM evaluation.${table}`)).toEqual([])
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
