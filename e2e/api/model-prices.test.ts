import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Caller, createWorld, type Organization, type World } from '@/e2e/api/support/world'
import type { Scope } from '@/lib/access/scopes'
import { newId } from '@/lib/ids'

interface Price {
  provider: string
  model: string
  own: boolean
  effectiveFrom: number | null
  state?: string
  rates: {
    tokens: { kind: string; usdPerMillion: string; picoUsdPerToken: number; tiers: unknown[] }[]
    call: { usd: string; picoUsd: number } | null
    windows: { fromMinute: number; toMinute: number }[]
  } | null
}
interface PricePage {
  items: Price[]
  nextPageToken: string
  totalCount: number
}

let world: World
let org: Organization
let program: Caller

beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  org = await world.organization()
  program = await callerWith('llm_providers:read')
})

async function callerWith(scope: Scope): Promise<Caller> {
  return world.as(await org.token(await org.serviceAccount([scope]), [scope]))
}

async function list(query: string): Promise<PricePage> {
  const answer = await program.get(`${org.path}/modelPrices${query}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.json<PricePage>()
}

async function ownPrice(model: string, validFrom: Date, rates: object | null) {
  await world.pool.query(
    `INSERT INTO pricing.model_price (id, organization_id, provider, model, name, valid_from, rates, source,
       created_by) VALUES ($1, $2, 'openai', $3, $3, $4, $5, 'Test', 'Test')`,
    [newId(), org.id, model, validFrom, rates],
  )
}

describe('the price list', () => {
  it('has every model once, page by page, and says how many', async () => {
    const met: string[] = []
    let pageToken = ''
    let totalCount = 0
    do {
      const page = await list(`?pageSize=200&pageToken=${pageToken}`)
      met.push(...page.items.map(({ provider, model }) => `${provider}/${model}`))
      ;({ pageToken, totalCount } = { pageToken: page.nextPageToken, totalCount: page.totalCount })
    } while (pageToken !== '')
    expect(met.length).toBe(totalCount)
    expect(new Set(met).size).toBe(totalCount)
    expect(totalCount).toBeGreaterThan(1000)
  })

  it('tells rates as exact dollars and as integers', async () => {
    const { items } = await list('?provider=OpenAI&q=gpt-4o')
    const price = items.find(({ model }) => model === 'gpt-4o')
    expect(price).toMatchObject({ own: false, effectiveFrom: null })
    expect(price?.rates?.tokens.slice(0, 2)).toEqual([
      { kind: 'INPUT', usdPerMillion: '2.5', picoUsdPerToken: 2_500_000, tiers: [] },
      { kind: 'CACHE_READ', usdPerMillion: '1.25', picoUsdPerToken: 1_250_000, tiers: [] },
    ])
    expect(items.every(({ provider }) => provider === 'openai')).toBe(true)
  })

  it('tells tiers, times of the day and what a call costs by itself', async () => {
    const one = async (provider: string, model: string) => {
      const { items } = await list(`?provider=${provider}&q=${model}`)
      return items.find((price) => price.model === model)?.rates
    }
    const sonar = await one('perplexity', 'sonar')
    expect(sonar?.call).toEqual({ usd: '0.012', picoUsd: 12_000_000_000 })
    const chat = await one('deepseek', 'deepseek-chat')
    expect(chat?.windows.map(({ fromMinute, toMinute }) => [fromMinute, toMinute])).toEqual([
      [30, 990],
    ])
    const gemini = await one('google', 'gemini-2.5-pro')
    expect(gemini?.tokens[0]?.tiers).toEqual([
      { above: 200_000, usdPerMillion: '2.5', picoUsdPerToken: 2_500_000 },
    ])
  })

  it('tells the price of another moment', async () => {
    const input = async (at: string) =>
      (await list(`?provider=openai&q=o3${at}`)).items.find(({ model }) => model === 'o3')?.rates
        ?.tokens[0]?.usdPerMillion
    expect(await input(`&at=${Date.UTC(2025, 5, 1)}`)).toBe('10')
    expect(await input('')).toBe('2')
  })

  it('has the own price of the organization, and never another’s', async () => {
    await ownPrice('gpt-4o', new Date(0), { rates: { input: 7 } })
    const mine = (await list('?provider=openai&q=gpt-4o')).items.find(
      ({ model }) => model === 'gpt-4o',
    )
    expect(mine).toMatchObject({ own: true, effectiveFrom: 0 })
    expect(mine?.rates?.tokens[0]?.usdPerMillion).toBe('0.000007')
    org = await world.organization()
    program = await callerWith('llm_providers:read')
    const theirs = (await list('?provider=openai&q=gpt-4o')).items.find(
      ({ model }) => model === 'gpt-4o',
    )
    expect(theirs?.own).toBe(false)
  })

  it.each([
    ['at=yesterday', '/query/at'],
    ['pageToken=made-up', '/query/pageToken'],
    ['pageSize=-1', '/query/pageSize'],
    [`q=${'x'.repeat(201)}`, '/query/q'],
  ])('is refused for %s', async (query, pointer) => {
    const answer = await program.get(`${org.path}/modelPrices?${query}`)
    expect(answer.status).toBe(400)
    expect(answer.json<{ errors: { pointer: string }[] }>().errors[0]?.pointer).toBe(pointer)
  })
})

describe('the history of a price', () => {
  it('has all dated rows, own and listed, newest first', async () => {
    await ownPrice('o3', new Date('2026-01-01'), { rates: { input: 7 } })
    await ownPrice('o3', new Date('2099-01-01'), null)
    const answer = await program.get(`${org.path}/modelPrices:history?provider=openai&model=o3`)
    const { items, totalCount } = answer.json<PricePage>()
    expect(totalCount).toBe(items.length)
    expect(items.map(({ own, state, effectiveFrom }) => [own, state, effectiveFrom])).toEqual([
      [true, 'FUTURE', Date.UTC(2099, 0, 1)],
      [true, 'STANDING', Date.UTC(2026, 0, 1)],
      [false, 'STANDING', Date.UTC(2025, 5, 10)],
      [false, 'PAST', null],
    ])
    expect(items[0]?.rates).toBeNull()
  })

  it('is a 404 for what nobody has priced, and a 400 where a name is missing', async () => {
    const unknown = `${org.path}/modelPrices:history?provider=openai&model=homemade`
    expect((await program.get(unknown)).status).toBe(404)
    for (const [query, pointer] of [
      ['provider=openai', '/query/model'],
      ['model=o3', '/query/provider'],
    ]) {
      const answer = await program.get(`${org.path}/modelPrices:history?${query}`)
      expect(answer.status).toBe(400)
      expect(answer.json<{ errors: { pointer: string }[] }>().errors[0]?.pointer).toBe(pointer)
    }
  })
})

it.each(['modelPrices', 'modelPrices:history?provider=openai&model=o3'])(
  '%s is neither for programs without the scope nor for those of another organization',
  async (path) => {
    const without = await callerWith('llm_providers:write')
    const refused = await without.get(`${org.path}/${path}`)
    expect(refused.status).toBe(403)
    expect(refused.json().missingScopes).toEqual(['llm_providers:read'])
    const elsewhere = await world.organization()
    expect((await program.get(`${elsewhere.path}/${path}`)).status).toBe(404)
  },
)
