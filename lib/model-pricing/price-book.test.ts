import { describe, expect, it } from 'vitest'
import type { ModelPrice } from '@/lib/model-pricing/price'
import { ListPrices, PriceBook } from '@/lib/model-pricing/price-book'

const DAY = 86_400_000
const PROVIDERS = [
  { id: 'openai', name: 'OpenAI', match: { contains: 'openai' } },
  { id: 'azure', name: 'Azure', alsoServes: ['openai'] },
]

let seq = 0
function price(facts: Partial<ModelPrice>): ModelPrice {
  seq += 1
  return {
    id: `price-${seq}`,
    seq,
    organizationId: null,
    provider: 'openai',
    model: 'gpt-5',
    agent: null,
    name: 'GPT-5',
    match: { or: [{ equals: 'gpt-5' }, { starts_with: 'gpt-5-2026' }] },
    contextWindow: null,
    validFrom: Number.NEGATIVE_INFINITY,
    rates: { rates: { input: seq } },
    source: 'Test',
    ...facts,
  }
}
const own = (facts: Partial<ModelPrice>) => price({ organizationId: 'acme', match: null, ...facts })

function book(listed: ModelPrice[], ours: ModelPrice[] = []) {
  return new PriceBook(new ListPrices(PROVIDERS, listed), ours)
}
const call = { provider: 'openai', model: 'gpt-5', agent: '', occurredAt: 100 * DAY }

describe('the price of a call', () => {
  it('is the list price as it stood when the call happened', () => {
    const always = price({})
    const later = price({ validFrom: 100 * DAY })
    const prices = book([later, always])
    expect(prices.priceOf({ ...call, occurredAt: 100 * DAY - 1 })).toBe(always)
    expect(prices.priceOf(call)).toBe(later)
  })

  it('is that of the row that was added last where two begin together', () => {
    const wrong = price({})
    const corrected = price({})
    expect(book([corrected, wrong]).priceOf(call)).toBe(corrected)
  })

  it('is found under other names of the provider and the model, and through who resells it', () => {
    const listed = price({})
    const prices = book([listed])
    expect(prices.priceOf({ ...call, provider: 'az.ai.openai' })).toBe(listed)
    expect(prices.priceOf({ ...call, model: 'GPT-5-20260501' })).toBe(listed)
    expect(prices.priceOf({ ...call, provider: 'azure' })).toBe(listed)
    expect(prices.nameOf({ provider: 'Azure', model: 'gpt-5-2026-05-01' })).toEqual({
      provider: 'azure',
      model: 'gpt-5',
    })
  })

  it('is null for what nobody has priced, under the names as they were told', () => {
    const prices = book([price({})])
    const unknown = { provider: 'Homemade', model: 'Llama at home' }
    expect(prices.priceOf({ ...call, ...unknown })).toBeNull()
    expect(prices.priceOf({ ...call, model: 'gpt-6' })).toBeNull()
    expect(prices.nameOf(unknown)).toEqual(unknown)
  })

  it('is the organization’s own, and before that its own for the agent', () => {
    const ours = own({ validFrom: 50 * DAY })
    const support = own({ agent: 'support', validFrom: 90 * DAY })
    const listed = price({})
    const prices = book([listed], [ours, support])
    expect(prices.priceOf({ ...call, occurredAt: 10 * DAY })).toBe(listed)
    expect(prices.priceOf(call)).toBe(ours)
    expect(prices.priceOf({ ...call, agent: 'support' })).toBe(support)
    expect(prices.priceOf({ ...call, agent: 'support', occurredAt: 60 * DAY })).toBe(ours)
  })

  it('is the list price again once the own one has ended', () => {
    const listed = price({})
    const ours = own({ validFrom: 0 })
    const ended = own({ validFrom: 80 * DAY, rates: null })
    const prices = book([listed], [ours, ended])
    expect(prices.priceOf({ ...call, occurredAt: 79 * DAY })).toBe(ours)
    expect(prices.priceOf(call)).toBe(listed)
  })

  it('is the own one for a model of one’s own, and for a dated name that has one', () => {
    const custom = own({ provider: 'Homemade', model: 'Llama at home', validFrom: 0 })
    const dated = own({ model: 'gpt-5-2026-05-01', validFrom: 0 })
    const prices = book([price({})], [custom, dated])
    expect(prices.priceOf({ ...call, provider: 'Homemade', model: 'Llama at home' })).toBe(custom)
    expect(prices.priceOf({ ...call, model: 'gpt-5-2026-05-01' })).toBe(dated)
    expect(prices.nameOf({ provider: 'openai', model: 'gpt-5-2026-05-01' }).model).toBe(
      'gpt-5-2026-05-01',
    )
  })
})
