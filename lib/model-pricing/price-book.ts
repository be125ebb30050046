import type { CatalogueProvider } from '@/lib/model-pricing/catalogue'
import { matchesName, withDashedDate } from '@/lib/model-pricing/name-match'
import {
  byNewest,
  type ModelPrice,
  PriceHistory,
  priceKey,
  type StandingPrice,
  standingOf,
} from '@/lib/model-pricing/price'

interface Names {
  provider: string
  model: string
}

export interface PricedCall extends Names {
  agent: string
  /** Epoch ms. */
  occurredAt: number
}

/** A model as programs name it, with all that is looked up for each of its calls. */
interface KnownModel {
  /** What its usage is grouped by. */
  names: Names
  /** Newest first, as all rows. */
  own: readonly ModelPrice[]
  listed: readonly (readonly ModelPrice[])[]
}

/** Programs may send any name: what is remembered of them has an end. */
const NAMES_REMEMBERED = 1000

/** The list prices, which are the same for everybody, and the names that they go by. */
export class ListPrices {
  readonly #providers: readonly CatalogueProvider[]
  readonly #history: PriceHistory
  /** Prices with names, by provider, in the order in which the names are tried. */
  readonly #named = new Map<string, ModelPrice[]>()
  /** By id: the provider itself, then those whose models it offers too. */
  readonly #serving: ReadonlyMap<string, readonly string[]>

  constructor(providers: readonly CatalogueProvider[], prices: readonly ModelPrice[]) {
    this.#providers = providers
    this.#history = new PriceHistory(prices)
    this.#serving = new Map(
      providers.map(({ id, alsoServes }) => [id, [id, ...(alsoServes ?? [])]]),
    )
    for (const price of [...prices].sort((one, other) => one.seq - other.seq)) {
      const named = this.#named.get(price.provider)
      if (named) named.push(price)
      else this.#named.set(price.provider, [price])
    }
  }

  /** The list price of the model at that moment, or null. Names are those that `nameOf` gives. */
  priceOf({ provider, model }: Names, at: number): StandingPrice | null {
    return firstStanding(this.rowsServing({ provider, model }), at)
  }

  /** What each provider that serves the model ever asked for it, in the order in which they are tried. */
  rowsServing({ provider, model }: Names): (readonly ModelPrice[])[] {
    return this.#servedBy(provider)
      .map((serving) => this.#history.rowsFor({ provider: serving, model, agent: null }))
      .filter((rows) => rows.length > 0)
  }

  /** All list prices of that moment. */
  standing(at: number): StandingPrice[] {
    return this.#history.allStanding(at)
  }

  /** When the next of them begins, epoch ms; Infinity where none is to come. */
  nextBeginning(at: number): number {
    return this.#history.nextBeginning(at)
  }

  /** Every list price that the model ever had, newest first. */
  rowsOf({ provider, model }: Names): readonly ModelPrice[] {
    for (const serving of this.#servedBy(provider)) {
      const rows = this.#history.rowsOf({ provider: serving, model })
      if (rows.length > 0) return rows
    }
    return []
  }

  /** What people call the provider. */
  providerName(id: string): string {
    return this.#providers.find((provider) => provider.id === id)?.name ?? id
  }

  /** The provider's id, or the word as it was told where nobody is known by it. */
  providerOf(told: string): string {
    const lower = told.toLowerCase().trim()
    const provider =
      this.#providers.find(({ id }) => id === lower) ??
      this.#providers.find(({ match }) => match && matchesName(match, lower))
    return provider?.id ?? told
  }

  /**
   * The names in the catalogue, or as they were told where it knows none. Usage is grouped by them, so that
   * `gpt-5-2026-05-01` and `gpt-5` are one model.
   */
  nameOf(told: Names): Names {
    const provider = this.providerOf(told.provider)
    return { provider, model: this.#modelOf(provider, told.model) ?? told.model }
  }

  #modelOf(provider: string, told: string): string | undefined {
    for (const spelling of new Set([told, withDashedDate(told)])) {
      for (const serving of this.#servedBy(provider)) {
        const price = this.#named
          .get(serving)
          ?.find(({ model, match }) => (match ? matchesName(match, spelling) : model === spelling))
        if (price) return price.model
      }
    }
    return undefined
  }

  #servedBy(provider: string): readonly string[] {
    return this.#serving.get(provider) ?? [provider]
  }
}

function firstStanding(lists: readonly (readonly ModelPrice[])[], at: number) {
  for (const rows of lists) {
    const price = standingOf(rows, at)
    if (price) return price
  }
  return null
}

/**
 * The prices that count for one organization: its own for an agent, else its own, else the list price, each as
 * it stood when the call happened.
 */
export class PriceBook {
  readonly #listed: ListPrices
  readonly #own: PriceHistory
  readonly #hasAgentPrices: boolean
  /** By provider and model, as they were told. */
  readonly #remembered = new Map<string, KnownModel>()

  constructor(listed: ListPrices, own: readonly ModelPrice[]) {
    this.#listed = listed
    this.#hasAgentPrices = own.some(({ agent }) => agent !== null)
    this.#own = new PriceHistory(own)
  }

  /** @returns the price of the call, or null where nobody has said what the model costs */
  priceOf(call: PricedCall): StandingPrice | null {
    const { names, own, listed } = this.#known(call)
    const ofAgent = this.#hasAgentPrices
      ? this.#own.standing({ ...names, agent: call.agent }, call.occurredAt)
      : null
    return ofAgent ?? standingOf(own, call.occurredAt) ?? firstStanding(listed, call.occurredAt)
  }

  /** What usage is grouped by: a name that the organization has given a price to counts as it is written. */
  nameOf(told: Names): Names {
    return this.#known(told).names
  }

  #known(told: Names): KnownModel {
    const key = priceKey(told.provider, told.model, null)
    const known = this.#remembered.get(key)
    if (known) return known
    const provider = this.#listed.providerOf(told.provider)
    const names = this.#own.has(provider, told.model, null)
      ? { provider, model: told.model }
      : this.#listed.nameOf(told)
    const found = {
      names,
      own: this.#own.rowsFor({ ...names, agent: null }),
      listed: this.#listed.rowsServing(names),
    }
    if (this.#remembered.size >= NAMES_REMEMBERED) this.#remembered.clear()
    this.#remembered.set(key, found)
    return found
  }

  /**
   * Every price that stands at that moment: those that the organization has given itself, for all agents or for
   * one, and the list prices of all models that it has given none.
   */
  standing(at: number): StandingPrice[] {
    const own = this.#own.allStanding(at)
    const listed = this.#listed
      .standing(at)
      .filter((price) => this.#own.standing({ ...price, agent: null }, at) === null)
    return [...own, ...listed]
  }

  /** When the next price of any model begins or ends, epoch ms; Infinity where none is known. */
  nextBeginning(at: number): number {
    return Math.min(this.#own.nextBeginning(at), this.#listed.nextBeginning(at))
  }

  /** Every price that the model ever had or will have, own and listed, newest first. */
  rowsOf(names: Names): ModelPrice[] {
    return [...this.#own.rowsOf(names), ...this.#listed.rowsOf(names)].sort(byNewest)
  }

  /** What people call the provider. */
  providerName(id: string): string {
    return this.#listed.providerName(id)
  }
}
