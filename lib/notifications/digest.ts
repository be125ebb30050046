import type pg from 'pg'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import type { EmailFacts } from '@/lib/email/model'
import { enqueueEmail } from '@/lib/email/outbox'
import { localDate, localDateTime } from '@/lib/local-date'
import { type DigestMoment, lastDigestMoment } from '@/lib/notifications/digest-moment'
import { type Place, pagePath } from '@/lib/notifications/kind'
import { DIGEST_HOUR, type NotificationKind, whyOf, wordsOf } from '@/lib/notifications/model'
import { EPOCH_MS, knownKinds } from '@/lib/notifications/rows'
import { unsubscribePath } from '@/lib/notifications/unsubscribe-secret'

interface DigestRuntime {
  db: Pick<Database, 'pool'>
  crypto: { emailLinks: EmailLinkSealer }
}

/** A digest is to be read: the inbox has the rest. */
const LISTED = 50

/**
 * Puts the day's digest of everybody whose 8 o'clock has come into the outbox: what was noted before it and
 * still waits. One for each person and local date, whichever process asks and however often; after a
 * downtime one for all that piled up. Nobody gets an empty one.
 * @param now epoch ms
 * @returns how many were made
 * @throws AggregateError after all others, where some could not be made
 */
export async function sendDueDigests(runtime: DigestRuntime, now: number): Promise<number> {
  const { rows } = await runtime.db.pool.query<WaitingPerson>(
    `SELECT n.user_id AS "userId", u.time_zone AS "timeZone", ${EPOCH_MS('min(n.created_at)')} AS oldest
     FROM notifications n JOIN users u ON u.id = n.user_id
     WHERE n.email = 'DAILY' AND n.email_id IS NULL AND n.kind = ANY($1)
     GROUP BY n.user_id, u.time_zone ORDER BY n.user_id`,
    [knownKinds()],
  )
  let made = 0
  const failures: unknown[] = []
  for (const { userId, timeZone, oldest } of rows) {
    const moment = lastDigestMoment(now, timeZone, DIGEST_HOUR)
    if (oldest >= moment.at) continue
    try {
      if (await sendDigest(runtime, userId, moment)) made++
    } catch (error) {
      // One that cannot be made holds up nobody else's; the next run tries it again.
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some digests were not made.')
  return made
}

interface WaitingPerson {
  userId: string
  timeZone: string
  /** Epoch ms of the oldest notice that waits. */
  oldest: number
}

/** False where another process was faster, or today's went out already. */
async function sendDigest(
  { db, crypto }: DigestRuntime,
  userId: string,
  moment: DigestMoment,
): Promise<boolean> {
  return sqlTransaction(db.pool, async (client) => {
    const person = await holdReader(client, userId)
    if (!person) return false
    const idempotencyKey = `digest/${userId}/${moment.date}`
    const known = await client.query('SELECT 1 FROM outgoing_emails WHERE idempotency_key = $1', [
      idempotencyKey,
    ])
    if (known.rowCount !== 0) return false
    const notices = await readWaiting(client, userId, moment)
    if (notices.length === 0) return false
    const emailId = await enqueueEmail(client, crypto.emailLinks, {
      template: 'digest',
      recipient: person.email,
      organizationId: null,
      idempotencyKey,
      facts: factsOf(person, notices, moment),
      linkPath: unsubscribePath(crypto.emailLinks, { userId, what: 'digest' }),
    })
    const ids = notices.map(({ id }) => id)
    await client.query(
      'UPDATE notifications SET email_id = $3 WHERE user_id = $1 AND id = ANY($2::uuid[])',
      [userId, ids, emailId],
    )
    return true
  })
}

interface Reader {
  email: string
  displayName: string
  timeZone: string
  /** Of one of their organizations. */
  organizationSlug: string | null
}

/** Holds the person: of two processes the second finds the digest of the first. */
async function holdReader(client: pg.PoolClient, userId: string): Promise<Reader | null> {
  const { rows } = await client.query<Reader>(
    `SELECT u.email, u.display_name AS "displayName", u.time_zone AS "timeZone",
       (SELECT o.slug FROM memberships m JOIN organizations o ON o.id = m.organization_id
        WHERE m.user_id = u.id ORDER BY m.created_at, o.id LIMIT 1) AS "organizationSlug"
     FROM users u WHERE u.id = $1 FOR NO KEY UPDATE OF u`,
    [userId],
  )
  return rows[0] ?? null
}

interface WaitingNotice {
  id: string
  kind: NotificationKind
  facts: unknown
  reason: string
  organizationName: string | null
  organizationSlug: string | null
  createdAt: number
}

async function readWaiting(
  client: pg.PoolClient,
  userId: string,
  { at }: DigestMoment,
): Promise<WaitingNotice[]> {
  const { rows } = await client.query<WaitingNotice>(
    `SELECT n.id, n.kind, n.facts, n.reason, o.name AS "organizationName",
       o.slug AS "organizationSlug", ${EPOCH_MS('n.created_at')} AS "createdAt"
     FROM notifications n LEFT JOIN organizations o ON o.id = n.organization_id
     WHERE n.user_id = $1 AND n.email = 'DAILY' AND n.email_id IS NULL
       AND n.created_at < to_timestamp($2::float8 / 1000) AND n.kind = ANY($3)
     ORDER BY n.id DESC`,
    [userId, at, knownKinds()],
  )
  return rows
}

function factsOf(
  person: Reader,
  notices: readonly WaitingNotice[],
  moment: DigestMoment,
): EmailFacts['digest'] {
  const { timeZone } = person
  const home: Place = { ...person, organizationName: null }
  return {
    displayName: person.displayName,
    day: localDate(moment.at, timeZone),
    notices: notices.slice(0, LISTED).map((notice) => {
      const { organizationName } = notice
      const organizationSlug = notice.organizationSlug ?? person.organizationSlug
      const place = { organizationName, organizationSlug, timeZone }
      return {
        ...wordsOf(notice.kind, notice.facts, place),
        why: whyOf(notice.reason, organizationName),
        organizationName,
        moment: localDateTime(notice.createdAt, timeZone),
      }
    }),
    more: Math.max(0, notices.length - LISTED),
    inboxPath: pagePath(home, 'notifications'),
    preferencesPath: pagePath(home, 'settings/profile?tab=notifications'),
  }
}
