import { APICallError } from 'ai'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { putCollaborator } from '@/lib/agents/collaborators'
import { archiveAgent } from '@/lib/agents/commands'
import { createRevision } from '@/lib/agents/revisions'
import { setAgentBudget } from '@/lib/budgets/agent-budget'
import { setOrganizationBudget } from '@/lib/budgets/organization-budget'
import { setTokenBudget } from '@/lib/budgets/token-budget'
import type { Context } from '@/lib/context'
import { executeAgent, testAgent } from '@/lib/execution/commands'
import {
  answerOf,
  executionWith,
  quietExecution,
  runnableAgent,
} from '@/lib/execution/execution-fixture'
import { getExecution, listExecutions } from '@/lib/execution/queries'
import { trimRuns } from '@/lib/execution/retention'
import { runDeployedAgent } from '@/lib/execution/run-deployed-agent'
import { endInterruptedRuns } from '@/lib/execution/run-rows'
import { RunSlots } from '@/lib/execution/run-slots'
import { newId } from '@/lib/ids'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { mint } from '@/lib/testing/token-fixture'
import { readTokenUsage } from '@/lib/usage/token-usage'
import { countAgain } from '@/lib/usage/upkeep'

const DOLLAR = 1_000_000_000n
const PRICED = { provider: 'mint', model: 'odd' }
/** Pico-USD a token; odd, so that rounding shows. */
const RATES = { input: 1_234_567, cacheRead: 123_457, output: 7_654_321 }

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
  await product.db.pool.query(
    `INSERT INTO pricing.model_price (id, provider, model, name, valid_from, rates, source, created_by)
     VALUES ($1, 'mint', 'odd', 'Odd', '-infinity', $2, 'Test', 'Test')`,
    [newId(), { rates: RATES }],
  )
})
afterAll(() => product.close())

async function scene(definition: Parameters<typeof runnableAgent>[1] = {}) {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  const agent = await runnableAgent(admin, definition)
  const token = await mint(admin, { scopes: ['agents:execute'] })
  const program = await organization.bearer(token.secret)
  return { organization, admin, agent, token, program }
}

const input = { topic: 'the EU AI Act' }
const usageSums = async (organizationId: string) => {
  const { rows } = await product.db.pool.query<Record<'executions' | 'calls' | 'cost', string>>(
    `SELECT coalesce(sum(executions), 0)::text AS executions, coalesce(sum(calls), 0)::text AS calls,
       coalesce(sum(input_cost + output_cost), 0)::text AS cost
     FROM usage.day WHERE organization_id = $1`,
    [organizationId],
  )
  return rows[0]
}

