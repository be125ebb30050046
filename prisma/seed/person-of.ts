import type pg from 'pg'
import type { Actor } from '@/lib/access/principal'

/** Somebody of the demo, as the audit trail names them. */
export async function personOf(client: pg.PoolClient, email: string): Promise<Actor> {
  const { rows } = await client.query<{ id: string; label: string }>(
    'SELECT id, display_name AS label FROM users WHERE email = $1',
    [email],
  )
  const [person] = rows
  if (!person) throw new Error(`Nobody in the demo has the address ${email}.`)
  return { type: 'USER', ...person, tokenId: null }
}
