import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TokenPrincipal } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import { TOKEN_KINDS, type TokenCounts } from '@/lib/model-pricing/token-kinds'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { mint } from '@/lib/testing/token-fixture'
import { quietMeter } from '@/lib/testing/usage-meter'
import { ingestUsage, LATE_DAYS_MAX, type UsageMeter } from '@/lib/usage/ingest'
import { recount } from '@/lib/usage/recount'
import { OWN_SOURCES, type UsageEvent } from '@/lib/usage/usage-event'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const BEGINNING = new Date(0)
const NONE = Object.fromEntries(TOKEN_KINDS.map((kind) => [kind, 0])) as TokenCounts

let product: ProductFixture
let organization: OrganizationFixture
let ctx: Context<TokenPrincipal>
let meter: UsageMeter

beforeAll(async () => {
  product = await createProductFixture()
  meter = quietMeter()
  await product.db.pool.query(
    `INSERT INTO pricing.model_price (id, provider, model, name, valid_from, rates, source, created_by)
     VALUES ($1, 'openai', 'gpt-5', 'GPT-5', '-infinity', $2, 'Test', 'Test')`,
    [newId(), { rates: { input: 1_234_567, cacheRead: 333, output: 9_876_543 } }],
  )
})
afterAll(() => product.close())
beforeEach(async () => {
  organization = await product.organization()
  const owner = await organization.member('ADMIN')
  const token = await mint(owner, { scopes: ['traces:write'] })
  ctx = (await organization.bearer(token.secret)) as Context<TokenPrincipal>
})

function event(
  traits: Partial<Omit<UsageEvent, 'tokens'>> & { tokens?: Partial<TokenCounts> } = {},
): UsageEvent {
  const { tokens, ...rest } = traits
  return {
    kind: 'MODEL_CALL',
    id: newId(),
    source: 'test',
    occurredAt: ctx.now,
    origin: 'PRODUCTION',
    provider: 'openai',
    model: 'gpt-5',
    agent: 'support',
    revision: '1',
    environment: 'production',
    ...rest,
    tokens: { ...NONE, ...tokens },
  }
}

const send = (events: UsageEvent[]) => ingestUsage(ctx, meter, events)
const recounted = () => recount(product.db.pool, organization.id, BEGINNING)

async function days() {
  const { rows } = await product.db.pool.query<{
    model: string
    calls: string
    cost: string
    unpriced: string
  }>(
    `SELECT model, calls, input_cost + output_cost AS cost, unpriced_calls AS unpriced
     FROM usage.day WHERE organization_id = $1 ORDER BY bucket, model`,
    [organization.id],
  )
  return rows.map(({ model, calls, cost, unpriced }) => ({
    model,
    calls: Number(calls),
    cost: BigInt(cost),
    unpriced: Number(unpriced),
  }))
}

