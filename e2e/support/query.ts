import { Client, type QueryResultRow } from 'pg'
import type { Product } from '@/e2e/support/product'

/** Rows straight from the product's database: to look behind a page, or to move a clock in it. */
export async function queryProduct<Row extends QueryResultRow>(
  product: Product,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: product.databaseUrl })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}
