import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TokenPrincipal, UserPrincipal } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { mint } from '@/lib/testing/token-fixture'
import { quietMeter } from '@/lib/testing/usage-meter'
import { readAgentSeries } from '@/lib/usage/agent-series'
import { ingestUsage } from '@/lib/usage/ingest'
import { ORIGINS } from '@/lib/usage/origin'
import { readUsage } from '@/lib/usage/queries'
import { bucketsOf, DIMENSIONS, type Dimension, totalOf, type UsageQuery } from '@/lib/usage/series'
import { NO_TOKENS, type UsageEvent } from '@/lib/usage/usage-event'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let product: ProductFixture
let organization: OrganizationFixture
let member: Context<UserPrincipal>
let events: UsageEvent[]
let today: number

beforeAll(async () => {
  product = await createProductFixture()
  organization = await product.organization()
  const owner = await organization.member('ADMIN')
  member = await organization.member('MEMBER')
  await product.db.pool.query(
    `INSERT INTO pricing.model_price (id, provider, model, name, valid_from, rates, source, created_by)
     VALUES ($1, 'openai', 'gpt-5', 'GPT-5', '-infinity', $2, 'Test', 'Test')`,
    [newId(), { rates: { input: 1_234_567, output: 9_876_543 } }],
  )
  const token = await mint(owner, { scopes: ['traces:write'] })
  const program = (await organization.bearer(token.secret)) as Context<TokenPrincipal>
  today = Math.floor(program.now / DAY) * DAY
  const anyEvent = fc.record({
    occurredAt: fc.integer({ min: today - 20 * DAY, max: program.now }),
    origin: fc.constantFrom(...ORIGINS),
    model: fc.constantFrom('gpt-5', 'homemade'),
    agent: fc.constantFrom('support', 'sales', ''),
    environment: fc.constantFrom('production', 'staging'),
    input: fc.nat({ max: 100_000 }),
    output: fc.nat({ max: 100_000 }),
  })
  const [drawn] = fc.sample(fc.array(anyEvent, { minLength: 400, maxLength: 400 }), 1)
  events = (drawn ?? []).map(({ input, output, ...event }) => ({
    kind: 'MODEL_CALL',
    id: newId(),
    source: 'test',
    provider: 'openai',
    revision: '1',
    ...event,
    tokens: { ...NO_TOKENS, input, output },
  }))
  const { counted } = await ingestUsage(program, quietMeter(), events)
  expect(counted).toBe(400)
})
afterAll(() => product.close())

const query = (traits: Partial<UsageQuery> = {}): UsageQuery => ({
  from: today - 30 * DAY,
  to: today + DAY,
  interval: 'DAY',
  origin: null,
  groupBy: [],
  only: {},
  ...traits,
})

const inputOf = (some: readonly UsageEvent[]) =>
  some.reduce((sum, { tokens }) => sum + tokens.input, 0)

