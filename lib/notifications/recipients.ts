import type pg from 'pg'
import type { NotificationKind, NotificationReason, Preference } from '@/lib/notifications/model'

export interface Recipient {
  userId: string
  reason: NotificationReason
}

/** Somebody who is told, with what their notice and their e-mail need. */
export interface Person {
  userId: string
  reason: NotificationReason
  email: string
  timeZone: string
  chosen: Preference | null
  organizationName: string | null
  organizationSlug: string | null
  organizationWebsite: string | null
  logoId: string | null
}

/** One row for each recipient who still is somebody. */
export async function readPeople(
  client: Pick<pg.PoolClient, 'query'>,
  {
    kind,
    organizationId,
    recipients,
  }: {
    kind: NotificationKind
    organizationId: string | null
    recipients: readonly Recipient[]
  },
): Promise<Person[]> {
  const { rows } = await client.query<Omit<Person, 'reason' | 'chosen'> & ChosenColumns>(
    `SELECT u.id AS "userId", u.email, u.time_zone AS "timeZone", p.in_app AS "inApp",
       p.email::text AS cadence, o.name AS "organizationName", o.website AS "organizationWebsite",
       o.logo_id AS "logoId", coalesce(o.slug, own.slug) AS "organizationSlug"
     FROM users u
     LEFT JOIN notification_preferences p ON p.user_id = u.id AND p.kind = $2
     LEFT JOIN organizations o ON o.id = $3
     LEFT JOIN LATERAL (
       SELECT mine.slug FROM memberships m JOIN organizations mine ON mine.id = m.organization_id
       WHERE $3::uuid IS NULL AND m.user_id = u.id ORDER BY m.created_at, mine.id LIMIT 1
     ) own ON true
     WHERE u.id = ANY($1::uuid[])`,
    [recipients.map(({ userId }) => userId), kind, organizationId],
  )
  const reasons = new Map(recipients.map(({ userId, reason }) => [userId, reason]))
  return rows.map(({ inApp, cadence, ...row }) => ({
    ...row,
    reason: reasons.get(row.userId) ?? 'ACCOUNT',
    chosen: inApp === null || cadence === null ? null : { inApp, email: cadence },
  }))
}

interface ChosenColumns {
  inApp: boolean | null
  cadence: Preference['email'] | null
}
