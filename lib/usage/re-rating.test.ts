import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TokenPrincipal, UserPrincipal } from '@/lib/access/principal'
import { listAuditEvents } from '@/lib/audit/queries'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import { costOf } from '@/lib/model-pricing/rates'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { mint } from '@/lib/testing/token-fixture'
import { quietMeter } from '@/lib/testing/usage-meter'
import { ingestUsage } from '@/lib/usage/ingest'
import { applyReRating, previewReRating } from '@/lib/usage/re-rating'
import type { ReRatingScope } from '@/lib/usage/re-rating-calls'
import { listReRatings } from '@/lib/usage/re-rating-list'
import { recount } from '@/lib/usage/recount'
import { NO_TOKENS, type UsageEvent } from '@/lib/usage/usage-event'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const BEGINNING = new Date(0)

let product: ProductFixture
let organization: OrganizationFixture
let admin: Context<UserPrincipal>
let program: Context<TokenPrincipal>
let today: number
let everything: ReRatingScope
const meter = quietMeter()

beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())
beforeEach(async () => {
  organization = await product.organization()
  admin = await organization.member('ADMIN')
  program = await newProgram()
  today = Math.floor(program.now / DAY) * DAY
  everything = { from: today - 34 * DAY, to: today + DAY, provider: null, model: null, agent: null }
})

async function newProgram() {
  const token = await mint(admin, { scopes: ['traces:write'] })
  return (await organization.bearer(token.secret)) as Context<TokenPrincipal>
}

/** Dollars for a million tokens, in whole and out; null ends it. */
async function price(
  model: string,
  rate: number | null,
  traits: { from?: number; agent?: string } = {},
) {
  await product.db.pool.query(
    `INSERT INTO pricing.model_price (id, organization_id, provider, model, agent, name, valid_from, rates,
       source, created_by) VALUES ($1, $2, 'home', $3, $4, $3, $5, $6, 'Test', 'Test')`,
    [
      newId(),
      organization.id,
      model,
      traits.agent ?? null,
      new Date(traits.from ?? today - 40 * DAY),
      rate === null ? null : { rates: { input: rate * 1_000_001, output: rate * 3_000_007 } },
    ],
  )
}

function event(traits: Partial<UsageEvent> = {}): UsageEvent {
  return {
    kind: 'MODEL_CALL',
    id: newId(),
    source: 'test',
    occurredAt: program.now,
    origin: 'PRODUCTION',
    provider: 'home',
    model: 'small',
    agent: 'support',
    revision: '1',
    environment: 'production',
    tokens: { ...NO_TOKENS, input: 1000, output: 100 },
    ...traits,
  }
}

const send = (events: UsageEvent[], ctx = program) => ingestUsage(ctx, meter, events)
const preview = (scope: Partial<ReRatingScope> = {}) =>
  previewReRating(admin, meter, { ...everything, ...scope })
async function correct(scope: Partial<ReRatingScope> = {}) {
  const { basis } = await preview(scope)
  return applyReRating(admin, meter, { ...everything, ...scope, reason: 'A test.', basis })
}
const recounted = () => recount(product.db.pool, organization.id, BEGINNING)

async function charted() {
  const { rows } = await product.db.pool.query<{ cost: string; unpriced: string }>(
    `SELECT coalesce(sum(input_cost + output_cost), 0) AS cost,
       coalesce(sum(unpriced_calls), 0) AS unpriced FROM usage.day WHERE organization_id = $1`,
    [organization.id],
  )
  return { cost: BigInt(rows[0]?.cost ?? -1), unpriced: Number(rows[0]?.unpriced) }
}

/** What the events would cost by the prices of now. */
async function pricedNow(events: readonly UsageEvent[]) {
  const book = await meter.prices.of(product.db, organization.id)
  const sums = { cost: 0n, unpriced: 0 }
  for (const { tokens, ...call } of events) {
    const rates = book.priceOf(call)?.rates
    const cost = rates ? costOf(tokens, rates, call.occurredAt) : null
    if (cost) sums.cost += cost.input + cost.output
    else sums.unpriced++
  }
  return sums
}

