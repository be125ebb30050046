import { describe, expect, it } from 'vitest'
import {
  NO_FILTERS,
  type PriceFilters,
  priceFilterParams,
  priceFilterQuery,
  pricePredicate,
  readPriceFilters,
} from './price-filters'

const FILTERS: PriceFilters = {
  search: 'gpt & co',
  providers: ['openai', 'a,b'],
  cached: true,
  own: true,
  sort: { id: 'cacheRead', desc: true },
}

describe('what the price table shows', () => {
  it('comes out of the address as it went in', () => {
    for (const filters of [FILTERS, NO_FILTERS]) {
      expect(readPriceFilters(priceFilterParams(filters))).toEqual(filters)
      const query = new URLSearchParams(priceFilterQuery(filters))
      const params = Object.fromEntries([...query.keys()].map((key) => [key, query.getAll(key)]))
      expect(readPriceFilters(params)).toEqual(filters)
    }
    expect(priceFilterQuery(NO_FILTERS)).toBe('')
  })

  it('leaves out what an address cannot mean', () => {
    const filters = readPriceFilters({ sort: '-secret', q: 'x'.repeat(900), cached: 'yes' })
    expect(filters).toEqual({ ...NO_FILTERS, search: 'x'.repeat(200) })
  })

  it('is what passes every filter', () => {
    const row = {
      haystack: 'openai\nopenai\ngpt-4o\ngpt 4o',
      provider: 'openai',
      own: false,
      rates: { rates: { input: 1, cacheRead: 1 } },
    }
    const passes = (filters: Partial<PriceFilters>) =>
      pricePredicate({ ...NO_FILTERS, ...filters })(row)
    expect(passes({ search: ' 4O  openai ' })).toBe(true)
    expect(passes({ search: 'claude' })).toBe(false)
    expect(passes({ providers: ['anthropic', 'openai'] })).toBe(true)
    expect(passes({ providers: ['anthropic'] })).toBe(false)
    expect(passes({ cached: true })).toBe(true)
    expect(passes({ own: true })).toBe(false)
  })
})
