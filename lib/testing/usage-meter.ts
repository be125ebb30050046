import { PriceBooks } from '@/lib/model-pricing/price-books'
import type { UsageMeter } from '@/lib/usage/ingest'

/** Counts by the prices of the test's database, and tells nobody. */
export function quietMeter(): UsageMeter {
  return { prices: new PriceBooks({ providers: [] }), signals: { counted: () => undefined } }
}
