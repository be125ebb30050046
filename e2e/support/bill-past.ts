import { Pool } from 'pg'
import type { Product } from '@/e2e/support/product'
import { charge, feeLine } from '@/lib/invoices/invoice-fixture'

const DAY_MS = 86_400_000

/** Bills an organization so many days ago, as if its plan had been chosen then. */
export async function billPast(
  product: Product,
  organizationId: string,
  { daysAgo, cents }: { daysAgo: number; cents: bigint },
): Promise<void> {
  const pool = new Pool({ connectionString: product.databaseUrl, max: 1 })
  const at = Date.now() - daysAgo * DAY_MS
  const midnight = Math.floor(at / DAY_MS) * DAY_MS
  const period = { from: midnight, to: midnight + 30 * DAY_MS }
  try {
    await charge({ pool }, organizationId, [feeLine(cents, period)], { at })
  } finally {
    await pool.end()
  }
}
