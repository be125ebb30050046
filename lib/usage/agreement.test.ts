import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TokenPrincipal } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import { type Database, openDatabase } from '@/lib/db/database'
import { newId } from '@/lib/ids'
import { TOKEN_KINDS } from '@/lib/model-pricing/token-kinds'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { mint } from '@/lib/testing/token-fixture'
import { quietMeter } from '@/lib/testing/usage-meter'
import { agentUsage } from '@/lib/usage/agent-cost'
import { MODEL_CALL_TYPE, usageCloudEventSchema, usageOfCloudEvent } from '@/lib/usage/cloud-event'
import { ingestUsage } from '@/lib/usage/ingest'
import { ORIGINS } from '@/lib/usage/origin'
import { usageOfSpan } from '@/lib/usage/otlp-genai'
import { readUsage } from '@/lib/usage/queries'
import { recount } from '@/lib/usage/recount'
import { DIMENSIONS, type Dimension, INTERVAL_MS, SPANS, totalOf } from '@/lib/usage/series'
import type { UsageEvent } from '@/lib/usage/usage-event'

const { HOUR, DAY } = INTERVAL_MS
const AGENTS = ['support', 'sales', '']
/** Of the database's connections: days and hours are UTC, whatever a connection takes for local. */
const ZONES = ['UTC', 'America/New_York', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe']

let product: ProductFixture
let inZone: Database[]
beforeAll(async () => {
  product = await createProductFixture()
  inZone = ZONES.map((zone) => {
    const url = new URL(product.url)
    url.searchParams.set('options', `-c TimeZone=${zone}`)
    return openDatabase({ url: url.href, poolSize: 2 })
  })
  await product.db.pool.query(
    `INSERT INTO pricing.model_price (id, provider, model, name, valid_from, rates, source, created_by)
     VALUES ($1, 'openai', 'gpt-5', 'GPT-5', '-infinity', $2, 'Test', 'Test')`,
    [newId(), { rates: { input: 1_234_567, cacheRead: 333, output: 9_876_543 } }],
  )
})
afterAll(async () => {
  for (const db of inZone) await db.close()
  await product.close()
})

/** Clocks were put forward or back in some of these zones within the 35 days before each moment. */
const AUTUMN = {
  now: Date.UTC(2026, 10, 6, 12),
  changes: [
    [2026, 9, 3],
    [2026, 9, 25],
    [2026, 10, 1],
  ],
} as const
const SPRING = {
  now: Date.UTC(2026, 3, 8, 12),
  changes: [
    [2026, 2, 8],
    [2026, 2, 29],
    [2026, 3, 4],
  ],
} as const

const tokens = fc.record({
  input: fc.nat({ max: 200_000 }),
  // Often more than the input that it should be part of.
  cached: fc.nat({ max: 300_000 }),
  written: fc.nat({ max: 5000 }),
  output: fc.nat({ max: 50_000 }),
  reasoning: fc.nat({ max: 60_000 }),
})
type Drawn = ReturnType<typeof drawnFrom> extends fc.Arbitrary<infer Value> ? Value : never

function drawnFrom({ now, changes }: typeof AUTUMN | typeof SPRING) {
  const near = fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -14 * HOUR, max: 38 * HOUR }))
    .map(([[year, month, day], shift]) => Date.UTC(year, month, day) + shift)
  const anywhere = fc.integer({ min: now - 34 * DAY, max: now })
  // The very first and last moment of hours and days.
  const edge = anywhere.chain((at) => fc.constantFrom(at - (at % HOUR), at - (at % DAY) + DAY - 1))
  const at = fc.oneof(near, anywhere, edge)
  return fc.record({
    number: fc.nat({ max: 60 }),
    at: at.map((moment) => Math.min(Math.max(moment, now - 34 * DAY), now)),
    door: fc.constantFrom('CloudEvent', 'span', 'run'),
    model: fc.constantFrom('gpt-5', 'homemade'),
    agent: fc.constantFrom(...AGENTS),
    revision: fc.constantFrom('1', '2'),
    environment: fc.constantFrom('production', 'staging', ''),
    origin: fc.constantFrom(...ORIGINS),
    tokens,
  })
}

