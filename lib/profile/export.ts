import { requirePerson } from '@/lib/access/person'
import { toAuditEvent } from '@/lib/audit/queries'
import type { Context } from '@/lib/context'
import { listPreferences } from '@/lib/notifications/preferences'
import { getProfile, listOwnOrganizations, type OwnOrganization } from '@/lib/profile/queries'
import { listSessions } from '@/lib/profile/sessions'
import { twoFactorState } from '@/lib/two-factor/state'

const BATCH = 1000

/**
 * Everything that is kept about the caller, in every organization of theirs, as chunks of one JSON
 * document; memory stays flat. No secret is in it: none is kept in a readable form.
 * @throws DomainError forbidden, before anything is produced
 */
export async function exportMyData(ctx: Context): Promise<AsyncIterable<string>> {
  const { userId } = requirePerson(ctx.principal)
  const [profile, organizations, sessions, twoFactor, preferences] = await Promise.all([
    getProfile(ctx),
    listOwnOrganizations(ctx),
    listSessions(ctx),
    twoFactorState(ctx),
    listPreferences(ctx),
  ])
  const { displayName, email, emailVerified, avatarId, createdAt, hasPassword } = profile
  const head = {
    exportedAt: time(ctx.now),
    profile: {
      userId,
      displayName,
      email,
      emailVerified,
      avatarId,
      hasPassword,
      createdAt: time(createdAt),
    },
    memberships: organizations.map(({ memberSince, ...organization }) => ({
      ...organization,
      memberSince: memberSince.toISOString(),
    })),
    sessions: sessions.map((session) => ({
      ...session,
      createdAt: time(session.createdAt),
      lastSeenAt: time(session.lastSeenAt),
      expiresAt: time(session.expiresAt),
    })),
    twoFactor,
    notificationPreferences: {
      timeZone: preferences.timeZone,
      kinds: preferences.kinds.map(({ kind, inApp, email }) => ({ kind, inApp, email })),
    },
  }
  return document(ctx, userId, organizations, head)
}

const time = (epochMs: number) => new Date(epochMs).toISOString()

async function* document(
  ctx: Context,
  userId: string,
  organizations: readonly OwnOrganization[],
  head: object,
): AsyncGenerator<string> {
  yield JSON.stringify(head, null, 2).replace(/\n\}$/, '')
  yield* list('tokens', organizations, (organization) => ownTokens(ctx, userId, organization))
  yield* list('auditEvents', organizations, (organization) =>
    ownAuditEvents(ctx, userId, organization),
  )
  yield* list('notifications', [null], () => ownNotifications(ctx, userId))
  yield '\n}\n'
}

/** One more member of the document: an array of what each organization holds; null for what none does. */
async function* list<Place extends OwnOrganization | null>(
  name: string,
  places: readonly Place[],
  rowsOf: (place: Place) => AsyncIterable<object>,
): AsyncGenerator<string> {
  yield `,\n  "${name}": [`
  let separator = '\n    '
  for (const place of places) {
    const belongs = place === null ? {} : { organization: place.slug }
    for await (const row of rowsOf(place)) {
      yield separator + JSON.stringify({ ...belongs, ...row })
      separator = ',\n    '
    }
  }
  yield '\n  ]'
}

/** By name, so that a column added later (a digest, say) is not exported unseen. */
async function* ownTokens(
  ctx: Context,
  userId: string,
  organization: OwnOrganization,
): AsyncGenerator<object> {
  const { rows } = await ctx.db.pool.query<object>(
    `SELECT id, name, display_prefix AS "displayPrefix", last4, scopes, created_at AS "createdAt",
            expires_at AS "expiresAt", revoked_at AS "revokedAt", last_used_at AS "lastUsedAt",
            last_used_ip AS "lastUsedIp"
     FROM tokens WHERE organization_id = $1 AND owner_user_id = $2 ORDER BY created_at, id`,
    [organization.id, userId],
  )
  yield* rows
}

/** What the person did, oldest first. */
async function* ownAuditEvents(
  ctx: Context,
  userId: string,
  organization: OwnOrganization,
): AsyncGenerator<object> {
  let after = 0
  for (;;) {
    const { rows } = await ctx.db.pool.query<Parameters<typeof toAuditEvent>[0]>(
      `SELECT organization_id AS "organizationId", seq, id, at_ms AS "atMs", payload,
              encode(hash, 'hex') AS hash
       FROM audit.event WHERE organization_id = $1 AND actor_id = $2 AND seq > $3
       ORDER BY seq LIMIT ${BATCH}`,
      [organization.id, userId, after],
    )
    const events = rows.map(toAuditEvent)
    const last = events.at(-1)
    if (!last) return
    after = last.seq
    for (const { createdAt, organizationId: _, ...event } of events) {
      yield { ...event, at: time(createdAt) }
    }
  }
}

/** What the person was told, oldest first. */
async function* ownNotifications(ctx: Context, userId: string): AsyncGenerator<object> {
  let after: string | null = null
  for (;;) {
    const page: { rows: { id: string }[] } = await ctx.db.pool.query(
      `SELECT n.id, o.slug AS organization, n.kind, n.facts, n.reason, n.in_app AS "inApp",
              n.email::text AS email, n.created_at AS "createdAt", n.read_at AS "readAt"
       FROM notifications n LEFT JOIN organizations o ON o.id = n.organization_id
       WHERE n.user_id = $1 AND ($2::uuid IS NULL OR n.id > $2) ORDER BY n.id LIMIT ${BATCH}`,
      [userId, after],
    )
    const last = page.rows.at(-1)
    if (!last) return
    after = last.id
    yield* page.rows
  }
}
