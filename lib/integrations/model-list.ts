import { dollarsPerMillion } from '@/lib/model-pricing/dollars'
import type { ListedPrice } from '@/lib/model-pricing/listed-price'
import type { PriceBook } from '@/lib/model-pricing/price-book'
import { priceList } from '@/lib/model-pricing/price-list'
import type { Rate } from '@/lib/model-pricing/rates'

/** A model as the tool tells of it. */
export interface ToldModel {
  facts: ReturnType<typeof factsOf>
  /** Where it stands in the list: of two the one with the lesser place comes first. */
  place: string
  /** What is searched, in lower case. */
  text: string
}

interface Kept {
  from: number
  until: number
  models: readonly ToldModel[]
}

/** Goes with its book: a price that is set or ended makes another book. */
const kept = new WeakMap<PriceBook, Kept>()

/**
 * The models that have a price at the moment, by provider and model. Walking the whole list costs more than all else
 * in a call, so what was made of a book is used until its next price begins.
 */
export function modelsNow(book: PriceBook, at: number): readonly ToldModel[] {
  const known = kept.get(book)
  if (known && known.from <= at && at < known.until) return known.models
  const models = priceList(book, { at }).map(
    (price): ToldModel => ({
      facts: factsOf(price),
      place: [price.provider, price.model, price.agent ?? ''].join('\0'),
      text: `${price.provider}\n${price.providerName}\n${price.model}\n${price.name}`.toLowerCase(),
    }),
  )
  models.sort((one, other) => (one.place < other.place ? -1 : 1))
  kept.set(book, { from: at, until: book.nextBeginning(at), models })
  return models
}

function factsOf(price: ListedPrice) {
  const { provider, providerName, model, name, contextWindow, agent, own } = price
  const { rates, windows = [] } = price.rates
  const { input, output, cacheRead, ...further } = rates
  const isTiered = [input, output, cacheRead].some((rate) => typeof rate === 'object')
  return {
    provider,
    providerName,
    model,
    name,
    contextWindow,
    inputUsdPerMillion: dollarsOf(input),
    cachedInputUsdPerMillion: dollarsOf(cacheRead),
    outputUsdPerMillion: dollarsOf(output),
    hasFurtherRates: isTiered || windows.length > 0 || Object.keys(further).length > 0,
    agent,
    own,
  }
}

function dollarsOf(rate: Rate | undefined): string | null {
  if (rate === undefined) return null
  return dollarsPerMillion(typeof rate === 'number' ? rate : rate.base)
}
