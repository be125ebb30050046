import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { UserPrincipal } from '@/lib/access/principal'
import { listAuditEvents } from '@/lib/audit/queries'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import {
  endOwnPriceSchema,
  type OwnPriceInput,
  ownPriceSchema,
} from '@/lib/model-pricing/own-price-schema'
import { endOwnPrice, listOwnPrices, setOwnPrice } from '@/lib/model-pricing/own-prices'
import { PriceBooks } from '@/lib/model-pricing/price-books'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'

const DAY = 86_400_000

let product: ProductFixture
let organization: OrganizationFixture
let admin: Context<UserPrincipal>
let today: number
const prices = new PriceBooks({ providers: [{ id: 'openai', name: 'OpenAI' }] })

beforeAll(async () => {
  product = await createProductFixture()
  await product.db.pool.query(
    `INSERT INTO pricing.model_price (id, provider, model, name, match, context_window, valid_from, rates,
       source, created_by)
     VALUES ($1, 'openai', 'gpt-5', 'GPT-5', '{"starts_with":"gpt-5"}', 400000, '-infinity', $2, 'Test',
       'Test')`,
    [newId(), { rates: { input: 1_000_000, output: 2_000_000 } }],
  )
})
afterAll(() => product.close())
beforeEach(async () => {
  organization = await product.organization()
  admin = await organization.member('ADMIN')
  today = Math.floor(admin.now / DAY) * DAY
})

const dayText = (at: number) => new Date(at).toISOString().slice(0, 10)

function typed(traits: Partial<OwnPriceInput> = {}): OwnPriceInput {
  return {
    provider: 'openai',
    model: 'gpt-5',
    agent: null,
    validFrom: dayText(today),
    rates: { input: '2.5', output: '10' },
    seen: 0,
    ...traits,
  }
}

const set = (traits: Partial<OwnPriceInput> = {}, ctx = admin) =>
  setOwnPrice(ctx, prices, ownPriceSchema.parse(typed(traits)))
const end = (traits: Partial<OwnPriceInput> = {}) => {
  const { rates: _, ...wish } = typed(traits)
  return endOwnPrice(admin, endOwnPriceSchema.parse(wish))
}
const seenNow = async () => (await listOwnPrices(admin)).seen

async function rateAt(at: number, traits: { model?: string; agent?: string } = {}) {
  const book = await prices.of(product.db, organization.id)
  const call = { provider: 'openai', model: 'gpt-5', agent: '', occurredAt: at, ...traits }
  return book.priceOf(call)?.rates.rates.input ?? null
}

