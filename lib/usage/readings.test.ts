import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TokenPrincipal, UserPrincipal } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import { exactDollars } from '@/lib/model-pricing/dollars'
import { currentPlan } from '@/lib/plans/queries'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { mint, provision } from '@/lib/testing/token-fixture'
import { quietMeter } from '@/lib/testing/usage-meter'
import { readContributors, readUnusualUsage } from '@/lib/usage/contributors'
import { type CountedEvent, listUsageEvents } from '@/lib/usage/events'
import { ingestUsage } from '@/lib/usage/ingest'
import { ORIGINS } from '@/lib/usage/origin'
import { readTokenAllowance } from '@/lib/usage/plan-use'
import { readUsage } from '@/lib/usage/queries'
import { totalOf } from '@/lib/usage/series'
import { readTokenUsage } from '@/lib/usage/token-usage'
import { NO_TOKENS, type UsageEvent } from '@/lib/usage/usage-event'
import { exportUsage } from '@/lib/usage/usage-export'
import { lastVerification, verifyUsage } from '@/lib/usage/verification'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let product: ProductFixture
let organization: OrganizationFixture
let admin: Context<UserPrincipal>
let finance: Context<UserPrincipal>
let member: Context<UserPrincipal>
let today: number
let range: { from: number; to: number }
/** Sent with the admin's token, with the member's and with the service account's, in this order. */
let sent: UsageEvent[][]

beforeAll(async () => {
  product = await createProductFixture()
  organization = await product.organization()
  admin = await organization.member('ADMIN')
  finance = await organization.member('FINANCE')
  member = await organization.member('MEMBER')
  await product.db.pool.query(
    `INSERT INTO pricing.model_price (id, provider, model, name, valid_from, rates, source, created_by)
     VALUES ($1, 'openai', 'gpt-5', 'GPT-5', '-infinity', $2, 'Test', 'Test')`,
    [newId(), { rates: { input: 1_234_567, output: 9_876_543 } }],
  )
  const secrets = [
    (await mint(admin, { name: 'gateway', scopes: ['traces:write'] })).secret,
    (await mint(member, { name: 'notebook', scopes: ['traces:write'] })).secret,
    (await provision(admin, ['traces:write'])).token.secret,
  ]
  const anyEvent = fc.record({
    occurredAt: fc.integer({ min: admin.now - 20 * DAY, max: admin.now }),
    origin: fc.constantFrom(...ORIGINS),
    model: fc.constantFrom('gpt-5', 'homemade'),
    agent: fc.constantFrom('support', '=HYPERLINK("x"), "quoted"', ''),
    input: fc.nat({ max: 100_000 }),
    output: fc.nat({ max: 100_000 }),
  })
  const drawn = fc.sample(fc.array(anyEvent, { minLength: 60, maxLength: 60 }), 3)
  sent = drawn.map((some) =>
    some.map(({ input, output, ...event }) => ({
      kind: 'MODEL_CALL',
      id: newId(),
      source: 'test',
      provider: 'openai',
      revision: '1',
      environment: 'production',
      ...event,
      tokens: { ...NO_TOKENS, input, output },
    })),
  )
  for (const [place, secret] of secrets.entries()) {
    const program = (await organization.bearer(secret)) as Context<TokenPrincipal>
    await ingestUsage(program, quietMeter(), sent[place] ?? [])
  }
  today = Math.floor(admin.now / DAY) * DAY
  range = { from: today - 30 * DAY, to: today + DAY }
})
afterAll(() => product.close())

const everything = { origin: null, only: {} }
const wholeTotal = async () =>
  totalOf(await readUsage(member, { ...range, ...everything, interval: 'DAY', groupBy: [] }))

