import type { ListedPrice } from '@/lib/model-pricing/listed-price'
import type { ModelRates, Rate } from '@/lib/model-pricing/rates'

/**
 * The wire form of the price list. Fifteen hundred prices as objects are some 600 kB of page; as rows of
 * numbers, with all that most of them lack at the end, they are a fifth of that.
 */
export interface PackedPrices {
  /** Id and name. */
  providers: (readonly [id: string, name: string])[]
  rows: PackedPrice[]
}

type PackedPrice = readonly [
  /** Its place among the providers. */
  provider: number,
  model: string,
  /** Empty: as the model. */
  name: string,
  /** 0: unknown. */
  contextWindow: number,
  /** Pico-USD a token; -1: none of its own. */
  input: number,
  cacheRead: number,
  cacheWrite: number,
  output: number,
  rare?: Rare,
]

/** What few prices have. */
interface Rare {
  /** Where there is more to say than four numbers. */
  rates?: ModelRates
  since?: number
  changesAt?: number
  own?: true
  agent?: string
}

/** One line of the table. */
export interface PriceRow {
  /** In addresses. */
  key: string
  provider: string
  providerName: string
  model: string
  name: string
  agent: string | null
  contextWindow: number | null
  rates: ModelRates
  own: boolean
  since: number | null
  changesAt: number | null
  /** Lower case: everything that the search box looks at. */
  haystack: string
}

const PLAIN_KINDS = ['input', 'cacheRead', 'cacheWrite', 'output'] as const
const NO_RATE = -1
const NO_RATES = [NO_RATE, NO_RATE, NO_RATE, NO_RATE] as const

/** Packs prices for the page, in the order given. */
export function packPrices(prices: readonly ListedPrice[]): PackedPrices {
  const providers = new Map<string, { place: number; name: string }>()
  const rows = prices.map((price): PackedPrice => {
    const known = providers.get(price.provider)
    const place = known?.place ?? providers.size
    if (!known) providers.set(price.provider, { place, name: price.providerName })
    const plain = plainRates(price.rates)
    const facts = [
      place,
      price.model,
      price.name === price.model ? '' : price.name,
      price.contextWindow ?? 0,
      ...(plain ?? NO_RATES),
    ] as const
    const rare = rareFacts(price, plain === null)
    return rare ? [...facts, rare] : facts
  })
  return { providers: [...providers].map(([id, { name }]) => [id, name] as const), rows }
}

type FourRates = readonly [number, number, number, number]

/** Null where four numbers do not say it all. */
function plainRates({ rates, windows = [] }: ModelRates): FourRates | null {
  const kinds: readonly string[] = PLAIN_KINDS
  const plain = Object.entries(rates).every(
    ([kind, rate]) => kinds.includes(kind) && typeof rate === 'number',
  )
  if (!plain || windows.length > 0) return null
  const numberOf = (rate: Rate | undefined) => (typeof rate === 'number' ? rate : NO_RATE)
  return [
    numberOf(rates.input),
    numberOf(rates.cacheRead),
    numberOf(rates.cacheWrite),
    numberOf(rates.output),
  ]
}

function rareFacts({ rates, since, changesAt, own, agent }: ListedPrice, withRates: boolean) {
  const rare: Rare = {
    ...(withRates && { rates }),
    ...(since !== null && { since }),
    ...(changesAt !== null && { changesAt }),
    ...(own && { own }),
    ...(agent !== null && { agent }),
  }
  return Object.keys(rare).length > 0 ? rare : null
}

/** Unpacks what `packPrices` packed. */
export function unpackPrices({ providers, rows }: PackedPrices): PriceRow[] {
  return rows.map((row) => {
    const [place, model, packedName, contextWindow, ...rest] = row
    const [provider, providerName] = providers[place] ?? ['', '']
    const name = packedName || model
    const rare = row[8] ?? {}
    const agent = rare.agent ?? null
    return {
      key: priceKey({ provider, model, agent }),
      provider,
      providerName,
      model,
      name,
      agent,
      contextWindow: contextWindow || null,
      rates: rare.rates ?? { rates: ratesOf(rest) },
      own: rare.own ?? false,
      since: rare.since ?? null,
      changesAt: rare.changesAt ?? null,
      haystack: searchedText({ provider, providerName, model, name, agent }),
    }
  })
}

/** What the search box looks into. */
export function searchedText(
  price: Pick<PriceRow, 'provider' | 'providerName' | 'model' | 'name' | 'agent'>,
): string {
  const { provider, providerName, model, name, agent } = price
  return `${provider}\n${providerName}\n${model}\n${name}\n${agent ?? ''}`.toLowerCase()
}

function ratesOf(numbers: readonly unknown[]): ModelRates['rates'] {
  return Object.fromEntries(
    PLAIN_KINDS.map((kind, index) => [kind, numbers[index]]).filter(([, rate]) => rate !== NO_RATE),
  )
}

/** How addresses name a price. */
export function priceKey({
  provider,
  model,
  agent,
}: Pick<PriceRow, 'provider' | 'model' | 'agent'>): string {
  return agent === null ? `${provider}/${model}` : `${provider}/${model}@${agent}`
}
