import { request } from 'node:http'
import { expect } from 'vitest'
import type { World } from '@/e2e/api/support/world'

/** Neither the sessions of other databases of the server count, nor jobs of this one that look at runs meanwhile. */
const WAITING_TO_BEGIN = `
  SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid)
  WHERE NOT granted AND relation = 'execution.run'::regclass AND datname = current_database()
    AND query LIKE '%INSERT INTO execution.run%'`

interface LeftCall {
  path: string
  secret: string
  body: unknown
  headers?: Record<string, string>
}

/**
 * Sends a call that begins a run of an agent, and hangs up before the run can begin: its table is locked until the
 * server has heard that the caller is gone.
 */
export async function callAndLeave(world: World, call: LeftCall): Promise<void> {
  const client = await world.pool.connect()
  try {
    await client.query('BEGIN')
    await client.query('LOCK TABLE execution.run IN ACCESS EXCLUSIVE MODE')
    const sent = request(`${world.product.url}${call.path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${call.secret}`,
        'content-type': 'application/json',
        connection: 'close',
        ...call.headers,
      },
    })
    const gone = new Promise((resolve) => sent.on('error', resolve))
    sent.end(JSON.stringify(call.body))
    const waiting = async () => (await world.pool.query(WAITING_TO_BEGIN)).rowCount
    await expect.poll(waiting).toBe(1)
    sent.destroy(new Error('I left.'))
    await gone
    // The server has heard of it once it has answered somebody who came later.
    expect((await fetch(`${world.product.url}/healthz`)).status).toBe(200)
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}