describe('a run', () => {
  it('tells the model its instructions with the values in place, and the values apart from them', async () => {
    const { program, agent, admin, token } = await scene({ ...PRICED, temperature: 0.5 })
    const { model, runtime } = executionWith(async () =>
      answerOf('Done.', { input: 10, output: 2 }),
    )
    const done = await executeAgent(program, runtime, {
      agent,
      input: { topic: '{{topic}} "quoted"' },
      sessionId: 'thread-7',
      chatUser: { id: 'customer-1' },
    })
    expect(model.doGenerateCalls[0]).toMatchObject({
      temperature: 0.5,
      prompt: [
        { role: 'system', content: 'Write a briefing about {{topic}} "quoted".' },
        {
          role: 'user',
          content: [{ text: JSON.stringify({ topic: '{{topic}} "quoted"' }, null, 2) }],
        },
      ],
    })
    expect(done).toMatchObject({ response: 'Done.', sessionId: 'thread-7', agentId: agent })
    expect(await getExecution(admin, { execution: done.executionId })).toMatchObject({
      agentId: agent,
      revision: 1,
      sessionId: 'thread-7',
      chatUserId: 'customer-1',
      origin: 'PRODUCTION',
      status: 'SUCCEEDED',
      finishReason: 'stop',
      tokens: { input: 10, output: 2 },
      startedBy: { kind: 'PERSON', token: { familyId: token.summary.familyId } },
      requestId: program.request.id,
    })
  })

  it('answers by the local provider too, which costs nothing and is no call of a model', async () => {
    const { program, agent, organization } = await scene()
    const done = await executeAgent(program, quietExecution(), { agent, input })
    expect(done.response).toContain('the EU AI Act')
    expect(done).toMatchObject({ modelOrigin: 'LOCAL', cost: { input: 0n, output: 0n } })
    expect(await usageSums(organization.id)).toEqual({ executions: '1', calls: '0', cost: '0' })
  })

  it('costs what usage sums up, to the nano-dollar, and the recount agrees', async () => {
    const { organization, admin, agent, program } = await scene(PRICED)
    const count = fc.nat(50_000)
    const counts = fc.record({ input: count, cacheRead: count, output: count, reasoning: count })
    let total = 0n
    await fc.assert(
      fc.asyncProperty(counts, async (used) => {
        const { runtime } = executionWith(async () => answerOf('x', used))
        const { executionId, cost } = await executeAgent(program, runtime, { agent, input })
        const pico =
          BigInt(used.input) * BigInt(RATES.input) +
          BigInt(used.cacheRead) * BigInt(RATES.cacheRead) +
          BigInt(used.output + used.reasoning) * BigInt(RATES.output)
        const spent = (cost?.input ?? -1n) + (cost?.output ?? -1n)
        expect(spent).toBe((pico + 500n) / 1000n)
        const kept = await getExecution(admin, { execution: executionId })
        expect(kept.tokens).toEqual({ ...used, cacheWrite: 0 })
        expect({ input: kept.inputCost, output: kept.outputCost }).toEqual(cost)
        total += spent
        expect((await usageSums(organization.id))?.cost).toBe(String(total))
      }),
      { numRuns: 25 },
    )
    expect(await countAgain(product.db, organization.id, Date.now())).toMatchObject({
      differences: 0,
    })
  })

  it('of a person in the dashboard is counted too, as a test and of no token', async () => {
    const { admin, agent } = await scene(PRICED)
    const { runtime } = executionWith(async () => answerOf('x', { input: 1000 }))
    await createRevision(admin, { agent, instructions: 'Second.', ...PRICED })
    const done = await testAgent(admin, runtime, { agent, input: 'Hello', revision: 2 })
    const kept = await getExecution(admin, { execution: done.executionId })
    expect(kept).toMatchObject({ origin: 'TEST', revision: 2, startedBy: { token: null } })
    const day = Math.floor(admin.now / 86_400_000) * 86_400_000
    const usage = await readTokenUsage(admin, { from: day, to: day + 86_400_000, origin: 'TEST' })
    expect(usage).toMatchObject([{ token: null, withoutToken: true, calls: 1, inputTokens: 1000 }])
  })

  it('of one delivery happens once, unless the provider turned it away', async () => {
    const { admin, agent } = await scene()
    const deliveryId = newId()
    const starter = { kind: 'WEBHOOK', id: newId(), label: 'orders', token: null } as const
    const order = { agent, input, starter, origin: 'PRODUCTION', deliveryId } as const
    const failing = executionWith(async () => Promise.reject(new Error('away')))
    await expect(runDeployedAgent(admin, failing.runtime, order)).rejects.toMatchObject({
      code: 'provider_failed',
    })
    const { model, runtime } = executionWith(async () => answerOf('x'))
    const tries = await Promise.allSettled(
      [1, 2, 3].map(() => runDeployedAgent(admin, runtime, order)),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(model.doGenerateCalls).toHaveLength(1)
  })
})

describe('what is refused', () => {
  it('is a value that the revision does not declare, want or understand, by its place', async () => {
    const { program, agent } = await scene()
    const refusal = (order: object) =>
      executeAgent(program, quietExecution(), { agent, ...order }).catch((error) => error.errors)
    expect(await refusal({ input: {} })).toMatchObject([{ pointer: '/input/topic' }])
    expect(await refusal({ input: 'just text' })).toMatchObject([{ pointer: '/input' }])
    expect(await refusal({ parameters: { topic: 7, 'a/b': 1 } })).toMatchObject([
      { pointer: '/parameters/topic' },
      { pointer: '/parameters/a~1b' },
    ])
    expect(await refusal({ input: { ...input, constructor: 'x' } })).toMatchObject([
      { pointer: '/input/constructor' },
    ])
  })

  it('is an agent that is not to be seen, not deployed, or archived', async () => {
    const { organization, admin, agent } = await scene()
    const run = (ctx: Context, id: string) =>
      executeAgent(ctx, quietExecution(), { agent: id, input }).catch(({ code }) => code)
    const member = await organization.member('MEMBER')
    const theirs = await mint(member, { scopes: ['agents:execute'] })
    const bearer = await organization.bearer(theirs.secret)
    expect(await run(bearer, agent)).toBe('not_found')
    const { userId } = member.principal
    await putCollaborator(admin, { agent, userId, role: 'VIEWER' })
    expect(await run(bearer, agent)).toBe('role_insufficient')
    await putCollaborator(admin, { agent, userId, role: 'EDITOR' })
    expect(await run(bearer, agent)).toMatchObject({ response: expect.any(String) })
    const { program } = await scene()
    expect(await run(program, agent)).toBe('not_found')
    const reader = await mint(admin, { scopes: ['agents:read'] })
    expect(await run(await organization.bearer(reader.secret), agent)).toBe('insufficient_scope')
    await archiveAgent(admin, { agent })
    expect(await run(bearer, agent)).toBe('agent_archived')
  })

  it('is a provider that nobody set up, and leaves no run', async () => {
    const { program, admin, agent } = await scene({ provider: 'openai', model: 'gpt-5-mini' })
    await expect(executeAgent(program, quietExecution(), { agent, input })).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'provider_not_configured',
    })
    expect((await listExecutions(admin, { agent })).totalCount).toBe(0)
  })

  it('is a run when the budget of the organization, the agent or the token is spent', async () => {
    const { program, admin, agent, token } = await scene(PRICED)
    const { model, runtime } = executionWith(async () => answerOf('x', { output: 1_000_000 }))
    const run = () => executeAgent(program, runtime, { agent, input }).catch(({ code }) => code)
    const budget = {
      origin: 'PRODUCTION',
      amount: DOLLAR,
      thresholds: null,
      enforce: true,
    } as const
    await setTokenBudget(admin, { tokenId: token.id, ...budget })
    expect(await run()).toMatchObject({ response: 'x' })
    expect(await run()).toBe('budget_exhausted')
    await setTokenBudget(admin, { tokenId: token.id, ...budget, amount: 1000n * DOLLAR })
    await setAgentBudget(admin, { agent, ...budget })
    expect(await run()).toBe('budget_exhausted')
    await setAgentBudget(admin, { agent, ...budget, amount: 1000n * DOLLAR })
    await setOrganizationBudget(admin, budget)
    expect(await run()).toBe('budget_exhausted')
    expect(model.doGenerateCalls).toHaveLength(1)
    // Tests are another budget.
    expect(await testAgent(admin, runtime, { agent, input })).toMatchObject({ response: 'x' })
  })

  it('is more at once than an organization may run, which also bounds what a race spends over a budget', async () => {
    const { program, admin, agent } = await scene(PRICED)
    let letGo = () => undefined as unknown
    const untilOthersWereRefused = new Promise((resolve) => {
      letGo = () => resolve(null)
    })
    const { model, runtime } = executionWith(
      async () => {
        await untilOthersWereRefused
        return answerOf('x', { output: 1_000_000 })
      },
      { slots: new RunSlots(3) },
    )
    const enforced = { amount: 1n, thresholds: null, enforce: true } as const
    await setOrganizationBudget(admin, { origin: 'PRODUCTION', ...enforced })
    const codes: string[] = []
    const race = Array.from({ length: 12 }, () =>
      executeAgent(program, runtime, { agent, input }).then(
        () => 'ran',
        ({ code }) => {
          if (codes.push(code) === 9) letGo()
        },
      ),
    )
    expect((await Promise.all(race)).filter((outcome) => outcome === 'ran')).toHaveLength(3)
    expect(new Set(codes)).toEqual(new Set(['too_many_runs']))
    expect(model.doGenerateCalls).toHaveLength(3)
    await expect(executeAgent(program, runtime, { agent, input })).rejects.toMatchObject({
      code: 'budget_exhausted',
    })
  })
})