describe('the CSV of usage', () => {
  it.each(['DAY', 'HOUR'] as const)('adds up to the total on screen, by %s', async (interval) => {
    let text = ''
    for await (const chunk of await exportUsage(member, { ...range, ...everything, interval })) {
      text += chunk
    }
    const [header = '', ...lines] = text.trimEnd().split('\r\n')
    const columns = header.split(',')
    const sumOf = (name: string) =>
      lines.reduce((sum, line) => {
        // No name in this data holds a line break; commas are only within quotes, before the numbers.
        const cells = line.split(',').slice(-columns.length + columns.indexOf('revision'))
        const cell = cells[columns.indexOf(name) - columns.indexOf('revision')] ?? ''
        return sum + BigInt(cell.replace('.', ''))
      }, 0n)
    const total = await wholeTotal()
    expect(sumOf('model_calls')).toBe(BigInt(total.calls))
    expect(sumOf('input_tokens')).toBe(BigInt(total.input))
    expect(exactDollars(sumOf('total_cost_usd'))).toBe(
      exactDollars(total.inputCost + total.outputCost),
    )
    expect(text).toContain(`"'=HYPERLINK(""x""), ""quoted"""`)
  })

  it('that nobody reads to its end gives its connection back', async () => {
    for (let round = 0; round < 20; round++) {
      const chunks = await exportUsage(member, { ...range, ...everything, interval: 'DAY' })
      for await (const chunk of chunks) if (chunk.length > 0) break
    }
    expect((await wholeTotal()).calls).toBe(180)
  })
})

describe('events', () => {
  const request = () => ({ ...range, ...everything, pageSize: 23 })

  async function allPages(ctx: Context, filter: Partial<Parameters<typeof listUsageEvents>[1]>) {
    const found: CountedEvent[] = []
    let pageToken = ''
    do {
      const page = await listUsageEvents(ctx, { ...request(), ...filter, pageToken })
      found.push(...page.items)
      pageToken = page.nextPageToken
      expect(page.totalCount).toBeGreaterThanOrEqual(found.length)
    } while (pageToken !== '')
    return found
  }

  it('are each on one page, newest first, with the price that they were counted at', async () => {
    const found = await allPages(member, {})
    expect(found.map(({ id }) => id).sort()).toEqual(
      sent
        .flat()
        .map(({ id }) => id)
        .sort(),
    )
    const times = found.map(({ occurredAt }) => occurredAt)
    expect(times).toEqual([...times].sort((one, other) => other - one))
    for (const { model, cost, price } of found) {
      if (model === 'homemade') expect([cost, price]).toEqual([null, null])
      else expect(price?.rates.rates.input).toBe(1_234_567)
    }
  })

  it('are those behind a figure: their sum is the figure', async () => {
    const only = { agent: ['support'], model: ['gpt-5'] }
    const found = await allPages(member, { only, origin: 'TEST' })
    const rows = await readUsage(member, {
      ...range,
      interval: 'DAY',
      per: 'RANGE',
      groupBy: [],
      only,
      origin: 'TEST',
    })
    const cost = found.reduce((sum, event) => sum + (event.cost?.input ?? 0n), 0n)
    expect([found.length, cost]).toEqual([rows[0]?.calls, rows[0]?.inputCost])
  })

  it('are model calls or runs alone, if asked, with as many counted', async () => {
    const apart = await product.organization()
    const reader = await apart.member('ADMIN')
    const { secret } = await mint(reader, { name: 'runtime', scopes: ['traces:write'] })
    const [call] = sent.flat()
    if (!call) throw new Error('Nothing was sent.')
    const run = { ...call, kind: 'EXECUTION', provider: '', model: '', tokens: NO_TOKENS } as const
    const program = (await apart.bearer(secret)) as Context<TokenPrincipal>
    await ingestUsage(program, quietMeter(), [
      call,
      { ...run, id: newId() },
      { ...run, id: newId() },
    ])
    const list = (kind?: UsageEvent['kind']) => listUsageEvents(reader, { ...request(), kind })
    for (const [kind, count] of [
      ['MODEL_CALL', 1],
      ['EXECUTION', 2],
      [undefined, 3],
    ] as const) {
      const { items, totalCount } = await list(kind)
      expect([items.length, totalCount]).toEqual([count, count])
      if (kind) expect(new Set(items.map((event) => event.kind))).toEqual(new Set([kind]))
    }
  })

  it('refuse a page token of other filters', async () => {
    const { nextPageToken } = await listUsageEvents(member, request())
    await expect(
      listUsageEvents(member, { ...request(), origin: 'TEST', pageToken: nextPageToken }),
    ).rejects.toMatchObject({ errors: [{ pointer: '/query/pageToken' }] })
  })
})