describe('a correction', () => {
  it('gives calls a price that had none, and charts what they cost', async () => {
    await send([event(), event({ origin: 'TEST', agent: '' })])
    await price('small', 2)
    const found = await preview()
    // 1000 × 2,000,002 and 100 × 6,000,014 pico-USD are 2,600,003.4 nano-USD: each call is rounded by itself.
    expect(found).toMatchObject({
      calls: 2,
      costBefore: 0n,
      costAfter: 5_200_006n,
      newlyPriced: 2,
      unpriced: 0,
      byModel: [{ names: ['home', 'small'], calls: 2, costAfter: 5_200_006n }],
    })
    expect(found.byAgent.map(({ names }) => names[0]).sort()).toEqual(['', 'support'])
    expect(await charted()).toEqual({ cost: 0n, unpriced: 2 })
    expect(await correct()).toMatchObject({ costAfter: 5_200_006n })
    expect(await charted()).toEqual({ cost: 5_200_006n, unpriced: 0 })
    expect(await recounted()).toEqual({ events: 2, differences: 0 })
  })

  it('leaves the events as they were, and is done once', async () => {
    await send([event()])
    await price('small', 2)
    const { basis } = await preview()
    const wish = { ...everything, reason: 'A test.', basis }
    await applyReRating(admin, meter, wish)
    await expect(applyReRating(admin, meter, wish)).rejects.toMatchObject({
      code: 're_rating_changed',
    })
    expect(await preview()).toMatchObject({ adjustments: 0, newlyPriced: 0, byModel: [] })
    await expect(correct()).rejects.toMatchObject({ kind: 'conflict', code: 'nothing_to_correct' })
    const { rows } = await product.db.pool.query(
      'SELECT input_cost FROM usage.event WHERE organization_id = $1',
      [organization.id],
    )
    expect(rows).toEqual([{ input_cost: null }])
  })

  it('is of the days, the model and the agent that were chosen', async () => {
    await send([
      event({ occurredAt: today - 1 }),
      event({ occurredAt: today - 2 * DAY }),
      event({ occurredAt: today - 1, model: 'large' }),
      event({ occurredAt: today - 1, agent: 'sales' }),
    ])
    await price('small', 2)
    await price('large', 2)
    const scope = {
      from: today - DAY,
      to: today,
      provider: 'home',
      model: 'small',
      agent: 'support',
    }
    expect(await correct(scope)).toMatchObject({ calls: 1, newlyPriced: 1 })
    expect((await charted()).unpriced).toBe(3)
    expect((await recounted()).differences).toBe(0)
  })

  it('takes a price away where nobody says any more what a call costs', async () => {
    await price('small', 2)
    await send([event()])
    await price('small', null)
    expect(await correct()).toMatchObject({ noLongerPriced: 1, costAfter: 0n, unpriced: 1 })
    expect(await charted()).toEqual({ cost: 0n, unpriced: 1 })
    expect((await recounted()).differences).toBe(0)
  })

  it('leaves hours alone that are kept no longer', async () => {
    await send([event(), event({ occurredAt: today - 2 * DAY })])
    await product.db.pool.query(
      'DELETE FROM usage.hour WHERE organization_id = $1 AND bucket < $2',
      [organization.id, new Date(today - DAY)],
    )
    await price('small', 2)
    await correct()
    const { rows } = await product.db.pool.query(
      'SELECT input_cost FROM usage.hour WHERE organization_id = $1',
      [organization.id],
    )
    expect(rows).toEqual([{ input_cost: '2000002' }])
    expect((await charted()).cost).toBe(5_200_006n)
  })

  it('refuses where anything has changed since the preview', async () => {
    await send([event()])
    await price('small', 2)
    const { basis } = await preview()
    const wish = { ...everything, reason: 'A test.', basis }
    const refused = (other: Partial<typeof basis>) =>
      expect(
        applyReRating(admin, meter, { ...wish, basis: { ...basis, ...other } }),
      ).rejects.toMatchObject({ kind: 'conflict', code: 're_rating_changed' })
    await refused({ costAfter: basis.costAfter + 1n })
    await refused({ calls: 2 })
    await refused({ countedUntil: Date.now() + DAY })
    await price('small', 3)
    await refused({})
    expect(await charted()).toEqual({ cost: 0n, unpriced: 1 })
    expect(await recounted()).toEqual({ events: 1, differences: 0 })
    const again = await preview()
    await correct({ from: today, to: today + DAY })
    await expect(
      applyReRating(admin, meter, { ...wish, basis: again.basis }),
    ).rejects.toMatchObject({ code: 're_rating_changed' })
  })

  it('is listed with its reason, and in the audit trail', async () => {
    await send([event({ occurredAt: today - DAY })])
    await price('small', 2)
    const { id } = await correct({ from: today - DAY, to: today, model: 'small' })
    expect(await listReRatings(await organization.member('MEMBER'))).toEqual([
      expect.objectContaining({
        id,
        from: today - DAY,
        to: today,
        provider: null,
        model: 'small',
        calls: 1,
        newlyPriced: 1,
        costBefore: 0n,
        costAfter: 2_600_003n,
        reason: 'A test.',
        askedBy: admin.principal.displayName,
      }),
    ])
    const { items } = await listAuditEvents(admin, {})
    expect(items[0]).toMatchObject({
      eventType: 'USAGE_RERATED',
      target: { type: 'usage', id },
      details: { before: { cost: '0' }, after: { cost: '2600003' }, reason: 'A test.' },
    })
  })

  it.each([
    [() => ({ from: today, to: today }), '/through'],
    [() => ({ from: today - 35 * DAY }), '/from'],
    [() => ({ from: today - 401 * DAY, to: today - 400 * DAY }), '/from'],
    [() => ({ from: today + DAY, to: today + 2 * DAY }), '/from'],
    [() => ({ from: today + 1 }), '/through'],
  ])('is not of an odd range (%#)', async (scope, pointer) => {
    await expect(preview(scope())).rejects.toMatchObject({ kind: 'invalid', errors: [{ pointer }] })
  })
})

