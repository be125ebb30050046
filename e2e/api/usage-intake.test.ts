import { gzipSync } from 'node:zlib'
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base'
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type Caller,
  createWorld,
  type Organization,
  type Token,
  type World,
} from '@/e2e/api/support/world'
import { newId } from '@/lib/ids'

let world: World
let org: Organization
let token: Token
let program: Caller

beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  org = await world.organization()
  token = await org.token(await org.serviceAccount(['traces:write']), ['traces:write'])
  program = world.as(token)
})

const CALL = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.response.model': 'gpt-4o-2024-08-06',
  'gen_ai.agent.id': 'support',
  'gen_ai.usage.input_tokens': 1000,
  'gen_ai.usage.cache_read.input_tokens': 400,
  'gen_ai.usage.output_tokens': 200,
}

interface Counted {
  provider: string
  model: string
  agent: string
  calls: number
  input: number
  cacheRead: number
  output: number
  cost: number
}

async function counted(): Promise<Counted[]> {
  const { rows } = await world.pool.query<Counted>(
    `SELECT provider, model, agent, calls::int, input::int, cache_read::int AS "cacheRead",
       output::int, (input_cost + output_cost)::int AS cost
     FROM usage.day WHERE organization_id = $1 ORDER BY model`,
    [org.id],
  )
  return rows
}

/** $2.50 in, $1.25 cached and $10 out, for a million: in nano-USD. */
const GPT_4O_CALL = {
  provider: 'openai',
  model: 'gpt-4o',
  agent: 'support',
  calls: 1,
  input: 600,
  cacheRead: 400,
  output: 200,
  cost: 600 * 2500 + 400 * 1250 + 200 * 10_000,
}

async function exportSpans(exporter: SpanExporter, spans: Record<string, string | number>[]) {
  const provider = new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] })
  const tracer = provider.getTracer('test')
  for (const attributes of spans) tracer.startSpan('chat', { attributes }).end()
  await provider.forceFlush()
  await provider.shutdown()
}

describe('a program with an OpenTelemetry exporter', () => {
  it.each([
    ['protobuf', ProtobufExporter, CompressionAlgorithm.NONE],
    ['protobuf, packed', ProtobufExporter, CompressionAlgorithm.GZIP],
    ['JSON', JsonExporter, CompressionAlgorithm.NONE],
    ['JSON, packed', JsonExporter, CompressionAlgorithm.GZIP],
  ] as const)('has its model calls counted: %s', async (_name, Exporter, compression) => {
    const exporter = new Exporter({
      url: `${world.product.url}${org.path}/traces`,
      headers: { Authorization: `Bearer ${token.secret}` },
      compression,
    })
    await exportSpans(exporter, [CALL, { 'http.request.method': 'GET' }])
    expect(await counted()).toEqual([GPT_4O_CALL])
  })

  it('is told which of its spans cannot be counted, and the others are', async () => {
    const span = (attributes: Record<string, unknown>) => ({
      traceId: newId().replaceAll('-', ''),
      spanId: newId().replaceAll('-', '').slice(-16),
      name: 'chat',
      endTimeUnixNano: `${Date.now()}000000`,
      attributes: Object.entries(attributes).map(([key, value]) => ({
        key,
        value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
      })),
    })
    const { 'gen_ai.provider.name': _, ...nameless } = CALL
    const request = { resourceSpans: [{ scopeSpans: [{ spans: [span(CALL), span(nameless)] }] }] }
    const answer = await program.post(`${org.path}/traces`, request)
    expect(answer.status).toBe(200)
    expect(answer.json().partialSuccess).toEqual({
      rejectedSpans: 1,
      errorMessage: expect.stringContaining('gen_ai.provider.name is missing.'),
    })
    expect(await counted()).toEqual([GPT_4O_CALL])

    const again = await program.post(`${org.path}/traces`, request)
    expect(again.status).toBe(200)
    expect(await counted()).toEqual([GPT_4O_CALL])
  })

  it.each([
    ['no protobuf', 'application/x-protobuf', Buffer.from('\xff\xff\xff\xff', 'latin1'), {}, 400],
    ['no JSON', 'application/json', '{"resourceSpans":', {}, 400],
    ['another form', 'application/json', '{"resourceSpans":7}', {}, 400],
    ['no gzip', 'application/json', '{}', { 'Content-Encoding': 'gzip' }, 400],
    ['another packing', 'application/json', '{}', { 'Content-Encoding': 'br' }, 415],
    ['another type', 'text/plain', '{}', {}, 415],
    [
      'a bomb',
      'application/json',
      gzipSync(Buffer.alloc(200 * 1024 * 1024, ' ')),
      { 'Content-Encoding': 'gzip' },
      413,
    ],
  ] as const)('is refused %s', async (_name, type, body, headers, status) => {
    const answer = await world.call({
      method: 'POST',
      path: `${org.path}/traces`,
      token: token.secret,
      headers: { 'Content-Type': type, ...headers },
      body,
    })
    expect(answer.status).toBe(status)
    expect(answer.headers['content-type']).toBe('application/problem+json')
  })
})