/** As it comes in by one of the doors; never null for what is drawn. */
function eventOf(run: string, drawn: Drawn): UsageEvent | null {
  const { number, at, door, model, agent, revision, environment, origin } = drawn
  const hex = number.toString(16).padStart(16, '0')
  if (door === 'CloudEvent') {
    const event = usageCloudEventSchema.parse({
      specversion: '1.0',
      id: hex,
      source: `trace/${run}`,
      type: MODEL_CALL_TYPE,
      time: new Date(at).toISOString(),
      data: {
        provider: 'openai',
        ...{ model, agent, revision, environment, origin },
        inputTokens: drawn.tokens.input,
        cacheReadTokens: drawn.tokens.cached,
        cacheWriteTokens: drawn.tokens.written,
        outputTokens: drawn.tokens.output,
        reasoningTokens: drawn.tokens.reasoning,
      },
    })
    return event.type === MODEL_CALL_TYPE ? usageOfCloudEvent(event) : null
  }
  const attributes = {
    'gen_ai.operation.name': door === 'run' ? 'invoke_agent' : 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.response.model': model,
    'gen_ai.agent.id': agent,
    'gen_ai.agent.version': revision,
    'deployment.environment.name': environment,
    'fruxon.origin': origin,
    'gen_ai.usage.input_tokens': drawn.tokens.input,
    'gen_ai.usage.cache_read.input_tokens': drawn.tokens.cached,
    'gen_ai.usage.cache_creation.input_tokens': drawn.tokens.written,
    'gen_ai.usage.output_tokens': drawn.tokens.output,
    'gen_ai.usage.reasoning.output_tokens': drawn.tokens.reasoning,
    // A kind that nobody here has heard of is part of its total, and counted there.
    'gen_ai.usage.dream_tokens': 7,
  }
  return usageOfSpan({
    traceId: run,
    spanId: hex,
    endedAt: at,
    attributes: new Map(Object.entries(attributes)),
    resource: new Map(),
  })
}

/** By hand: what has no rate of its own costs what the wider kind does; one rounding, half up, to nano-USD. */
function costByHand({ kind, model, tokens: of }: UsageEvent): bigint {
  if (kind === 'EXECUTION' || model !== 'gpt-5') return 0n
  const read = of.input + of.cacheWrite + of.cacheWrite1h + of.inputAudio
  const written = of.output + of.reasoning + of.outputAudio
  const pico =
    BigInt(read) * 1_234_567n + BigInt(of.cacheRead) * 333n + BigInt(written) * 9_876_543n
  return (pico + 500n) / 1000n
}

interface Scene {
  organization: OrganizationFixture
  /** Two tokens, each through a connection of some zone. */
  program(place: number): Context<TokenPrincipal>
  reader(place: number): Context
}

async function sceneOf(now: number): Promise<Scene> {
  const organization = await product.organization()
  const owner = await organization.member('ADMIN')
  const member = await organization.member('MEMBER')
  const programs = await Promise.all(
    [1, 2].map(async () =>
      organization.bearer((await mint(owner, { scopes: ['traces:write'] })).secret),
    ),
  )
  const db = (place: number) => inZone[place % inZone.length] ?? product.db
  return {
    organization,
    program: (place) => ({ ...programs[place % 2], db: db(place), now }) as Context<TokenPrincipal>,
    reader: (place) => ({ ...member, db: db(place), now }),
  }
}

const GROUPS: Dimension[][] = [
  [],
  ...DIMENSIONS.map((one) => [one]),
  ...DIMENSIONS.flatMap((one, place) => DIMENSIONS.slice(place + 1).map((other) => [one, other])),
]

/** Everything that is shown, each as [calls, unpriced calls, tokens, nano-USD]. */
async function everyTotal(scene: Scene, now: number): Promise<[string, unknown[]][]> {
  const id = scene.organization.id
  const today = Math.floor(now / DAY) * DAY
  const range = { from: today - 35 * DAY, to: today + DAY, origin: null, only: {} }
  const totals: [string, unknown[]][] = []
  for (const [place, groupBy] of GROUPS.entries()) {
    for (const interval of ['HOUR', 'DAY'] as const) {
      const per = SPANS[(place % (SPANS.length - 1)) + 1] ?? interval
      for (const query of [
        { ...range, interval, groupBy },
        { ...range, interval, per, groupBy },
      ]) {
        const sums = totalOf(await readUsage(scene.reader(place), query))
        totals.push([
          JSON.stringify({ interval, groupBy, per: 'per' in query ? per : null }),
          [
            sums.calls,
            sums.unpricedCalls,
            TOKEN_KINDS.reduce((sum, kind) => sum + sums[kind], 0),
            sums.inputCost + sums.outputCost,
          ],
        ])
      }
    }
  }
  totals.push(['agents', await totalOfAgents(scene)])
  for (const [title, sql] of [
    [
      'tokens',
      `sum(calls), sum(unpriced_calls), sum(input_tokens + output_tokens), sum(cost) FROM usage.token_day`,
    ],
    [
      'events',
      `count(*) FILTER (WHERE kind = 'MODEL_CALL'), count(*) FILTER (WHERE kind = 'MODEL_CALL' AND price_id IS NULL),
       sum(input + cache_read + cache_write + cache_write_1h + input_audio + output + reasoning + output_audio),
       sum(coalesce(input_cost + output_cost, 0)) FROM usage.event`,
    ],
  ] as const) {
    const { rows } = await product.db.pool.query<(string | null)[]>({
      text: `SELECT ${sql} WHERE organization_id = $1`,
      values: [id],
      rowMode: 'array',
    })
    const [calls, unpriced, all, cost] = (rows[0] ?? []).map((value) => value ?? '0')
    totals.push([title, [Number(calls), Number(unpriced), Number(all), BigInt(cost ?? 0)]])
  }
  return totals
}

