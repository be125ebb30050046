import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, createWorld, type Organization, type World } from '@/e2e/api/support/world'
import { newId } from '@/lib/ids'

let world: World
let org: Organization
let reader: Caller

beforeAll(async () => {
  world = await createWorld()
  org = await world.organization()
  const account = await org.serviceAccount(['traces:read', 'traces:write'])
  reader = world.as(await org.token(account, ['traces:read']))
  const program = world.as(await org.token(account, ['traces:write']))
  const answer = await program.post(`${org.path}/usageEvents:ingest`, [
    event('production', 1000),
    event('production', 500),
    event('staging', 70),
    event('staging', 7, { revision: '2' }),
  ])
  expect(answer.json()).toMatchObject({ accepted: 4 })
})
afterAll(() => world.close())

function event(environment: string, inputTokens: number, traits: Record<string, unknown> = {}) {
  return {
    specversion: '1.0',
    id: newId(),
    source: 'environments-test',
    type: 'com.fruxon.usage.model-call',
    time: new Date().toISOString(),
    data: {
      provider: 'openai',
      model: 'gpt-4o',
      agent: 'support',
      revision: '1',
      environment,
      inputTokens,
      ...traits,
    },
  }
}

const read = (rest: string) => reader.get(`${org.path}/agents/support/revisions/${rest}`)

interface Series {
  cost: { cost: { total: number }; tokens: { input: number } }[]
}

describe('the cost of an agent by environment', () => {
  it('is a series for each that was asked for, in that order', async () => {
    const query = 'environment=staging&environment=production&environment=staging'
    const answer = await read(`*/environmentCostTimeseries?${query}`)
    const { environments } = answer.json<{ environments: ({ slug: string } & Series)[] }>()
    const tokens = environments.map(({ slug, cost }) => [
      slug,
      ...cost.map((point) => point.tokens.input),
    ])
    expect(tokens).toEqual([
      ['staging', 77],
      ['production', 1500],
    ])
    const all = (await read('*/costTimeseries')).json<Series>()
    const sum = environments.reduce((total, { cost }) => total + (cost[0]?.cost.total ?? 0), 0)
    expect(sum).toBeCloseTo(all.cost[0]?.cost.total ?? 0, 9)
    const second = await read('2/environmentCostTimeseries?environment=staging')
    expect(second.json().environments).toMatchObject([{ cost: [{ tokens: { input: 7 } }] }])
  })

  it.each([
    ['', 'at least one'],
    ['environment=', 'at least one'],
    ['environment=production&environment=moon', '"moon"'],
  ])('is refused for "%s"', async (query, reason) => {
    const answer = await read(`*/environmentCostTimeseries?${query}`)
    expect(answer.status).toBe(400)
    const [error] = answer.json<{ errors: { pointer: string; detail: string }[] }>().errors
    expect(error?.pointer).toBe('/query/environment')
    expect(error?.detail).toContain(reason)
  })
})

describe('the older paths', () => {
  it.each([
    ['model-usages', 'modelUsages'],
    ['cost/timeseries', 'costTimeseries'],
  ])('%s answers, and says that %s replaces it', async (older, newer) => {
    const answer = await read(`*/${older}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.deprecation).toMatch(/^@\d+$/)
    expect(answer.headers.link).toContain(
      `<${org.path}/agents/support/revisions/*/${newer}>; rel="successor-version"`,
    )
  })

  it('say the same numbers as those that replace them', async () => {
    expect((await read('*/model-usages')).json()).toEqual((await read('*/modelUsages')).json())
    const { points } = (await read('*/cost/timeseries')).json<{
      points: { totalCost: number; inputTokens: number }[]
    }>()
    const { cost } = (await read('*/costTimeseries')).json<Series>()
    expect(points.map(({ totalCost, inputTokens }) => [totalCost, inputTokens])).toEqual(
      cost.map((point) => [point.cost.total, point.tokens.input]),
    )
  })
})
