import { readFileSync } from 'node:fs'
import type { NameMatch } from '@/lib/model-pricing/name-match'
import type { ModelRates } from '@/lib/model-pricing/rates'

/** A provider of models, as the catalogue knows it. */
export interface CatalogueProvider {
  id: string
  name: string
  /** Other names that events call it by. */
  match?: NameMatch
  /** Whose models it also serves, at their prices. */
  alsoServes?: readonly string[]
}

/** A price of the catalogue from a day on. */
export interface CataloguePrice {
  provider: string
  model: string
  name: string
  match: NameMatch
  contextWindow: number | null
  /** ISO date, UTC; null = from the beginning. */
  validFrom: string | null
  rates: ModelRates
}

/** List prices, made by `npm run prices:import` and committed. */
export interface Catalogue {
  /** Package and version that it was made from. */
  source: string
  providers: readonly CatalogueProvider[]
  /** Where several models match a name, the first of them is meant. */
  prices: readonly CataloguePrice[]
}

/** As it was committed; the process runs in the folder of the installation. */
export function readCatalogue(): Catalogue {
  return JSON.parse(readFileSync(CATALOGUE_PATH, 'utf8'))
}

let names: ReadonlyMap<string, string> | undefined

/** What people call a provider: "Anthropic", or the id as it is where the catalogue has none of it. */
export function listedProviderName(id: string): string {
  names ??= new Map(readCatalogue().providers.map((provider) => [provider.id, provider.name]))
  return names.get(id) ?? id
}

export const CATALOGUE_PATH = 'lib/model-pricing/catalogue.json'
