import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TokenPrincipal, UserPrincipal } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import type { ModelRates } from '@/lib/model-pricing/rates'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { mint } from '@/lib/testing/token-fixture'
import { quietMeter } from '@/lib/testing/usage-meter'
import { ingestUsage } from '@/lib/usage/ingest'
import { listUnpriced } from '@/lib/usage/unpriced'
import { NO_TOKENS, type UsageEvent } from '@/lib/usage/usage-event'
import { usedNames } from '@/lib/usage/used-names'
import { type WhatIfRequest, whatIf } from '@/lib/usage/what-if'

const DAY = 86_400_000

let product: ProductFixture
let organization: OrganizationFixture
let member: Context<UserPrincipal>
let program: Context<TokenPrincipal>
let today: number
const meter = quietMeter()

beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())
beforeEach(async () => {
  organization = await product.organization()
  member = await organization.member('MEMBER')
  const token = await mint(await organization.member('ADMIN'), { scopes: ['traces:write'] })
  program = (await organization.bearer(token.secret)) as Context<TokenPrincipal>
  today = Math.floor(program.now / DAY) * DAY
})

async function price(model: string, rates: ModelRates, agent: string | null = null) {
  await product.db.pool.query(
    `INSERT INTO pricing.model_price (id, organization_id, provider, model, agent, name, valid_from, rates,
       source, created_by) VALUES ($1, $2, 'home', $3, $4, $3, '-infinity', $5, 'Test', 'Test')`,
    [newId(), organization.id, model, agent, rates],
  )
}

function event(
  traits: Partial<Omit<UsageEvent, 'tokens'>> & { tokens?: Partial<UsageEvent['tokens']> } = {},
): UsageEvent {
  const { tokens, ...rest } = traits
  return {
    kind: 'MODEL_CALL',
    id: newId(),
    source: 'test',
    occurredAt: program.now,
    origin: 'PRODUCTION',
    provider: 'home',
    model: 'mine',
    agent: 'support',
    revision: '1',
    environment: 'production',
    ...rest,
    tokens: { ...NO_TOKENS, ...(tokens ?? { input: 1000, output: 100 }) },
  }
}

const send = (events: UsageEvent[]) => ingestUsage(program, meter, events)

const ask = (traits: Partial<WhatIfRequest> = {}) =>
  whatIf(member, meter, {
    from: today - 29 * DAY,
    to: today + DAY,
    used: null,
    agent: null,
    target: { provider: 'home', model: 'other' },
    ...traits,
  })

