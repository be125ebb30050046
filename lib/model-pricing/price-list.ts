import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import { factsOf, type ListedPrice, momentOf } from '@/lib/model-pricing/listed-price'
import type { StandingPrice } from '@/lib/model-pricing/price'
import type { PriceBook } from '@/lib/model-pricing/price-book'
import type { PriceBooks } from '@/lib/model-pricing/price-books'
import type { Page, PageRequest } from '@/lib/paging'
import { clampPageSize } from '@/lib/tokens/queries'

export interface PriceListRequest {
  /** The moment whose prices are wanted; now unless told. */
  at?: number | undefined
  /** Its id, in any case. */
  provider?: string | undefined
  /** Words of the provider, the model or its name, all of them, in any case. */
  search?: string | undefined
}

/** @throws DomainError forbidden for people without prices:read, and programs without llm_providers:read */
export function authorizePriceReading({ principal }: Context): void {
  authorize(principal, principal.kind === 'user' ? 'prices:read' : 'llm_providers:read')
}

/**
 * Every model that has a price at the moment, by provider and model: the organization's own price where it has
 * one, which the row says, else the list price. Programs need llm_providers:read, people prices:read.
 * @throws DomainError forbidden
 */
export async function listModelPrices(
  ctx: Context,
  prices: PriceBooks,
  request: PriceListRequest = {},
): Promise<ListedPrice[]> {
  authorizePriceReading(ctx)
  return priceList(await prices.of(ctx.db, ctx.organization.id), {
    ...request,
    at: request.at ?? ctx.now,
  })
}

/**
 * The same by pages. All pages tell the prices of one moment, also where the first was asked for without one.
 * @throws DomainError forbidden | invalid at /query/pageToken
 */
export async function listModelPricePage(
  ctx: Context,
  prices: PriceBooks,
  request: PriceListRequest & PageRequest = {},
): Promise<Page<ListedPrice>> {
  authorizePriceReading(ctx)
  const { pageSize, pageToken, at, provider, search } = request
  const list = ['model prices', ctx.organization.id, at ?? null, provider ?? '', search ?? '']
  const cursor = ctx.crypto.pageTokens.open(list, pageToken)
  const moment = cursor ? Number(cursor[0]) : (at ?? ctx.now)
  const book = await prices.of(ctx.db, ctx.organization.id)
  const all = priceList(book, { at: moment, provider, search })
  const after = cursor ? placeOf({ provider: cursor[1], model: cursor[2], agent: cursor[3] }) : null
  const rest = after ? all.filter((price) => compare(placeOf(price), after) > 0) : all
  const size = clampPageSize(pageSize)
  const items = rest.slice(0, size)
  const last = rest.length > size ? items.at(-1) : undefined
  return {
    items,
    nextPageToken: last ? ctx.crypto.pageTokens.seal(list, [moment, ...placeOf(last)]) : '',
    totalCount: all.length,
  }
}

/** The list of a book, for a caller that has authorized. */
export function priceList(
  book: PriceBook,
  { at, provider, search = '' }: PriceListRequest & { at: number },
): ListedPrice[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return book
    .standing(at)
    .filter((price) => provider === undefined || sameText(price.provider, provider))
    .map((price) => toListedPrice(book, price, at))
    .filter((price) => words.every((word) => searchedText(price).includes(word)))
    .sort((one, other) => compare(placeOf(one), placeOf(other)))
}

function toListedPrice(book: PriceBook, price: StandingPrice, at: number): ListedPrice {
  const { rates, ...facts } = factsOf(book, price)
  return {
    ...facts,
    rates: price.rates,
    since: momentOf(price),
    changesAt: nextChange(book, price, at),
  }
}

/** Of the rows that would take its place: an own price stands above all that happens to the list price. */
function nextChange(book: PriceBook, price: StandingPrice, at: number): number | null {
  const moments = book
    .rowsOf(price)
    .filter(
      ({ agent, organizationId, validFrom }) =>
        validFrom > at &&
        agent === price.agent &&
        (price.organizationId === null || organizationId !== null),
    )
    .map(({ validFrom }) => validFrom)
  return moments.length > 0 ? Math.min(...moments) : null
}

type Place = readonly [provider: string, model: string, agent: string]

function placeOf(price: { provider: unknown; model: unknown; agent: unknown }): Place {
  return [String(price.provider), String(price.model), String(price.agent ?? '')]
}

/** By code units: the same in every process, which page tokens rely on. */
function compare(one: Place, other: Place): number {
  for (const [index, part] of one.entries()) {
    const theirs = other[index] ?? ''
    if (part !== theirs) return part < theirs ? -1 : 1
  }
  return 0
}

function sameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function searchedText({ provider, providerName, model, name }: ListedPrice): string {
  return `${provider}\n${providerName}\n${model}\n${name}`.toLowerCase()
}
