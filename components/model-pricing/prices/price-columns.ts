import { createColumnHelper } from '@tanstack/react-table'
import { baseRate } from '@/components/model-pricing/rate-words'
import type { listFeatures } from '@/components/settings/list-features'
import type { TokenKind } from '@/lib/model-pricing/token-kinds'
import type { PriceRow } from './price-rows'

const column = createColumnHelper<typeof listFeatures, PriceRow>()

function rateColumn<Id extends TokenKind>(id: Id, header: string) {
  return column.accessor((row) => baseRate(row.rates.rates[id]), {
    id,
    header,
    meta: { align: 'right' },
    sortFn: 'basic',
    sortUndefined: 'last',
  })
}

/** The one filter, the whole choice of the toolbar, is set on it. */
export const FILTERED_COLUMN = 'model'

/** Made once: the table compares columns by identity. */
export const PRICE_COLUMNS = column.columns([
  column.accessor((row) => row.model.toLowerCase(), {
    id: 'model',
    header: 'Model',
    sortFn: 'basic',
  }),
  rateColumn('input', 'Input'),
  rateColumn('cacheRead', 'Cache read'),
  rateColumn('cacheWrite', 'Cache write'),
  rateColumn('output', 'Output'),
  column.accessor((row) => row.contextWindow ?? undefined, {
    id: 'context',
    header: 'Context',
    meta: { align: 'right' },
    sortFn: 'basic',
    sortUndefined: 'last',
  }),
  column.accessor((row) => row.since ?? undefined, {
    id: 'since',
    header: 'Since',
    sortFn: 'basic',
    sortUndefined: 'last',
  }),
])