describe('what if', () => {
  beforeEach(() => price('mine', { rates: { input: 3_000_000, output: 5_000_000 } }))

  it('is what the same tokens cost by the other model’s price, reasoning as it was', async () => {
    await price('other', {
      rates: { input: 1_000_000, cacheRead: 100_000, output: 2_000_000, call: 7_000_000 },
    })
    await send([
      event({ tokens: { input: 1000, cacheRead: 500, output: 100, reasoning: 50 } }),
      event({ agent: 'sales' }),
    ])
    const found = await ask()
    // 1000 and 1000 in, 500 cached, 100 and 100 out, 50 of reasoning, two calls; nano-USD.
    expect(found).toMatchObject({
      calls: 2,
      actual: 1500n * 3000n + 150n * 5000n + 1000n * 3000n + 100n * 5000n,
      estimated: 2_000_000n + 50_000n + 400_000n + 100_000n + 14_000n,
      perCall: 14_000n,
      missing: [],
      leftOut: 0,
      assumes: { tier: false, windows: false },
    })
    expect(found.kinds).toEqual([
      { kind: 'input', tokens: 2000, estimated: 2_000_000n },
      { kind: 'cacheRead', tokens: 500, estimated: 50_000n },
      { kind: 'output', tokens: 200, estimated: 400_000n },
      { kind: 'reasoning', tokens: 50, estimated: 100_000n },
    ])
    expect(found.byAgent).toEqual([
      expect.objectContaining({ agent: 'support', estimated: 1_357_000n }),
      expect.objectContaining({ agent: 'sales', estimated: 1_207_000n }),
    ])
  })

  it('is exactly what was paid where the other model is the same one', async () => {
    await send([event(), event({ occurredAt: today - 20 * DAY })])
    const found = await ask({ target: { provider: 'home', model: 'mine' } })
    expect(found.estimated).toBe(found.actual)
    expect(found.actual).toBe(7_000_000n)
  })

  it('takes the tier of the average call, and says that it did', async () => {
    const tiered = { base: 1_000_000, tiers: [{ above: 2000, rate: 4_000_000 }] }
    const window = { from: 0, to: 60, rates: { input: 1, output: 1 } }
    await price('other', { rates: { input: tiered, output: 0 }, windows: [window] })
    await send([
      event({ tokens: { input: 3000 } }),
      event({ tokens: { input: 500 } }),
      event({ agent: 'reader', tokens: { input: 2001 } }),
    ])
    const found = await ask()
    expect(found.byAgent.map(({ agent, estimated }) => [agent, estimated])).toEqual([
      ['support', 3_500_000n],
      ['reader', 8_004_000n],
    ])
    expect(found).toMatchObject({
      averageInput: 1834,
      assumes: { tier: true, windows: true },
    })
  })

  it('is unknown where the other model has no price for what was used', async () => {
    await price('other', { rates: { input: 1_000_000 } })
    await send([event(), event({ agent: 'embedder', tokens: { input: 10 } })])
    const found = await ask()
    expect(found).toMatchObject({ estimated: null, missing: ['output'] })
    expect(found.byAgent.find(({ agent }) => agent === 'embedder')?.estimated).toBe(10_000n)
    expect(found.byAgent.find(({ agent }) => agent === 'support')?.estimated).toBeNull()
    const unknown = await ask({ target: { provider: 'home', model: 'unheard' } })
    expect(unknown).toMatchObject({ price: null, estimated: null })
  })

  it('leaves calls out on both sides that nobody has priced, and counts them', async () => {
    await price('other', { rates: { input: 1_000_000, output: 0 } })
    await send([event(), event({ model: 'homemade' })])
    expect(await ask()).toMatchObject({ calls: 1, leftOut: 1, estimated: 1_000_000n })
  })

  it('is of the model, the agent and the days that were chosen, at the agent’s own price', async () => {
    await price('other', { rates: { input: 1_000_000, output: 0 } })
    await price('other', { rates: { input: 9_000_000, output: 0 } }, 'sales')
    await price('second', { rates: { input: 1_000_000, output: 0 } })
    await send([
      event({ agent: 'sales' }),
      event({ agent: 'sales', model: 'second' }),
      event({ agent: 'sales', occurredAt: today - 30 * DAY }),
      event(),
    ])
    const found = await ask({ used: { provider: 'home', model: 'mine' }, agent: 'sales' })
    expect(found).toMatchObject({ calls: 1, estimated: 9_000_000n })
    expect(found.price?.agent).toBe('sales')
    expect(await ask({ from: today - 60 * DAY })).toMatchObject({ calls: 4 })
  })

  it('is not of more than 90 days, nor of parts of days', async () => {
    for (const from of [today - 90 * DAY, today + 1]) {
      await expect(ask({ from })).rejects.toMatchObject({ kind: 'invalid' })
    }
  })

  it('is never of another organization', async () => {
    await price('other', { rates: { input: 1, output: 1 } })
    await send([event()])
    const stranger = await (await product.organization()).member('ADMIN')
    const range = { from: today, to: today + DAY }
    const found = await whatIf(stranger, meter, {
      ...range,
      used: null,
      agent: null,
      target: { provider: 'home', model: 'other' },
    })
    expect(found).toMatchObject({ calls: 0, actual: 0n, price: null })
    expect(await usedNames(stranger, range)).toEqual({ models: [], agents: [] })
    expect(await listUnpriced(stranger, meter)).toEqual([])
  })
})

describe('models without a price', () => {
  it('are listed with what was counted of them, the most used lately first', async () => {
    const tokens = { input: 10, reasoning: 5 }
    await send([
      event({ model: 'a', agent: '', tokens }),
      event({ model: 'b', occurredAt: today - DAY, tokens }),
      event({ model: 'b', agent: 'sales', tokens }),
      event({ model: 'b', agent: 'sales', origin: 'TEST', tokens }),
    ])
    expect(await listUnpriced(member, meter)).toEqual([
      {
        provider: 'home',
        model: 'b',
        calls: 3,
        recentCalls: 3,
        tokens: 45,
        agents: ['sales', 'support'],
        agentCount: 2,
        firstDay: today - DAY,
        lastDay: today,
        isPriced: false,
      },
      expect.objectContaining({ model: 'a', calls: 1, agents: [''], agentCount: 1 }),
    ])
  })

  it('are still listed when they have got one, until what was counted is corrected', async () => {
    await send([event({ model: 'a' })])
    await price('a', { rates: { input: 1, output: 1 } })
    await send([event({ model: 'a' })])
    expect(await listUnpriced(member, meter)).toEqual([
      expect.objectContaining({ model: 'a', calls: 1, isPriced: true }),
    ])
  })

  it('that were used long ago count among all, and not among the last days', async () => {
    await send([event({ model: 'a' })])
    await product.db.pool.query(
      `UPDATE usage.day SET bucket = bucket - interval '60 days' WHERE organization_id = $1`,
      [organization.id],
    )
    expect(await listUnpriced(member, meter)).toMatchObject([{ calls: 1, recentCalls: 0 }])
  })
})

describe('the names of a range', () => {
  it('are those of calls, each once', async () => {
    await send([
      event(),
      event({ model: 'second', agent: '' }),
      event({ kind: 'EXECUTION', provider: '', model: '', agent: 'runner', tokens: {} }),
      event({ model: 'old', occurredAt: today - 20 * DAY }),
    ])
    expect(await usedNames(member, { from: today, to: today + DAY })).toEqual({
      models: [
        { provider: 'home', model: 'mine' },
        { provider: 'home', model: 'second' },
      ],
      agents: ['', 'support'],
    })
  })
})
