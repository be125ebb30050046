import { requirePerson } from '@/lib/access/person'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { notify } from '@/lib/notifications/notify'

const TESTS_AN_HOUR = 5

/**
 * Sends the caller a notification by the way of all others, to their inbox and their address.
 * @throws DomainError forbidden | throttled `too_many_tests`
 */
export async function sendTest(ctx: Context): Promise<void> {
  const { userId } = requirePerson(ctx.principal)
  await sqlTransaction(ctx.db.pool, async (client) => {
    // Holds the person, so that requests at once are counted one after the other.
    await client.query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId])
    const { rows } = await client.query<{ sent: number; seconds: number }>(
      `SELECT count(*)::int AS sent,
         ceil(extract(epoch FROM min(created_at) + interval '1 hour' - now()))::int AS seconds
       FROM notifications
       WHERE user_id = $1 AND kind = 'test' AND created_at > now() - interval '1 hour'`,
      [userId],
    )
    if ((rows[0]?.sent ?? 0) >= TESTS_AN_HOUR) throw tooMany(rows[0]?.seconds ?? 0)
    await notify(client, ctx.crypto.emailLinks, {
      kind: 'test',
      facts: {},
      organizationId: null,
      recipients: [{ userId, reason: 'ASKED' }],
      idempotencyKey: `test/${newId()}`,
    })
  })
}

function tooMany(seconds: number): DomainError {
  const message = `You sent ${TESTS_AN_HOUR} tests within an hour. Look into the inbox and the spam folder of your address, or try again later.`
  return new DomainError('throttled', 'too_many_tests', message, { retryAfterSeconds: seconds })
}
