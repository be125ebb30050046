import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { auditOf } from '@/e2e/api/support/history'
import {
  type Caller,
  createWorld,
  type Organization,
  type Person,
  type Token,
  type World,
} from '@/e2e/api/support/world'
import { ALL_SCOPES } from '@/lib/access/scopes'
import { newId } from '@/lib/ids'

let world: World
let org: Organization
let admin: Person
let token: Token
let caller: Caller

beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  org = await world.organization()
  admin = await org.person('ADMIN')
  token = await org.token(admin, ALL_SCOPES)
  caller = world.as(token)
})

const put = (path: string, body: unknown, secret = token.secret) =>
  world.call({ method: 'PUT', path: `${org.path}/${path}`, token: secret, body })
const get = (path: string) => caller.get(`${org.path}/${path}`)
const ask = (body: unknown = {}) => caller.post(`${org.path}/budgets:check`, body)

/** A call of gpt-4o with a million tokens of input: $2.50. */
async function spend(agent = 'support', origin = 'PRODUCTION'): Promise<void> {
  const event = {
    specversion: '1.0',
    id: newId(),
    source: 'test',
    type: 'com.fruxon.usage.model-call',
    time: new Date().toISOString(),
    data: { provider: 'openai', model: 'gpt-4o', agent, origin, inputTokens: 1_000_000 },
  }
  const answer = await caller.post(`${org.path}/usageEvents:ingest`, [event])
  expect(answer.json()).toMatchObject({ accepted: 1 })
}

describe('the budget of an agent', () => {
  it('can be there before the agent runs, and is read as it was put', async () => {
    const before = await get('agents/support/budget')
    expect(before.json()).toMatchObject({ status: 404, code: 'not_found' })
    const made = await put('agents/support/budget', { amount: 10 })
    expect(made.status).toBe(200)
    const now = new Date()
    expect(made.json()).toEqual({
      agentId: 'support',
      origin: 'PRODUCTION',
      amount: 10,
      thresholdRules: [{ percent: 50 }, { percent: 80 }, { percent: 100 }],
      enforceLimit: false,
      currentMonthlyCost: 0,
      usagePercent: 0,
      runsOutAt: null,
      periodStart: Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1),
      periodEnd: Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1),
      createdAt: expect.any(Number),
      modifiedAt: expect.any(Number),
    })
    expect((await get('agents/support/budget')).json()).toEqual(made.json())
  })

  it('keeps rules and enforcement that a change leaves out or gives as null', async () => {
    const rules = { thresholdRules: [{ percent: 90 }, { percent: 20 }, { percent: 90 }] }
    await put('agents/support/budget', { amount: 10, ...rules, enforceLimit: true })
    const changed = await put('agents/support/budget', {
      amount: 12.34,
      thresholdRules: null,
      enforceLimit: null,
    })
    expect(changed.json()).toMatchObject({
      amount: 12.34,
      thresholdRules: [{ percent: 20 }, { percent: 90 }],
      enforceLimit: true,
    })
  })

  it('is one for each origin, and null where the known agent has none', async () => {
    await spend()
    expect((await get('agents/support/budget')).text).toBe('null')
    expect((await get('agents/support/budget/all')).json()).toEqual([])
    await put('agents/support/budget?origin=TEST', { amount: 1 })
    await put('agents/support/budget?origin=production', { amount: 10 })
    expect((await get('agents/support/budget/all')).json()).toMatchObject([
      { origin: 'PRODUCTION', amount: 10, currentMonthlyCost: 2.5, usagePercent: 25 },
      { origin: 'TEST', amount: 1, currentMonthlyCost: 0 },
    ])
  })

  it('is removed once, and removing it again is no fault', async () => {
    await put('agents/support/budget', { amount: 10 })
    for (const path of ['agents/support/budget', 'agents/support/budget', 'agents/nobody/budget']) {
      expect((await caller.delete(`${org.path}/${path}`)).status).toBe(204)
    }
    const types = (await auditOf(world.pool, org.id)).map(({ eventType }) => eventType)
    expect(types).toEqual(['BUDGET_SET', 'BUDGET_DELETED'])
  })

  it('takes any name that an agent can have', async () => {
    for (const name of ['a b', 'team/support', 'ü', '100%', 'x:y']) {
      const path = `agents/${encodeURIComponent(name)}/budget`
      expect((await put(path, { amount: 1 })).json()).toMatchObject({ agentId: name })
    }
    for (const name of ['%00', 'x'.repeat(201)]) {
      expect((await put(`agents/${name}/budget`, { amount: 1 })).status, name).toBe(404)
    }
  })
})

