import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import { PriceBooks } from '@/lib/model-pricing/price-books'
import { priceHistory, priceHistoryPage } from '@/lib/model-pricing/price-history'
import { listModelPricePage, listModelPrices } from '@/lib/model-pricing/price-list'
import type { ModelRates } from '@/lib/model-pricing/rates'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { mint } from '@/lib/testing/token-fixture'

const DAY = 86_400_000
const OPENAI = { id: 'openai', name: 'OpenAI' }

let product: ProductFixture
let organization: OrganizationFixture
let ctx: Context
let prices: PriceBooks

interface Facts {
  organizationId?: string
  provider?: string
  model: string
  agent?: string
  from?: number
  rates: ModelRates | null
}

async function add({ organizationId, provider = 'openai', model, agent, from, rates }: Facts) {
  const id = newId()
  await product.db.pool.query(
    `INSERT INTO pricing.model_price (id, organization_id, provider, model, agent, name, match, valid_from, rates,
       source, created_by)
     VALUES ($1, $2, $3, $4, $5, upper($4), $6, coalesce(to_timestamp($7 / 1000.0), '-infinity'), $8,
       'Test', 'Test')`,
    [
      id,
      organizationId ?? null,
      provider,
      model,
      agent ?? null,
      organizationId ? null : { starts_with: model },
      from ?? null,
      rates,
    ],
  )
  return id
}

const own = (facts: Facts) => add({ organizationId: organization.id, ...facts })
const flat = (input: number): ModelRates => ({ rates: { input } })

beforeAll(async () => {
  product = await createProductFixture()
  prices = new PriceBooks({ providers: [OPENAI] })
  await add({ model: 'gpt-4o', rates: flat(1) })
  await add({ model: 'gpt-4o', from: 100 * DAY, rates: flat(2) })
  await add({ model: 'gpt-4o', from: Date.now() + 10 * DAY, rates: flat(3) })
  await add({ model: 'o3', rates: flat(4) })
  await add({ provider: 'homemade', model: 'org/llama', rates: flat(5) })
})
afterAll(() => product.close())
beforeEach(async () => {
  organization = await product.organization()
  ctx = await organization.member('MEMBER')
})

async function shown(at?: number) {
  const list = await listModelPrices(ctx, prices, { at })
  return list.map(({ provider, model, agent, own: ours, rates }) => [
    `${provider}/${model}`,
    agent,
    ours,
    rates.rates.input,
  ])
}