describe('counting while a correction is applied', () => {
  it('counts each event once, and neither waits for the other forever', async () => {
    const agents = ['a', 'b', 'c', 'd']
    const some = () =>
      Array.from({ length: 60 }, (_, place) =>
        event({
          agent: agents[place % 4] ?? '',
          occurredAt: today - (place % 20) * 5 * HOUR,
          model: place % 3 ? 'small' : 'large',
        }),
      )
    await send(some())
    const programs = await Promise.all([newProgram(), newProgram()])
    let done = false
    const counting = programs.map(async (ctx) => {
      let sent = 0
      while (!done) sent += (await send(some(), ctx)).counted
      return sent
    })
    try {
      for (let rate = 1; rate <= 4; rate++) {
        await price(rate % 2 ? 'small' : 'large', rate)
        // An event that was priced before and stored while the preview began is seen by the correction alone: it
        // says so, and is asked again. Events that come later have the new price, so that it ends.
        const attempt = () =>
          correct().then(
            () => 'applied',
            ({ code }: { code: string }) => code,
          )
        let outcome = await attempt()
        for (let again = 0; outcome === 're_rating_changed' && again < 10; again++) {
          outcome = await attempt()
        }
        expect(outcome).toBe('applied')
      }
    } finally {
      done = true
    }
    const sent = (await Promise.all(counting)).reduce((sum, count) => sum + count, 60)
    expect(await recounted()).toEqual({ events: sent, differences: 0 })
    if ((await preview()).adjustments > 0) await correct()
    const { costBefore, costAfter } = await preview()
    expect(costBefore).toBe(costAfter)
    expect((await charted()).cost).toBe(costAfter)
    expect((await recounted()).differences).toBe(0)
  }, 180_000)
})

describe('whatever is counted, priced and corrected', () => {
  const names = fc.record({
    model: fc.constantFrom('small', 'large'),
    agent: fc.constantFrom('support', 'sales', ''),
  })
  const anyCall = fc.tuple(
    names,
    fc.record({
      back: fc.nat({ max: 6 * DAY }),
      input: fc.nat({ max: 100_000 }),
      output: fc.nat({ max: 100_000 }),
      origin: fc.constantFrom('PRODUCTION' as const, 'TEST' as const),
    }),
  )
  const step = fc.oneof(
    fc.record({ calls: fc.array(anyCall, { minLength: 1, maxLength: 8 }) }),
    fc.record({
      price: names,
      rate: fc.option(fc.integer({ min: 0, max: 9 })),
      backDays: fc.nat({ max: 6 }),
    }),
    fc.record({
      fromBack: fc.nat({ max: 6 }),
      days: fc.integer({ min: 1, max: 7 }),
      only: fc.option(names),
    }),
  )

  it('charts are the events and adjustments, and in the end what the prices say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
        organization = await product.organization()
        admin = await organization.member('ADMIN')
        program = await newProgram()
        const sent: UsageEvent[] = []
        for (const one of steps) {
          if ('calls' in one) sent.push(...(await sendCalls(one.calls)))
          else if ('rate' in one) {
            const from = today - one.backDays * DAY
            await price(one.price.model, one.rate, {
              from,
              ...(one.price.agent && { agent: one.price.agent }),
            })
          } else {
            const from = today - one.fromBack * DAY
            const to = Math.min(from + one.days * DAY, today + DAY)
            const { basis, ...found } = await preview({ from, to, ...one.only })
            if (found.adjustments === 0) continue
            const wish = { ...everything, from, to, ...one.only, reason: 'A test.', basis }
            const { id: _, ...applied } = await applyReRating(admin, meter, wish)
            expect(applied).toEqual(found)
            expect(await preview({ from, to, ...one.only })).toMatchObject({ adjustments: 0 })
          }
          expect(await recounted()).toEqual({ events: sent.length, differences: 0 })
        }
        if ((await preview()).adjustments > 0) await correct()
        expect(await charted()).toEqual(await pricedNow(sent))
        expect(await recounted()).toEqual({ events: sent.length, differences: 0 })
      }),
      { numRuns: 30 },
    )
  }, 180_000)

  async function sendCalls(
    calls: readonly (typeof anyCall extends fc.Arbitrary<infer C> ? C : never)[],
  ) {
    const events = calls.map(([who, { back, input, output, origin }]) =>
      event({
        ...who,
        origin,
        occurredAt: program.now - back,
        tokens: { ...NO_TOKENS, input, output },
      }),
    )
    await send(events)
    return events
  }
})