describe('a run that fails', () => {
  const refusal = (statusCode: number) =>
    new APICallError({
      message: 'Incorrect API key provided: sk-secret',
      url: 'https://provider.test',
      requestBodyValues: {},
      statusCode,
      responseBody: 'sk-secret',
      isRetryable: false,
    })

  it('says in our words what the provider did, and is recorded', async () => {
    const { program, admin, agent, organization } = await scene(PRICED)
    const cases = [
      [401, 'provider_credentials_refused'],
      [404, 'provider_refused'],
      [429, 'provider_busy'],
      [500, 'provider_failed'],
    ] as const
    for (const [status, code] of cases) {
      const { runtime } = executionWith(async () => Promise.reject(refusal(status)))
      const error = await executeAgent(program, runtime, { agent, input }).catch((thrown) => thrown)
      expect(error).toMatchObject({ code })
      expect(JSON.stringify([error.message, error.stack, error.cause])).not.toContain('sk-secret')
    }
    const { items } = await listExecutions(admin, { agent, status: 'FAILED' })
    expect(items.map(({ errorCode }) => errorCode)).toEqual(cases.map(([, code]) => code).reverse())
    expect(await usageSums(organization.id)).toEqual({ executions: '4', calls: '0', cost: '0' })
  })

  it('after it used tokens costs what it used', async () => {
    const { program, organization, agent } = await scene(PRICED)
    const { runtime } = executionWith(async () => ({
      ...answerOf('', { output: 1000 }),
      finishReason: { unified: 'error', raw: undefined },
    }))
    await expect(executeAgent(program, runtime, { agent, input })).rejects.toMatchObject({
      code: 'provider_failed',
    })
    expect(await usageSums(organization.id)).toMatchObject({ calls: '1', cost: '7654321' })
  })

  it('because the caller left or the time is over ends at once', async () => {
    const { program, admin, agent } = await scene(PRICED)
    const never = () => new Promise<never>(() => undefined)
    const left = AbortSignal.timeout(20)
    await expect(
      executeAgent(program, executionWith(never).runtime, { agent, input, signal: left }),
    ).rejects.toMatchObject({ code: 'run_cancelled' })
    const { runtime } = executionWith(never, { timeoutMs: 20 })
    await expect(executeAgent(program, runtime, { agent, input })).rejects.toMatchObject({
      kind: 'upstream-timeout',
      code: 'model_timed_out',
    })
    const { items } = await listExecutions(admin, { agent })
    expect(items).toMatchObject([
      // What the provider did until then is not known, and so is not nothing.
      { errorCode: 'model_timed_out', inputCost: null, outputCost: null },
      { errorCode: 'run_cancelled', inputCost: null, outputCost: null },
    ])
  })

  it('because its process died is found by upkeep, and a late end still counts', async () => {
    const { program, admin, agent, organization } = await scene(PRICED)
    const { runtime } = executionWith(async () => {
      await product.db.pool.query(
        `UPDATE execution.run SET expires_at = now() - interval '1 second' WHERE organization_id = $1`,
        [organization.id],
      )
      expect(await endInterruptedRuns(product.db.pool)).toBe(1)
      const { items } = await listExecutions(admin, { agent })
      expect(items).toMatchObject([{ status: 'FAILED', errorCode: 'interrupted' }])
      return answerOf('x', { input: 1000 })
    })
    await executeAgent(program, runtime, { agent, input })
    const { items } = await listExecutions(admin, { agent })
    expect(items).toMatchObject([{ status: 'SUCCEEDED', errorCode: null, tokens: { input: 1000 } }])
    expect(await usageSums(organization.id)).toMatchObject({ executions: '1', calls: '1' })
  })
})

