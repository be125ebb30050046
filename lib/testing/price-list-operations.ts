import { PriceBooks } from '@/lib/model-pricing/price-books'
import { priceHistory, priceHistoryPage } from '@/lib/model-pricing/price-history'
import { listModelPricePage, listModelPrices } from '@/lib/model-pricing/price-list'
import type { Operation } from '@/lib/testing/operation'

const prices = new PriceBooks({ providers: [] })
const unknown = { provider: 'homemade', model: 'llama at home' }

/** What models cost. */
export const PRICE_LIST_OPERATIONS: Record<string, Operation> = {
  listModelPrices: { on: 'organization', isRead: true, run: (ctx) => listModelPrices(ctx, prices) },
  listModelPricePage: {
    on: 'organization',
    isRead: true,
    run: (ctx) => listModelPricePage(ctx, prices),
  },
  priceHistory: {
    on: 'organization',
    isRead: true,
    run: (ctx) => priceHistory(ctx, prices, unknown),
  },
  priceHistoryPage: {
    on: 'organization',
    isRead: true,
    run: (ctx) => priceHistoryPage(ctx, prices, unknown),
  },
}