async function totalOfAgents(scene: Scene): Promise<unknown[]> {
  const total: [number, number, number, bigint] = [0, 0, 0, 0n]
  for (const [place, agent] of AGENTS.entries()) {
    const usage = await agentUsage(scene.reader(place), { agent, revision: null }).catch(() => null)
    for (const model of usage?.models ?? []) {
      total[0] += model.calls
      total[1] += model.unpricedCalls
      total[2] += model.inputTokens + model.outputTokens
      total[3] += model.inputCost + model.outputCost
    }
  }
  return total
}

describe.each([
  ['autumn', AUTUMN],
  ['spring', SPRING],
] as const)('usage around the change of clocks in %s', (_name, season) => {
  it('is the same to the nano-dollar wherever it is read', async () => {
    const batches = fc.array(fc.array(drawnFrom(season), { maxLength: 25 }), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(batches, fc.boolean(), async (drawn, again) => {
        const scene = await sceneOf(season.now)
        const run = newId().replaceAll('-', '')
        // The first of a number says what it is; later ones are the same, sent again.
        const firsts = new Map<number, UsageEvent>()
        const sent = drawn.map((batch) =>
          batch.flatMap((one) => {
            const event = firsts.get(one.number) ?? eventOf(run, one)
            if (!event) throw new Error('Everything that is drawn tells of usage.')
            firsts.set(one.number, event)
            return [event]
          }),
        )
        const deliver = (batch: UsageEvent[], place: number) =>
          ingestUsage(scene.program(place), quietMeter(), batch)
        const outcomes = await Promise.all(sent.map(deliver))
        if (again) for (const batch of [...sent].reverse()) await deliver([...batch].reverse(), 1)
        const events = [...firsts.values()]
        expect(outcomes.reduce((sum, { counted }) => sum + counted, 0)).toBe(events.length)

        const calls = events.filter(({ kind }) => kind === 'MODEL_CALL')
        const expected = [
          calls.length,
          calls.filter(({ model }) => model !== 'gpt-5').length,
          calls.reduce(
            (sum, event) => sum + TOKEN_KINDS.reduce((of, kind) => of + event.tokens[kind], 0),
            0,
          ),
          calls.reduce((sum, event) => sum + costByHand(event), 0n),
        ]
        for (const [title, total] of await everyTotal(scene, season.now)) {
          expect(total, title).toEqual(expected)
        }
        for (const db of inZone) {
          expect(await recount(db.pool, scene.organization.id, new Date(0))).toEqual({
            events: events.length,
            differences: 0,
          })
        }
      }),
      { numRuns: 12 },
    )
  }, 120_000)

  it('is in the hour of UTC in which it happened, also where a zone has that hour twice', async () => {
    const scene = await sceneOf(season.now)
    const drawn = fc.sample(drawnFrom(season), 200)
    const run = newId().replaceAll('-', '')
    const events = drawn.flatMap((one, number) => eventOf(run, { ...one, number }) ?? [])
    await Promise.all(
      ZONES.map((_, place) =>
        ingestUsage(
          scene.program(place),
          quietMeter(),
          events.filter((_event, number) => number % ZONES.length === place),
        ),
      ),
    )
    const from = (Math.floor(season.now / DAY) - 35) * DAY
    for (const interval of ['HOUR', 'DAY'] as const) {
      const rows = await readUsage(scene.reader(1), {
        from,
        to: from + 36 * DAY,
        interval,
        origin: null,
        groupBy: [],
        only: {},
      })
      const length = INTERVAL_MS[interval]
      const counts = new Map<number, number>()
      for (const { occurredAt } of events) {
        const bucket = Math.floor(occurredAt / length) * length
        counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
      }
      expect(new Map(rows.map((row) => [row.bucket, row.calls + row.executions]))).toEqual(
        new Map([...counts].sort(([one], [other]) => one - other)),
      )
    }
  })
})