describe('an event', () => {
  it('is counted once, however often and by whatever time it is sent', async () => {
    const one = event({ tokens: { input: 10, output: 5 } })
    expect(await send([one, one])).toEqual({ counted: 1, duplicates: 1, refused: [] })
    expect(await send([{ ...one, occurredAt: one.occurredAt - HOUR, model: 'other' }])).toEqual({
      counted: 0,
      duplicates: 1,
      refused: [],
    })
    // 10 × 1,234,567 and 5 × 9,876,543 pico-USD are 61,728,385: rounded once.
    expect(await days()).toEqual([{ model: 'gpt-5', calls: 1, cost: 61_728n, unpriced: 0 }])
  })

  it('speaks for no source of our own, whose ids it could take', async () => {
    const taken = event({ source: `${OWN_SOURCES}executions` })
    expect(await send([taken, event()])).toMatchObject({
      counted: 1,
      refused: [{ index: 0, pointer: '/source' }],
    })
  })

  it('of the same id is another one from another source, and in another organization', async () => {
    const one = event()
    await send([one])
    expect((await send([{ ...one, source: 'elsewhere' }])).counted).toBe(1)
    const other = await product.organization()
    const token = await mint(await other.member('ADMIN'), { scopes: ['traces:write'] })
    const theirs = (await other.bearer(token.secret)) as Context<TokenPrincipal>
    expect((await ingestUsage(theirs, meter, [one])).counted).toBe(1)
    expect((await recounted()).events).toBe(2)
  })

  it('is refused where its id is half a character, which could be another one in the database', async () => {
    const outcome = await send([event({ id: 'x\ud83d' }), event({ id: 'x\ud83e' }), event()])
    expect(outcome.refused.map(({ index }) => index)).toEqual([0, 1])
    expect(outcome.counted).toBe(1)
    // A whole one is two halves, and an id like any other.
    expect((await send([event({ id: '💸' })])).counted).toBe(1)
  })

  it('without a price is counted and marked, and never costs nothing', async () => {
    await send([event({ model: 'homemade', tokens: { input: 10 } })])
    expect(await days()).toEqual([{ model: 'homemade', calls: 1, cost: 0n, unpriced: 1 }])
    const { rows } = await product.db.pool.query(
      'SELECT input_cost, price_id FROM usage.event WHERE organization_id = $1',
      [organization.id],
    )
    expect(rows).toEqual([{ input_cost: null, price_id: null }])
  })

  it('of a run is counted as one, and costs nothing by itself', async () => {
    await send([event({ kind: 'EXECUTION', provider: '', model: '' }), event()])
    const { rows } = await product.db.pool.query(
      `SELECT model, executions::int, calls::int, unpriced_calls::int AS unpriced
       FROM usage.day WHERE organization_id = $1 ORDER BY model`,
      [organization.id],
    )
    expect(rows).toEqual([
      { model: '', executions: 1, calls: 0, unpriced: 0 },
      { model: 'gpt-5', executions: 0, calls: 1, unpriced: 0 },
    ])
    expect(await recounted()).toEqual({ events: 2, differences: 0 })
  })

  it('too old or of the future is refused by its place, and the others are counted', async () => {
    const outcome = await send([
      event({ occurredAt: ctx.now - (LATE_DAYS_MAX + 1) * DAY }),
      event(),
      event({ occurredAt: ctx.now + HOUR }),
      event({ occurredAt: ctx.now - (LATE_DAYS_MAX - 1) * DAY }),
    ])
    expect(outcome.counted).toBe(2)
    expect(outcome.refused.map(({ index }) => index)).toEqual([0, 2])
  })

  it('needs a token that may write traces', async () => {
    const reader = await mint(await organization.member('ADMIN'), { scopes: ['traces:read'] })
    const denied = (await organization.bearer(reader.secret)) as Context<TokenPrincipal>
    await expect(ingestUsage(denied, meter, [event()])).rejects.toMatchObject({
      kind: 'forbidden',
    })
  })
})

describe('what charts read', () => {
  it('is what was sent, whatever came twice, late, together or out of order', async () => {
    const arrival = fc.record({
      number: fc.nat({ max: 30 }),
      at: fc.nat({ max: 34 * DAY }),
      model: fc.constantFrom('gpt-5', 'homemade'),
      origin: fc.constantFrom('PRODUCTION' as const, 'TEST' as const),
      agent: fc.constantFrom('support', 'sales', ''),
      input: fc.nat({ max: 1_000_000 }),
      cacheRead: fc.nat({ max: 1_000_000 }),
      output: fc.nat({ max: 1_000_000 }),
    })
    const batches = fc.array(fc.array(arrival, { maxLength: 12 }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(batches, async (sent) => {
        const before = await recounted()
        const run = newId()
        const outcomes = await Promise.all(
          sent.map((batch) =>
            send(
              batch.map(({ number, at, model, origin, agent, ...tokens }) =>
                event({
                  id: `${run}-${number}`,
                  occurredAt: ctx.now - at,
                  model,
                  origin,
                  agent,
                  tokens,
                }),
              ),
            ),
          ),
        )
        const unique = new Set(sent.flat().map(({ number }) => number)).size
        expect(outcomes.reduce((sum, { counted }) => sum + counted, 0)).toBe(unique)
        expect(await recounted()).toEqual({ events: before.events + unique, differences: 0 })
      }),
      { numRuns: 40 },
    )
  })

  it('differs from the events where anybody has changed it, and the recount says so', async () => {
    await send([event({ tokens: { input: 7 } })])
    await product.db.pool.query(
      'UPDATE usage.day SET input = input + 1 WHERE organization_id = $1',
      [organization.id],
    )
    expect((await recounted()).differences).toBeGreaterThan(0)
  })
})
