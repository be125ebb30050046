import { requirePerson } from '@/lib/access/person'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, invalid, notFound } from '@/lib/errors'
import { isTimeZone } from '@/lib/local-date'
import { setPreference } from '@/lib/notifications/cadence'
import {
  type EmailCadence,
  NOTIFICATION_GROUPS,
  type NotificationGroup,
} from '@/lib/notifications/kind'
import {
  DIGEST_HOUR,
  decided,
  NOTIFICATION_KINDS,
  type NotificationKind,
  type Preference,
} from '@/lib/notifications/model'

export interface KindPreference extends Preference {
  kind: NotificationKind
  label: string
  /** When it is sent. */
  description: string
  group: NotificationGroup
  /** Why it cannot be switched off; null where it can. */
  locked: string | null
}

export interface Preferences {
  /** IANA name. */
  timeZone: string
  /** Of the day, in that time zone. */
  digestHour: number
  /** In the order of the groups. */
  kinds: KindPreference[]
}

/** What the caller is told, and how. @throws DomainError forbidden | not-found */
export async function listPreferences(ctx: Context): Promise<Preferences> {
  const { userId } = requirePerson(ctx.principal)
  const { rows } = await ctx.db.pool.query<{
    timeZone: string
    chosen: Record<string, Preference>
  }>(
    `SELECT u.time_zone AS "timeZone", coalesce((
       SELECT jsonb_object_agg(p.kind, jsonb_build_object('inApp', p.in_app, 'email', p.email))
       FROM notification_preferences p WHERE p.user_id = u.id), '{}') AS chosen
     FROM users u WHERE u.id = $1`,
    [userId],
  )
  const row = rows[0]
  if (!row) throw notFound()
  return {
    timeZone: row.timeZone,
    digestHour: DIGEST_HOUR,
    kinds: configurableKinds().map(({ kind, ...facts }) => ({
      kind,
      ...facts,
      ...decided(kind, row.chosen[kind] ?? null),
    })),
  }
}

function configurableKinds(): Omit<KindPreference, keyof Preference>[] {
  const kinds = Object.keys(NOTIFICATION_KINDS) as NotificationKind[]
  const facts = kinds.flatMap((kind) => {
    const { label, description, group, locked } = NOTIFICATION_KINDS[kind]
    return group === null ? [] : [{ kind, label, description, group, locked }]
  })
  return NOTIFICATION_GROUPS.flatMap((group) => facts.filter((one) => one.group === group))
}

/**
 * How the caller is told of one kind from now on. What waits for a digest and is not wanted by e-mail any
 * more is left out of it.
 * @throws DomainError forbidden | not-found for an unknown kind | conflict `notification_locked`
 */
export async function savePreference(
  ctx: Context,
  input: { kind: NotificationKind; inApp: boolean; email: EmailCadence },
): Promise<void> {
  const { userId } = requirePerson(ctx.principal)
  const { kind, inApp, email } = input
  const { locked, group } = NOTIFICATION_KINDS[kind]
  if (locked !== null || group === null) {
    throw new DomainError(
      'conflict',
      'notification_locked',
      `This notification is always on. ${locked ?? ''}`.trim(),
    )
  }
  await sqlTransaction(ctx.db.pool, (client) =>
    setPreference(client, userId, kind, { inApp, email }),
  )
}

/**
 * The time zone of the caller's digest, and of dates in their e-mails.
 * @throws DomainError forbidden | invalid at /timeZone
 */
export async function saveTimeZone(ctx: Context, input: { timeZone: string }): Promise<void> {
  const { userId } = requirePerson(ctx.principal)
  if (!isTimeZone(input.timeZone)) {
    const detail = 'This time zone is not known. Choose one of the list.'
    throw invalid([{ pointer: '/timeZone', detail }])
  }
  await ctx.db.pool.query(
    'UPDATE users SET time_zone = $2, modified_at = now() WHERE id = $1 AND time_zone <> $2',
    [userId, input.timeZone],
  )
}