describe('a list of events', () => {
  const event = (data: Record<string, unknown> = {}, traits: Record<string, unknown> = {}) => ({
    specversion: '1.0',
    id: newId(),
    source: 'billing-test',
    type: 'com.fruxon.usage.model-call',
    time: new Date().toISOString(),
    data: {
      provider: 'openai',
      model: 'gpt-4o',
      agent: 'support',
      inputTokens: 1000,
      cacheReadTokens: 400,
      outputTokens: 200,
      ...data,
    },
    ...traits,
  })

  it('is counted, each once', async () => {
    const one = event()
    const first = await program.post(`${org.path}/usageEvents:ingest`, [one, one])
    expect(first.json()).toEqual({ accepted: 1, duplicates: 1, rejected: [] })
    const again = await program.post(`${org.path}/usageEvents:ingest`, [one, event()])
    expect(again.json()).toEqual({ accepted: 1, duplicates: 1, rejected: [] })
    expect(await counted()).toEqual([
      {
        ...GPT_4O_CALL,
        calls: 2,
        input: 1200,
        cacheRead: 800,
        output: 400,
        cost: 2 * GPT_4O_CALL.cost,
      },
    ])
  })

  it.each([
    ['application/cloudevents-batch+json', (one: object) => [one]],
    ['application/cloudevents+json', (one: object) => one],
  ])('comes as %s too', async (type, bodyOf) => {
    const answer = await world.call({
      method: 'POST',
      path: `${org.path}/usageEvents:ingest`,
      token: token.secret,
      headers: { 'Content-Type': type },
      body: JSON.stringify(bodyOf(event())),
    })
    expect(answer.json(), answer.text).toMatchObject({ accepted: 1 })
  })

  it('keeps its good ones where a name is no text, or a source is ours', async () => {
    const storage = {
      type: 'com.fruxon.usage.storage',
      data: { knowledgeBase: '\ud800', bytes: 1 },
    }
    const answer = await program.post(`${org.path}/usageEvents:ingest`, [
      event({}, storage),
      event({}, { source: 'fruxon:executions' }),
      event(),
    ])
    expect(answer.json(), answer.text).toMatchObject({
      accepted: 1,
      rejected: [
        { index: 0, errors: [{ pointer: '/data/knowledgeBase' }] },
        { index: 1, errors: [{ pointer: '/source' }] },
      ],
    })
  })

  it('keeps its good ones, and each bad one is named with its field', async () => {
    const answer = await program.post(`${org.path}/usageEvents:ingest`, [
      event({ inputTokens: -1 }),
      event({ inputTokenz: 1 }),
      event(),
      'nonsense',
      event({}, { time: new Date(Date.now() - 40 * 86_400_000).toISOString() }),
    ])
    expect(answer.status).toBe(200)
    const { accepted, rejected } = answer.json<{
      accepted: number
      rejected: { index: number; errors: { pointer: string }[] }[]
    }>()
    expect(accepted).toBe(1)
    expect(rejected.map(({ index, errors }) => [index, errors[0]?.pointer])).toEqual([
      [0, '/data/inputTokens'],
      [1, '/data/inputTokenz'],
      [3, ''],
      [4, '/time'],
    ])
  })

  it('of more than a thousand, or of none, is refused whole', async () => {
    for (const events of [[], Array.from({ length: 1001 }, () => event())]) {
      const answer = await program.post(`${org.path}/usageEvents:ingest`, events)
      expect(answer.status).toBe(400)
    }
    expect(await counted()).toEqual([])
  })

  it('is not taken from a token that may not write traces', async () => {
    const reader = await org.token(await org.serviceAccount(['traces:read']), ['traces:read'])
    const answer = await world.as(reader).post(`${org.path}/usageEvents:ingest`, [event()])
    expect(answer.status).toBe(403)
    expect(answer.json().missingScopes).toEqual(['traces:write'])
  })
})