describe('usage', () => {
  it('has the same total however it is told apart, to the nano-dollar', async () => {
    const whole = totalOf(await readUsage(member, query()))
    expect(whole.calls).toBe(400)
    expect(whole.input).toBe(inputOf(events))
    const groups = fc.subarray([...DIMENSIONS], { maxLength: 2 })
    const intervals = fc.constantFrom('HOUR' as const, 'DAY' as const)
    await fc.assert(
      fc.asyncProperty(groups, intervals, async (groupBy: Dimension[], interval) => {
        expect(totalOf(await readUsage(member, query({ groupBy, interval })))).toEqual(whole)
      }),
      { numRuns: 25 },
    )
  })

  it('is that of the names and the origin that were asked for', async () => {
    const rows = await readUsage(
      member,
      query({
        origin: 'TEST',
        only: { agent: ['sales', ''], model: ['gpt-5'] },
        groupBy: ['agent'],
      }),
    )
    const meant = events.filter(
      ({ origin, agent, model }) => origin === 'TEST' && agent !== 'support' && model === 'gpt-5',
    )
    expect(totalOf(rows).input).toBe(inputOf(meant))
    expect(new Set(rows.flatMap(({ names }) => names))).toEqual(new Set(['sales', '']))
  })

  it('is in the hour, the day and the week in which it happened', async () => {
    for (const { bucket, input } of await readUsage(member, query({ interval: 'HOUR' }))) {
      const within = ({ occurredAt }: UsageEvent) =>
        occurredAt >= bucket && occurredAt < bucket + HOUR
      expect(input).toBe(inputOf(events.filter(within)))
    }
    const { points, window } = await readAgentSeries(member, {
      agent: 'support',
      revision: '1',
      interval: 'WEEK',
      from: today - 14 * DAY,
      to: today + 1,
      origin: null,
    })
    expect(new Date(window.from).getUTCDay()).toBe(1)
    for (const { bucket, inputTokens } of points) {
      expect(new Date(bucket).getUTCDay()).toBe(1)
      const within = ({ occurredAt, agent }: UsageEvent) =>
        agent === 'support' && occurredAt >= bucket && occurredAt < bucket + 7 * DAY
      expect(inputTokens).toBe(inputOf(events.filter(within)))
    }
  })

  it('never reads events for a chart', async () => {
    const { pool } = product.db
    const asked: string[] = []
    const watched = new Proxy(pool, {
      get: (target, key) =>
        key === 'query'
          ? async (text: string, values: unknown[]) => {
              const plan = await target.query(`EXPLAIN (FORMAT JSON) ${text}`, values)
              asked.push(JSON.stringify(plan.rows))
              return target.query(text, values)
            }
          : Reflect.get(target, key, target),
    })
    const ctx = { ...member, db: { ...member.db, pool: watched } }
    for (const interval of ['HOUR', 'DAY'] as const) {
      await readUsage(ctx, query({ interval, groupBy: ['provider', 'model'] }))
    }
    expect(asked).toHaveLength(2)
    for (const plan of asked) {
      expect(plan).toMatch(/"Relation Name":"(hour|day)"/)
      expect(plan).not.toMatch(/"Relation Name":"event/)
    }
  })

  it.each([
    [{ from: 1 }, '/query/from'],
    [{ to: 0 }, '/query/to'],
    [{ from: 0 }, '/query/from'],
    [{ interval: 'HOUR' as const, from: 0 }, '/query/interval'],
    [{ groupBy: ['model', 'model'] as Dimension[] }, '/query/groupBy'],
    [{ groupBy: ['model', 'agent', 'provider', 'revision'] as Dimension[] }, '/query/groupBy'],
  ])('is not read for %j', async (traits, pointer) => {
    const error = await readUsage(member, query(traits)).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      kind: 'invalid',
      errors: expect.arrayContaining([expect.objectContaining({ pointer })]),
    })
  })

  it('is read by programs that may read traces, and by no others', async () => {
    const owner = await organization.member('ADMIN')
    const [reader, writer] = await Promise.all(
      (['traces:read', 'traces:write'] as const).map(async (scope) =>
        organization.bearer((await mint(owner, { scopes: [scope] })).secret),
      ),
    )
    if (!reader || !writer) throw new Error('There are two tokens.')
    expect(totalOf(await readUsage(reader, query())).calls).toBe(400)
    await expect(readUsage(writer, query())).rejects.toMatchObject({ kind: 'forbidden' })
  })

  it('of another organization is not in it', async () => {
    const stranger = await (await product.organization()).member('ADMIN')
    expect(await readUsage(stranger, query())).toEqual([])
  })
})

describe('the buckets of a range', () => {
  it('are all of them, also those without usage', () => {
    const days = bucketsOf({ from: 0, to: 3 * DAY, interval: 'DAY' })
    expect(days).toEqual([0, DAY, 2 * DAY])
    expect(bucketsOf({ from: DAY, to: DAY, interval: 'HOUR' })).toEqual([])
  })
})