describe('usage by token', () => {
  const read = (ctx: Context) => readTokenUsage(ctx, { ...range, origin: null })

  it('has the same sum for everybody, and names only to those who may know them', async () => {
    const [all, paid, own] = await Promise.all([read(admin), read(finance), read(member)])
    const sums = [all, paid, own].map((rows) => rows.reduce((sum, { cost }) => sum + cost, 0n))
    const total = await wholeTotal()
    expect(new Set(sums)).toEqual(new Set([total.inputCost + total.outputCost]))
    const names = (rows: typeof all) => rows.map(({ token }) => token?.name ?? null).sort()
    expect(names(all)).toEqual(names(paid))
    expect(all.map(({ token }) => token?.owner.type).sort()).toEqual([
      'service-account',
      'user',
      'user',
    ])
    expect(names(own)).toEqual(['notebook', null])
  })
})

describe('what is eating the budget', () => {
  it('is all of the cost, the dearest first', async () => {
    const days = { from: today - 25 * DAY, to: today }
    const found = await readContributors(
      member,
      { now: days, before: { from: days.from - 25 * DAY, to: days.from }, days: 25 },
      everything,
    )
    const rows = await readUsage(member, {
      ...days,
      ...everything,
      interval: 'DAY',
      per: 'RANGE',
      groupBy: [],
    })
    expect(found.reduce((sum, { cost }) => sum + cost, 0n)).toBe(
      (rows[0]?.inputCost ?? 0n) + (rows[0]?.outputCost ?? 0n),
    )
    const costs = found.map(({ cost }) => cost)
    expect(costs).toEqual([...costs].sort((one, other) => Number(other - one)))
  })

  it('names the agent that made a day unusual', async () => {
    const quiet = await product.organization()
    const owner = await quiet.member('ADMIN')
    const program = (await quiet.bearer(
      (
        await mint(owner, { scopes: ['traces:write'] })
      ).secret,
    )) as Context<TokenPrincipal>
    const base = sent[0]?.[0] as UsageEvent
    const day = Math.floor(owner.now / DAY) * DAY - 3 * DAY
    const call = (agent: string, at: number, output: number): UsageEvent => ({
      ...base,
      id: newId(),
      model: 'gpt-5',
      agent,
      occurredAt: at,
      tokens: { ...NO_TOKENS, output },
    })
    await ingestUsage(program, quietMeter(), [
      ...[1, 2, 3, 4].map((week) => call('support', day - week * 7 * DAY, 100_000)),
      call('support', day, 110_000),
      call('runaway', day, 2_000_000),
    ])
    const [found] = await readUnusualUsage(owner, everything)
    expect(found).toMatchObject({ day, model: 'gpt-5' })
    expect(found?.agents.map(({ agent }) => agent)).toEqual(['runaway', 'support'])
    expect(found?.agents[0]?.usual).toBe(0n)
  })
})

describe('verification', () => {
  it('says when the sums were last those of the events, and when they are not', async () => {
    expect(await lastVerification(finance)).toBeNull()
    expect(await verifyUsage(finance)).toMatchObject({ events: 180, differences: 0 })
    await product.db.pool.query(
      'UPDATE usage.day SET input_cost = input_cost + 1 WHERE organization_id = $1',
      [organization.id],
    )
    // Who asks again at once gets the last answer.
    expect((await verifyUsage(finance)).differences).toBe(0)
    const later = { ...finance, now: finance.now + 60_000 }
    expect((await verifyUsage(later)).differences).toBeGreaterThan(0)
    await product.db.pool.query(
      'UPDATE usage.day SET input_cost = input_cost - 1 WHERE organization_id = $1',
      [organization.id],
    )
  })
})

describe('the plan', () => {
  it('begins its periods on the day of the organization, and counts what was used in this one', async () => {
    const { rows } = await product.db.pool.query<{ day: number }>(
      `SELECT extract(day FROM created_at AT TIME ZONE 'UTC')::int AS day FROM organizations WHERE id = $1`,
      [organization.id],
    )
    const plan = await currentPlan(finance)
    expect(plan.anchorDay).toBe(rows[0]?.day)
    const used = sent
      .flat()
      .filter(({ occurredAt }) => occurredAt >= plan.period.from)
      .reduce((sum, { tokens }) => sum + tokens.input + tokens.output, 0)
    expect(await readTokenAllowance(finance, plan)).toMatchObject({
      used,
      allowance: plan.plan.allowances.tokens,
    })
  })
})
