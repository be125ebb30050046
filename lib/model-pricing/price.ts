import type { NameMatch } from '@/lib/model-pricing/name-match'
import type { ModelRates } from '@/lib/model-pricing/rates'

/** One row of prices. Times are epoch ms; -Infinity for what was always so. */
export interface ModelPrice {
  id: string
  /** Of two rows that begin at the same moment the later number counts. */
  seq: number
  /** Null: the catalogue. */
  organizationId: string | null
  provider: string
  model: string
  /** Only calls of this agent; null = all. */
  agent: string | null
  name: string
  /** Other names that are meant; null: the model's own only. */
  match: NameMatch | null
  contextWindow: number | null
  validFrom: number
  /** Null ends an organization's own price: the next wider one counts again. */
  rates: ModelRates | null
  source: string
}

/** A price with rates. */
export type StandingPrice = ModelPrice & { rates: ModelRates }

/** Prices by what they are for, each list newest first. */
export class PriceHistory {
  readonly #byKey = new Map<string, ModelPrice[]>()
  readonly #byModel = new Map<string, ModelPrice[]>()

  constructor(prices: readonly ModelPrice[]) {
    for (const price of [...prices].sort(byNewest)) {
      append(this.#byKey, priceKey(price.provider, price.model, price.agent), price)
      append(this.#byModel, priceKey(price.provider, price.model, null), price)
    }
  }

  /** Whether anything was ever said of it. */
  has(provider: string, model: string, agent: string | null): boolean {
    return this.#byKey.has(priceKey(provider, model, agent))
  }

  /** The newest that had begun by then; null where there is none, and where that one ends the others. */
  standing(
    wanted: { provider: string; model: string; agent: string | null },
    at: number,
  ): StandingPrice | null {
    return standingOf(this.rowsFor(wanted), at)
  }

  /** Everything that was said of exactly this, newest first. */
  rowsFor(wanted: { provider: string; model: string; agent: string | null }) {
    return this.#byKey.get(priceKey(wanted.provider, wanted.model, wanted.agent)) ?? NO_ROWS
  }

  /** All that stand at that moment, one for each provider, model and agent. */
  allStanding(at: number): StandingPrice[] {
    return [...this.#byKey.values()]
      .map((prices) => prices.find(({ validFrom }) => validFrom <= at))
      .filter((price) => price !== undefined)
      .filter(hasRates)
  }

  /** When the next row begins after that moment, epoch ms; Infinity where none does. */
  nextBeginning(at: number): number {
    let next = Number.POSITIVE_INFINITY
    for (const prices of this.#byKey.values()) {
      for (const { validFrom } of prices) {
        // Newest first: what follows began earlier still.
        if (validFrom <= at) break
        next = Math.min(next, validFrom)
      }
    }
    return next
  }

  /** Everything that was ever said of the model, for whatever agent. */
  rowsOf({ provider, model }: { provider: string; model: string }): readonly ModelPrice[] {
    return this.#byModel.get(priceKey(provider, model, null)) ?? []
  }
}

const NO_ROWS: readonly ModelPrice[] = []

/** Of rows that come newest first the one that counts at that moment; null where it ends the others. */
export function standingOf(rows: readonly ModelPrice[], at: number): StandingPrice | null {
  const price = rows.find(({ validFrom }) => validFrom <= at)
  return price && hasRates(price) ? price : null
}

function append(lists: Map<string, ModelPrice[]>, key: string, price: ModelPrice): void {
  const list = lists.get(key)
  if (list) list.push(price)
  else lists.set(key, [price])
}

/**
 * One string for what a price is for; no two have the same, because it begins with the lengths of its parts. Made
 * several times for every event that is counted.
 */
export function priceKey(provider: string, model: string, agent: string | null): string {
  const parts = `${provider.length} ${model.length} ${provider}${model}`
  return agent === null ? parts : `${parts} ${agent}`
}

/** The order of a history: of two rows the one that counts later in time, or was added later, comes first. */
export function byNewest(one: ModelPrice, other: ModelPrice): number {
  // The difference of two infinities is not a number.
  return one.validFrom === other.validFrom ? other.seq - one.seq : other.validFrom - one.validFrom
}

function hasRates(price: ModelPrice): price is StandingPrice {
  return price.rates !== null
}