describe('the list of runs', () => {
  it('is newest first, filtered, in pages, and of agents that the reader may see', async () => {
    const { program, admin, agent, organization } = await scene()
    const other = await runnableAgent(admin)
    const run = async (id: string, sessionId: string) =>
      (await executeAgent(program, quietExecution(), { agent: id, input, sessionId })).executionId
    const ids = [await run(agent, 'a'), await run(agent, 'b'), await run(other, 'a')]
    await testAgent(admin, quietExecution(), { agent, input, sessionId: 'a' })
    const idsOf = async (filter: Parameters<typeof listExecutions>[1], ctx: Context = admin) =>
      (await listExecutions(ctx, filter)).items.map(({ id }) => id)
    expect(await idsOf({ origin: 'PRODUCTION' })).toEqual(ids.toReversed())
    expect(await idsOf({ origin: 'PRODUCTION', session: 'a' })).toEqual([ids[2], ids[0]])
    expect(await idsOf({ agent: other })).toEqual([ids[2]])
    expect(await idsOf({ status: 'FAILED' })).toEqual([])
    const first = await listExecutions(admin, { origin: 'PRODUCTION', pageSize: 2 })
    expect(first.totalCount).toBe(3)
    const pageToken = first.nextPageToken
    expect(await idsOf({ origin: 'PRODUCTION', pageSize: 2, pageToken })).toEqual([ids[0]])
    const member = await organization.member('MEMBER')
    expect(await idsOf({}, member)).toEqual([])
    await putCollaborator(admin, {
      agent: other,
      userId: member.principal.userId,
      role: 'VIEWER',
    })
    expect(await idsOf({}, member)).toEqual([ids[2]])
    await product.db.pool.query(
      `UPDATE execution.run SET started_at = started_at - interval '31 days',
         status = CASE WHEN id = $1 THEN 'RUNNING' ELSE status END,
         finished_at = CASE WHEN id = $1 THEN NULL ELSE finished_at END WHERE id = ANY ($2)`,
      [ids[0], ids.slice(0, 2)],
    )
    await trimRuns(product.db.pool, { recordDays: 30 })
    expect(await idsOf({ origin: 'PRODUCTION' })).toEqual([ids[2], ids[0]])
    const hidden = getExecution(member, { execution: ids[0] ?? '' })
    await expect(hidden).rejects.toMatchObject({ code: 'not_found' })
  })
})