describe('an own price', () => {
  it('counts from its day on, before the list price, and until the next one begins', async () => {
    await set({ validFrom: dayText(today - 3 * DAY) })
    await set({
      validFrom: dayText(today + 2 * DAY),
      rates: { input: '4', output: '10' },
      seen: await seenNow(),
    })
    expect(await rateAt(today - 3 * DAY - 1)).toBe(1_000_000)
    expect(await rateAt(today - 3 * DAY)).toBe(2_500_000)
    expect(await rateAt(today + 2 * DAY)).toBe(4_000_000)
    const { prices: listed } = await listOwnPrices(admin)
    expect(listed.map(({ validFrom, until }) => [validFrom, until])).toEqual([
      [today + 2 * DAY, null],
      [today - 3 * DAY, today + 2 * DAY],
    ])
  })

  it('of a day in the past names the days that keep what they cost', async () => {
    const past = await set({ validFrom: dayText(today - 3 * DAY) })
    expect(past.counted).toEqual({ from: today - 3 * DAY, to: today + DAY })
    const future = await set({ validFrom: dayText(today + DAY), seen: await seenNow() })
    expect(future.counted).toBeNull()
  })

  it('of an agent counts for it alone, also where a dated name was typed', async () => {
    await set({ agent: 'support', model: 'gpt-5-2026-05-01' })
    expect(await rateAt(today, { agent: 'support' })).toBe(2_500_000)
    expect(await rateAt(today, { agent: 'sales' })).toBe(1_000_000)
  })

  it('is for any model, and the provider’s name may be written as people write it', async () => {
    const { price } = await set({ provider: 'OpenAI', model: 'tuned' })
    expect(price).toMatchObject({ provider: 'openai', model: 'tuned', name: 'tuned' })
    expect(await rateAt(today, { model: 'tuned' })).toBe(2_500_000)
    const listed = await set({ seen: await seenNow() })
    expect(listed.price.name).toBe('GPT-5')
  })

  it('keeps every part to the digit', async () => {
    const { price } = await set({
      rates: { input: '2.5', output: '10', cacheRead: '0.125001', reasoning: '12', call: '0.01' },
      longContext: { above: '200000', input: '5' },
      note: ' Contract 7 ',
    })
    expect(price.note).toBe('Contract 7')
    expect(price.rates).toEqual({
      rates: {
        input: { base: 2_500_000, tiers: [{ above: 200_000, rate: 5_000_000 }] },
        output: 10_000_000,
        cacheRead: 125_001,
        reasoning: 12_000_000,
        call: 10_000_000_000,
      },
    })
  })

  it('ends on a day, after which the list price counts again', async () => {
    await set({ validFrom: dayText(today - 3 * DAY) })
    await expect(
      end({ validFrom: dayText(today - 4 * DAY), seen: await seenNow() }),
    ).rejects.toThrow('no price of your own to end')
    const ended = await end({ validFrom: dayText(today), seen: await seenNow() })
    expect(ended.price.rates).toBeNull()
    expect(await rateAt(today - 1)).toBe(2_500_000)
    expect(await rateAt(today)).toBe(1_000_000)
    await expect(end({ seen: await seenNow() })).rejects.toMatchObject({
      errors: [{ pointer: '/validFrom' }],
    })
  })

  it('replaces another of the same day only where that one was seen', async () => {
    const colleague = await organization.member('ADMIN')
    await set()
    await expect(set({ rates: { input: '9', output: '9' } }, colleague)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'price_changed',
    })
    expect(await rateAt(today)).toBe(2_500_000)
    // Another model is nobody's conflict.
    await set({ model: 'tuned' }, colleague)
    await set({ rates: { input: '9', output: '9' }, seen: await seenNow() }, colleague)
    expect(await rateAt(today)).toBe(9_000_000)
    expect((await listOwnPrices(admin)).prices).toHaveLength(2)
  })

  it('is set by one of several who set it at once', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, (_, place) =>
        set({ rates: { input: String(place), output: '1' } }),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await listOwnPrices(admin)).prices).toHaveLength(1)
  })

  it('is in the audit trail with what was before', async () => {
    await set({ validFrom: dayText(today - DAY) })
    await set({ rates: { input: '3', output: '10' }, seen: await seenNow() })
    await end({ validFrom: dayText(today + DAY), seen: await seenNow() })
    const { items } = await listAuditEvents(admin, {})
    expect(items.map(({ eventType }) => eventType)).toEqual([
      'PRICE_ENDED',
      'PRICE_SET',
      'PRICE_SET',
    ])
    expect(items[1]).toMatchObject({
      target: { type: 'model-price', label: 'openai gpt-5' },
      details: {
        before: { rates: { rates: { input: 2_500_000 } } },
        after: { rates: { rates: { input: 3_000_000 } } },
      },
    })
    expect(items[0]?.details).toMatchObject({ after: { rates: null } })
    expect(items[2]?.details).toMatchObject({ before: null })
  })

  it('cannot be changed afterwards, only followed by another', async () => {
    const { price } = await set()
    await expect(
      product.db.pool.query('UPDATE pricing.model_price SET rates = NULL WHERE id = $1', [
        price.id,
      ]),
    ).rejects.toThrow('Prices are never changed')
  })

  it.each([-36, 731])('does not begin %i days from today', async (days) => {
    await expect(set({ validFrom: dayText(today + days * DAY) })).rejects.toMatchObject({
      errors: [{ pointer: '/validFrom' }],
    })
  })

  it('of another organization is neither seen nor in force', async () => {
    await set()
    const other = await product.organization()
    expect((await listOwnPrices(await other.member('ADMIN'))).prices).toEqual([])
    const book = await prices.of(product.db, other.id)
    const call = { provider: 'openai', model: 'gpt-5', agent: '', occurredAt: today }
    expect(book.priceOf(call)?.rates.rates.input).toBe(1_000_000)
  })
})

describe('what is typed', () => {
  const complaints = (input: Partial<OwnPriceInput>) =>
    ownPriceSchema.safeParse(typed(input)).error?.issues.map(({ path }) => path.join('/')) ?? []

  it('needs what goes in and what comes out, where nothing is 0 and not blank', () => {
    expect(complaints({ rates: { input: '0', output: '0' } })).toEqual([])
    expect(complaints({ rates: { input: ' ', output: 'x' } })).toEqual([
      'rates/input',
      'rates/output',
    ])
    expect(complaints({ rates: { input: '10000.01', output: '1', call: '1001' } })).toEqual([
      'rates/input',
      'rates/call',
    ])
  })

  it('names long contexts only by what has a price for others too', () => {
    const rates = { input: '1', output: '1' }
    expect(complaints({ rates, longContext: { above: '200000', cacheRead: '1' } })).toEqual([
      'rates/cacheRead',
    ])
    expect(complaints({ rates, longContext: { above: '0', input: '1' } })).toEqual([
      'longContext/above',
    ])
    expect(complaints({ rates, longContext: { above: '1' } })).toEqual(['longContext/input'])
  })
})
