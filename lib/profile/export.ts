import { toAuditEvent } from '@/lib/audit/queries'
import type { Context } from '@/lib/context'
import { requirePerson } from '@/lib/profile/person'
import { getProfile, listOwnOrganizations, type OwnOrganization } from '@/lib/profile/queries'
import { listSessions } from '@/lib/profile/sessions'

const BATCH = 1000

/**
 * Everything that is kept about the caller, in every organization of theirs, as chunks of one JSON
 * document; memory stays flat. No secret is in it: none is kept in a readable form.
 * @throws DomainError forbidden, before anything is produced
 */
export async function exportMyData(ctx: Context): Promise<AsyncIterable<string>> {
  const { userId } = requirePerson(ctx.principal)
  const [profile, organizations, sessions] = await Promise.all([
    getProfile(ctx),
    listOwnOrganizations(ctx),
    listSessions(ctx),
  ])
  const { displayName, email, avatarId, createdAt, hasPassword } = profile
  const head = {
    exportedAt: time(ctx.now),
    profile: { userId, displayName, email, avatarId, hasPassword, createdAt: time(createdAt) },
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
  yield '\n}\n'
}

/** One more member of the document: an array of what each organization holds. */
async function* list(
  name: string,
  organizations: readonly OwnOrganization[],
  rowsOf: (organization: OwnOrganization) => AsyncIterable<object>,
): AsyncGenerator<string> {
  yield `,\n  "${name}": [`
  let separator = '\n    '
  for (const organization of organizations) {
    for await (const row of rowsOf(organization)) {
      yield separator + JSON.stringify({ organization: organization.slug, ...row })
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
