import type { PriceRow } from './price-rows'

/** What the price table shows and in which order; isomorphic, because the address holds it. */

export const SORTABLE = [
  'model',
  'input',
  'cacheRead',
  'cacheWrite',
  'output',
  'context',
  'since',
] as const
export type SortableColumn = (typeof SORTABLE)[number]

export interface PriceFilters {
  search: string
  /** Ids; none: all. */
  providers: string[]
  /** Only models with a rate of their own for what is read from a cache. */
  cached: boolean
  /** Only the organization's own prices. */
  own: boolean
  /** Null: by provider and model. */
  sort: { id: SortableColumn; desc: boolean } | null
}

export const NO_FILTERS: PriceFilters = {
  search: '',
  providers: [],
  cached: false,
  own: false,
  sort: null,
}

type Params = Record<string, string | string[] | undefined>

const SEARCH_MAX = 200
const PROVIDERS_MAX = 100

const all = (params: Params, name: string): string[] => [params[name] ?? []].flat()
const one = (params: Params, name: string): string => all(params, name)[0] ?? ''

/** From the address; what is not understood is left out. */
export function readPriceFilters(params: Params): PriceFilters {
  const sort = one(params, 'sort')
  const column = SORTABLE.find((id) => id === sort.replace(/^-/, ''))
  return {
    search: one(params, 'q').slice(0, SEARCH_MAX),
    providers: all(params, 'provider').filter(Boolean).slice(0, PROVIDERS_MAX),
    cached: one(params, 'cached') === '1',
    own: one(params, 'own') === '1',
    sort: column ? { id: column, desc: sort.startsWith('-') } : null,
  }
}

export function priceFilterParams(filters: PriceFilters): Record<string, string | string[]> {
  const { search, providers, cached, own, sort } = filters
  return {
    q: search,
    provider: providers,
    cached: cached ? '1' : '',
    own: own ? '1' : '',
    sort: sort ? `${sort.desc ? '-' : ''}${sort.id}` : '',
  }
}

/** The same as a query string, without what is not set. */
export function priceFilterQuery(filters: PriceFilters): string {
  const entries = Object.entries(priceFilterParams(filters)).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  )
  return new URLSearchParams(entries.filter(([, value]) => value !== '')).toString()
}

/** Something besides the order narrows the list. */
export function isNarrowed({ search, providers, cached, own }: PriceFilters): boolean {
  return search.trim() !== '' || providers.length > 0 || cached || own
}

type Searched = Pick<PriceRow, 'haystack' | 'provider' | 'rates' | 'own'>

/** Compiled once a change, then asked of each row. */
export function pricePredicate(filters: PriceFilters): (row: Searched) => boolean {
  const words = filters.search.toLowerCase().split(/\s+/).filter(Boolean)
  const providers = new Set(filters.providers)
  return (row) =>
    (providers.size === 0 || providers.has(row.provider)) &&
    (!filters.own || row.own) &&
    (!filters.cached || row.rates.rates.cacheRead !== undefined) &&
    words.every((word) => row.haystack.includes(word))
}