describe('the price list', () => {
  it('has every model once, at the price that stands now or stood then', async () => {
    expect(await shown()).toEqual([
      ['homemade/org/llama', null, false, 5],
      ['openai/gpt-4o', null, false, 2],
      ['openai/o3', null, false, 4],
    ])
    expect((await shown(100 * DAY - 1))[1]).toEqual(['openai/gpt-4o', null, false, 1])
    expect((await shown(ctx.now + 11 * DAY))[1]).toEqual(['openai/gpt-4o', null, false, 3])
  })

  it('says since when, until when, and what the provider is called', async () => {
    const [llama, gpt] = await listModelPrices(ctx, prices)
    expect(llama).toMatchObject({ since: null, changesAt: null, providerName: 'homemade' })
    expect(gpt).toMatchObject({ since: 100 * DAY, providerName: 'OpenAI', name: 'GPT-4O' })
    expect(gpt?.changesAt).toBeGreaterThan(ctx.now + 9 * DAY)
  })

  it('has the organization’s own price in place of the list price, and says so', async () => {
    await own({ model: 'o3', from: 200 * DAY, rates: flat(9) })
    await own({ model: 'o3', agent: 'support', from: 300 * DAY, rates: flat(8) })
    await own({ provider: 'ours', model: 'custom', from: 0, rates: flat(7) })
    await own({ model: 'gpt-4o', from: 0, rates: flat(6) })
    await own({ model: 'gpt-4o', from: 150 * DAY, rates: null })
    expect(await shown()).toEqual([
      ['homemade/org/llama', null, false, 5],
      ['openai/gpt-4o', null, false, 2],
      ['openai/o3', null, true, 9],
      ['openai/o3', 'support', true, 8],
      ['ours/custom', null, true, 7],
    ])
    expect((await shown(120 * DAY))[1]).toEqual(['openai/gpt-4o', null, true, 6])
    const other = await product.organization()
    expect(await listModelPrices(await other.member('ADMIN'), prices)).toHaveLength(3)
  })

  it('knows of an own price that will follow the list price, and of none that lies below an own one', async () => {
    const soon = ctx.now + DAY
    await own({ model: 'o3', from: soon, rates: flat(9) })
    await own({ model: 'gpt-4o', from: 0, rates: flat(6) })
    const [, gpt, o3] = await listModelPrices(ctx, prices)
    expect(o3).toMatchObject({ own: false, changesAt: soon })
    expect(gpt).toMatchObject({ own: true, changesAt: null })
  })

  it('is searched by words of the provider, the model and its name', async () => {
    const found = async (search: string, provider?: string) =>
      (await listModelPrices(ctx, prices, { search, provider })).map(({ model }) => model)
    expect(await found('4O openai')).toEqual(['gpt-4o'])
    expect(await found('llama')).toEqual(['org/llama'])
    expect(await found('', 'OpenAI')).toEqual(['gpt-4o', 'o3'])
    expect(await found('llama', 'openai')).toEqual([])
  })

  it('comes by pages of one moment, each model once', async () => {
    await own({ model: 'o3', agent: 'support', from: 0, rates: flat(8) })
    const met: string[] = []
    let pageToken: string | undefined
    // The later pages are asked for when another price stands already.
    for (const now of [50 * DAY, 120 * DAY, 120 * DAY, 120 * DAY]) {
      const page = await listModelPricePage({ ...ctx, now }, prices, { pageSize: 1, pageToken })
      expect(page.totalCount).toBe(4)
      met.push(...page.items.map(({ model, rates }) => `${model} ${rates.rates.input}`))
      pageToken = page.nextPageToken
    }
    expect(met).toEqual(['org/llama 5', 'gpt-4o 1', 'o3 4', 'o3 8'])
    expect(pageToken).toBe('')
  })

  it('refuses a page token of another search', async () => {
    const { nextPageToken } = await listModelPricePage(ctx, prices, { pageSize: 1 })
    const page = listModelPricePage(ctx, prices, { pageToken: nextPageToken, search: 'gpt' })
    await expect(page).rejects.toMatchObject({ kind: 'invalid' })
  })

  it('is for people of every role, and for programs that may read providers', async () => {
    const owner = await organization.member('ADMIN')
    for (const [scope, allowed] of [
      ['llm_providers:read', true],
      ['traces:read', false],
    ] as const) {
      const { secret } = await mint(owner, { scopes: [scope] })
      const list = listModelPrices(await organization.bearer(secret), prices)
      if (allowed) expect((await list).length).toBe(3)
      else await expect(list).rejects.toMatchObject({ kind: 'forbidden' })
    }
  })
})

describe('the history of a price', () => {
  it('has rows of the past, of now and of the future, own and listed, newest first', async () => {
    const ended = await own({ model: 'gpt-4o', from: 150 * DAY, rates: null })
    await own({ model: 'gpt-4o', from: 50 * DAY, rates: flat(6) })
    const rows = await priceHistory(ctx, prices, { provider: 'openai', model: 'gpt-4o' })
    expect(
      rows.map(({ own: ours, state, rates }) => [ours, state, rates?.rates.input ?? null]),
    ).toEqual([
      [false, 'future', 3],
      [true, 'standing', null],
      [false, 'standing', 2],
      [true, 'past', 6],
      [false, 'past', 1],
    ])
    expect(rows[1]).toMatchObject({ id: ended, validFrom: 150 * DAY, match: null })
    expect(rows[4]).toMatchObject({ validFrom: null, match: { starts_with: 'gpt-4o' } })
  })

  it('is found by any name that calls may use, and is a 404 for what nobody has priced', async () => {
    const [newest] = await priceHistory(ctx, prices, {
      provider: 'OpenAI',
      model: 'gpt-4o-2024-08-06',
    })
    expect(newest?.model).toBe('gpt-4o')
    const unknown = priceHistory(ctx, prices, { provider: 'openai', model: 'homemade' })
    await expect(unknown).rejects.toMatchObject({ kind: 'not-found' })
  })

  it('comes by pages too', async () => {
    const told = { provider: 'openai', model: 'gpt-4o' }
    const first = await priceHistoryPage(ctx, prices, { ...told, pageSize: 2 })
    const second = await priceHistoryPage(ctx, prices, {
      ...told,
      pageSize: 2,
      pageToken: first.nextPageToken,
    })
    expect([first.totalCount, first.items.length, second.items.length]).toEqual([3, 2, 1])
    expect(second.nextPageToken).toBe('')
    const all = [...first.items, ...second.items].map(({ id }) => id)
    expect(new Set(all).size).toBe(3)
  })
})
