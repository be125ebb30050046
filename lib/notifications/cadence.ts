import type pg from 'pg'
import type { EmailCadence } from '@/lib/notifications/kind'
import type { NotificationKind, Preference } from '@/lib/notifications/model'

type Client = Pick<pg.PoolClient, 'query'>

/** Writes what a person chose for a kind. In a transaction. */
export async function setPreference(
  client: Client,
  userId: string,
  kind: NotificationKind,
  { inApp, email }: Preference,
): Promise<void> {
  await client.query(
    `INSERT INTO notification_preferences (user_id, kind, in_app, email)
     VALUES ($1, $2, $3, $4::email_cadence)
     ON CONFLICT (user_id, kind) DO UPDATE SET in_app = excluded.in_app, email = excluded.email`,
    [userId, kind, inApp, email],
  )
  await leaveOutOfDigest(client, userId, [kind], email)
}

/** What still waits for a digest goes in none, once its kind is not wanted by e-mail. */
async function leaveOutOfDigest(
  client: Client,
  userId: string,
  kinds: readonly NotificationKind[],
  email: EmailCadence,
): Promise<void> {
  if (email !== 'OFF') return
  await client.query(
    `UPDATE notifications SET email = 'OFF'
     WHERE user_id = $1 AND kind = ANY($2) AND email = 'DAILY' AND email_id IS NULL`,
    [userId, kinds],
  )
}