describe('the budgets of the organization and of a token', () => {
  it('count everything, and what the token reported', async () => {
    await spend('support')
    await spend('sales')
    expect((await get('budget')).text).toBe('null')
    expect((await get(`tokens/${token.id}/budget`)).text).toBe('null')
    const ofAll = await put('budget', { amount: 20 })
    expect(ofAll.json()).toMatchObject({ amount: 20, currentMonthlyCost: 5, usagePercent: 25 })
    const other = await org.token(admin, ['traces:write'])
    expect((await put(`tokens/${other.id}/budget`, { amount: 5 })).json()).toMatchObject({
      tokenId: other.id,
      currentMonthlyCost: 0,
    })
    expect((await put(`tokens/${token.id}/budget`, { amount: 5 })).json()).toMatchObject({
      usagePercent: 100,
    })
    for (const path of ['budget', `tokens/${token.id}/budget`]) {
      expect((await caller.delete(`${org.path}/${path}`)).status).toBe(204)
      expect((await get(path)).text).toBe('null')
    }
  })
})

describe('budgets:check', () => {
  it('says no once an enforced budget is spent, and usage is counted all the same', async () => {
    await put('agents/support/budget', { amount: 2.5, enforceLimit: true })
    expect((await ask({ agent: 'support' })).json()).toEqual({ allowed: true, exhausted: [] })
    await spend()
    const answer = await ask({ agent: 'support', origin: 'PRODUCTION' })
    expect(answer.json()).toEqual({
      allowed: false,
      exhausted: [
        {
          subjectKind: 'AGENT',
          subject: 'support',
          amount: 2.5,
          enforceLimit: true,
          currentMonthlyCost: 2.5,
          usagePercent: 100,
          periodEnd: expect.any(Number),
        },
      ],
    })
    expect((await ask({ agent: 'sales' })).json()).toMatchObject({ allowed: true })
    expect((await ask({ agent: 'support', origin: 'TEST' })).json()).toMatchObject({
      allowed: true,
    })
    await spend()
    expect((await get('agents/support/budget')).json()).toMatchObject({ currentMonthlyCost: 5 })
  })

  it('needs no body, looks at the calling token, and tells of budgets that only tell', async () => {
    await spend()
    await put(`tokens/${token.id}/budget`, { amount: 1 })
    const answer = await world.call({
      method: 'POST',
      path: `${org.path}/budgets:check`,
      token: token.secret,
    })
    expect(answer.json()).toMatchObject({
      allowed: true,
      exhausted: [{ subjectKind: 'TOKEN', subject: token.id, usagePercent: 250 }],
    })
    const other = await org.token(admin, ['traces:write'])
    const theirs = await world.as(other).post(`${org.path}/budgets:check`, {})
    expect(theirs.json()).toEqual({ allowed: true, exhausted: [] })
  })
})

it('tells an admin within seconds of what was counted, once', async () => {
  await put('budget', { amount: 10, thresholdRules: [{ percent: 25 }] })
  const told = async () => {
    const { rows } = await world.pool.query<{ facts: { threshold: number } }>(
      `SELECT facts FROM notifications WHERE user_id = $1 AND kind LIKE 'budget-%'`,
      [admin.userId],
    )
    return rows.map(({ facts }) => facts.threshold)
  }
  await spend()
  await expect.poll(told, { timeout: 30_000, interval: 100 }).toEqual([25])
})
