import { calcPrice, type Usage } from '@pydantic/genai-prices'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CataloguePrice, readCatalogue } from '@/lib/model-pricing/catalogue'
import { ListPrices, PriceBook } from '@/lib/model-pricing/price-book'
import { costOf } from '@/lib/model-pricing/rates'

const catalogue = readCatalogue()
const listed = new ListPrices(
  catalogue.providers,
  catalogue.prices.map((price, seq) => ({
    ...price,
    id: String(seq),
    seq,
    organizationId: null,
    agent: null,
    validFrom: price.validFrom === null ? Number.NEGATIVE_INFINITY : Date.parse(price.validFrom),
    source: catalogue.source,
  })),
)
const book = new PriceBook(listed, [])

/** Where the package counts windows of the day too early, and says so itself: nothing to compare with. */
const comparable = catalogue.prices.filter(
  ({ provider, model }) =>
    !catalogue.prices.some(
      (other) =>
        other.provider === provider &&
        other.model === model &&
        other.validFrom !== null &&
        other.rates.windows,
    ),
)

/** The same call, asked of the package; dollars. */
function askPackage({ provider, model }: CataloguePrice, usage: Usage, at: number) {
  return calcPrice(usage, model, { providerId: provider, timestamp: new Date(at) })
}

describe('the catalogue', () => {
  it('has a price that can be told apart for each model and day', () => {
    const keys = catalogue.prices.map(({ provider, model, validFrom }) =>
      JSON.stringify([provider, model, validFrom]),
    )
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.length).toBeGreaterThan(1000)
  })

  it('charges what the package charges that it comes from, but exactly', () => {
    const anyCall = fc.record({
      price: fc.constantFrom(...comparable),
      at: fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2026, 11, 1) }),
      input: fc.nat({ max: 400_000 }),
      cacheRead: fc.nat({ max: 400_000 }),
      output: fc.nat({ max: 100_000 }),
    })
    let compared = 0
    fc.assert(
      fc.property(anyCall, ({ price, at, input, cacheRead, output }) => {
        const theirs = askPackage(
          price,
          {
            input_tokens: input + cacheRead,
            cache_read_tokens: cacheRead,
            output_tokens: output,
          },
          at,
        )
        // Some names are those of several models: of the one found, whichever it is, there is one price.
        if (theirs?.model.id !== price.model || theirs.provider.id !== price.provider) return
        const found = book.priceOf({
          provider: price.provider,
          model: price.model,
          agent: '',
          occurredAt: at,
        })
        const tokens = {
          input,
          cacheRead,
          cacheWrite: 0,
          cacheWrite1h: 0,
          inputAudio: 0,
          output,
          reasoning: 0,
          outputAudio: 0,
        }
        const ours = found && costOf(tokens, found.rates, at)
        // A kind that it has no rate for costs nothing there, and is unknown here.
        if (!ours) return
        compared += 1
        const dollars = Number(ours.input + ours.output) / 1e9
        expect(Math.abs(dollars - theirs.total_price)).toBeLessThan(1e-6)
      }),
      { numRuns: 3000 },
    )
    expect(compared).toBeGreaterThan(1500)
  })
})
