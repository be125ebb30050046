import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readCatalogue } from '@/lib/model-pricing/catalogue'
import type { ListedPrice } from '@/lib/model-pricing/listed-price'
import { packPrices, unpackPrices } from './price-rows'

const LISTED: ListedPrice[] = readCatalogue().prices.map((price) => ({
  ...price,
  providerName: `Name of ${price.provider}`,
  agent: null,
  own: false,
  since: price.validFrom === null ? null : Date.parse(price.validFrom),
  changesAt: null,
  source: 'Test',
}))

function again(prices: readonly ListedPrice[]) {
  return unpackPrices(packPrices(prices)).map(({ key: _, haystack: _text, ...row }) => row)
}

describe('prices on their way to the page', () => {
  it('arrive as they were, those with tiers, times of the day and prices a call too', () => {
    const own = { own: true, agent: 'support', changesAt: 5, since: 0, contextWindow: null }
    const prices = [...LISTED, ...LISTED.slice(0, 3).map((price) => ({ ...price, ...own }))]
    expect(again(prices)).toEqual(
      prices.map(({ provider, providerName, model, name, agent, contextWindow, ...price }) => ({
        provider,
        providerName,
        model,
        name,
        agent,
        contextWindow,
        rates: price.rates,
        own: price.own,
        since: price.since,
        changesAt: price.changesAt,
      })),
    )
  })

  it('are light', () => {
    const bytes = gzipSync(JSON.stringify(packPrices(LISTED))).byteLength
    expect(bytes).toBeLessThan(40_000)
  })

  it('have keys of their own', () => {
    const keys = unpackPrices(packPrices(LISTED)).map(({ key }) => key)
    const names = LISTED.map(({ provider, model }) => JSON.stringify([provider, model]))
    expect(new Set(keys).size).toBe(new Set(names).size)
  })
})