describe('what an agent cost', () => {
  const DAY = 86_400_000
  const read = async (path: string) => {
    const reader = await org.token(await org.serviceAccount(['traces:read']), ['traces:read'])
    return world.as(reader).get(`${org.path}/agents/${path}`)
  }

  it('is read in all, by model and over time, and is the same each time', async () => {
    const exporter = new ProtobufExporter({
      url: `${world.product.url}${org.path}/traces`,
      headers: { Authorization: `Bearer ${token.secret}` },
    })
    const run = { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.id': 'support' }
    await exportSpans(exporter, [
      CALL,
      { ...CALL, 'gen_ai.agent.version': '2' },
      { ...CALL, 'gen_ai.response.model': 'homemade', 'gen_ai.usage.reasoning.output_tokens': 50 },
      run,
      { ...CALL, 'fruxon.origin': 'TEST' },
    ])
    const dollars = GPT_4O_CALL.cost / 1e9
    expect((await read('support/revisions/*/cost')).json()).toMatchObject({
      agentId: 'support',
      revision: '*',
      totalCost: 3 * dollars,
      executionCount: 1,
      inputTokens: 4000,
      outputTokens: 800,
      unpricedCalls: 1,
    })
    expect((await read('support/revisions/2/cost')).json()).toMatchObject({ totalCost: dollars })
    expect((await read('support/revisions/*/modelUsages')).json()).toMatchObject([
      { providerId: 'openai', modelId: 'gpt-4o', executionCount: 3, cachedTokens: 1200 },
      {
        providerId: 'openai',
        modelId: 'homemade',
        executionCount: 1,
        thinkingTokens: 50,
        totalCost: 0,
      },
    ])
    for (const interval of ['HOUR', 'DAY', 'WEEK']) {
      const series = (await read(`support/revisions/*/costTimeseries?interval=${interval}`)).json<{
        cost: { cost: { total: number }; tokens: { input: number } }[]
        executions: { count: number }[]
      }>()
      const total = series.cost.reduce((sum, { cost }) => sum + cost.total, 0)
      expect(total, interval).toBeCloseTo(2 * dollars, 9)
      expect(series.executions.map(({ count }) => count)).toEqual([1])
    }
  })

  it('is a 404 for an agent that nothing was ever reported of', async () => {
    for (const nobody of ['nobody/revisions/*', '%00/revisions/*', 'x/revisions/%00']) {
      expect((await read(`${nobody}/cost`)).status, nobody).toBe(404)
    }
  })

  it.each([
    [`from=${Date.now()}&to=${Date.now() - DAY}`, '/query/to'],
    ['interval=MONTH', '/query/interval'],
    [`interval=HOUR&from=${Date.now() - 60 * DAY}`, '/query/interval'],
    ['from=yesterday', '/query/from'],
    ['origin=STAGING', '/query/origin'],
  ])('is refused for %s', async (query, pointer) => {
    const answer = await read(`support/revisions/*/costTimeseries?${query}`)
    expect(answer.status).toBe(400)
    expect(answer.json<{ errors: { pointer: string }[] }>().errors[0]?.pointer).toBe(pointer)
  })
})
