import type pg from 'pg'

/**
 * Runs `work` in one transaction on one connection: commits its result, rolls back on any error.
 * A connection that fails while rolling back is thrown away, not given back to the pool.
 */
export async function sqlTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.release(broken)
  }
}
