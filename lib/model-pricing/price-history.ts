import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import { factsOf, type ListedPrice, momentOf } from '@/lib/model-pricing/listed-price'
import type { ModelPrice } from '@/lib/model-pricing/price'
import type { PriceBook } from '@/lib/model-pricing/price-book'
import type { PriceBooks } from '@/lib/model-pricing/price-books'
import { authorizePriceReading } from '@/lib/model-pricing/price-list'
import type { ModelRates } from '@/lib/model-pricing/rates'
import type { Page, PageRequest } from '@/lib/paging'
import { clampPageSize } from '@/lib/tokens/queries'

/** One dated row of a model's prices, as it stands in the history. */
export interface PriceHistoryRow extends Omit<ListedPrice, 'rates' | 'since' | 'changesAt'> {
  id: string
  /** Null: the organization's own price ended, and the list price counts again. */
  rates: ModelRates | null
  /** Null: from the beginning. */
  validFrom: number | null
  /**
   * Whether its rates count now, did before, or will: a row that was corrected on its own first day never did,
   * and is past too. Where the organization has its own price, that and the list price below it both stand.
   */
  state: 'standing' | 'past' | 'future'
  /** Other names that are meant: null for the model's own only. */
  match: ModelPrice['match']
}

/**
 * Every price that the model ever had or will have, own and listed, newest first. Any name by which calls may
 * tell the model will do.
 * @throws DomainError forbidden | not-found where nobody ever said what the model costs
 */
export async function priceHistory(
  ctx: Context,
  prices: PriceBooks,
  told: { provider: string; model: string },
): Promise<PriceHistoryRow[]> {
  authorizePriceReading(ctx)
  const book = await prices.of(ctx.db, ctx.organization.id)
  const exact = book.rowsOf(told)
  const rows = exact.length > 0 ? exact : book.rowsOf(book.nameOf(told))
  if (rows.length === 0) throw notFound()
  return rows.map((row) => toHistoryRow(book, rows, row, ctx.now))
}

/**
 * The same by pages.
 * @throws DomainError forbidden | not-found | invalid at /query/pageToken
 */
export async function priceHistoryPage(
  ctx: Context,
  prices: PriceBooks,
  { pageSize, pageToken, ...told }: { provider: string; model: string } & PageRequest,
): Promise<Page<PriceHistoryRow>> {
  const rows = await priceHistory(ctx, prices, told)
  const list = ['price history', ctx.organization.id, told.provider, told.model]
  const cursor = ctx.crypto.pageTokens.open(list, pageToken)
  const first = cursor ? rows.findIndex(({ id }) => id === cursor[0]) + 1 : 0
  const end = first + clampPageSize(pageSize)
  const last = rows[end - 1]
  return {
    items: rows.slice(first, end),
    nextPageToken: last && end < rows.length ? ctx.crypto.pageTokens.seal(list, [last.id]) : '',
    totalCount: rows.length,
  }
}

function toHistoryRow(
  book: PriceBook,
  rows: readonly ModelPrice[],
  row: ModelPrice,
  now: number,
): PriceHistoryRow {
  const standing = rows.find(
    (other) =>
      other.organizationId === row.organizationId &&
      other.agent === row.agent &&
      other.validFrom <= now,
  )
  const begun = row === standing ? 'standing' : 'past'
  return {
    ...factsOf(book, row),
    id: row.id,
    validFrom: momentOf(row),
    state: row.validFrom > now ? 'future' : begun,
    match: row.match,
  }
}
