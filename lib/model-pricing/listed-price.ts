import type { ModelPrice } from '@/lib/model-pricing/price'
import type { PriceBook } from '@/lib/model-pricing/price-book'
import type { ModelRates } from '@/lib/model-pricing/rates'

/** The price of a model at a moment, for one organization. Times are epoch ms. */
export interface ListedPrice {
  provider: string
  providerName: string
  model: string
  /** Only calls of this agent cost that; null = all others. */
  agent: string | null
  name: string
  contextWindow: number | null
  rates: ModelRates
  /** The organization's own; else the list price. */
  own: boolean
  /** Null: from the beginning. */
  since: number | null
  /** When another price is known to follow. */
  changesAt: number | null
  source: string
}

/** What a row says of the model, whenever it stands. */
export function factsOf(book: PriceBook, price: ModelPrice) {
  const { provider, model, agent, name, contextWindow, source, rates } = price
  return {
    provider,
    providerName: book.providerName(provider),
    model,
    agent,
    name,
    contextWindow,
    rates,
    own: price.organizationId !== null,
    source,
  }
}

/** Epoch ms; null for what was always so. */
export function momentOf({ validFrom }: ModelPrice): number | null {
  return Number.isFinite(validFrom) ? validFrom : null
}
