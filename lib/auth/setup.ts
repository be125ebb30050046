import { systemAuditPayload } from '@/lib/audit/payload'
import { newOpaqueSecret, opaqueSecretHash } from '@/lib/auth/opaque-secret'
import type { SetupInput } from '@/lib/auth/schema'
import { strongPasswordHash } from '@/lib/auth/strong-password'
import type { Database } from '@/lib/db/database'
import { DomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'

const SETUP_LINK_HOURS = 24

export type SetupLinkState = 'usable' | 'ended' | 'finished'

/** True while there is no organization yet: the installation waits for its first admin. */
export async function isEmptyInstallation(db: Database): Promise<boolean> {
  const { rows } = await db.pool.query<{ empty: boolean }>(
    'SELECT NOT EXISTS (SELECT 1 FROM organizations) AS empty',
  )
  return rows[0]?.empty ?? false
}

/**
 * A one-time secret for `/setup?link=…`, good for 24 hours, or null once an organization exists.
 * Earlier links stay good until they end by themselves: of several processes that start together each
 * prints its own.
 */
export async function createSetupLink(db: Database): Promise<string | null> {
  if (!(await isEmptyInstallation(db))) return null
  const secret = newOpaqueSecret()
  await db.pool.query('DELETE FROM setup_links WHERE expires_at <= now()')
  await db.pool.query(
    `INSERT INTO setup_links (secret_hash, expires_at)
     VALUES ($1, now() + make_interval(hours => $2))`,
    [opaqueSecretHash(secret), SETUP_LINK_HOURS],
  )
  return secret
}

/** What the page says before anything is typed. 'ended' covers unknown, used and expired alike. */
export async function setupLinkState(db: Database, secret: string): Promise<SetupLinkState> {
  if (!(await isEmptyInstallation(db))) return 'finished'
  const { rows } = await db.pool.query<{ usable: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM setup_links
       WHERE secret_hash = $1 AND used_at IS NULL AND expires_at > now()) AS usable`,
    [opaqueSecretHash(secret)],
  )
  return rows[0]?.usable ? 'usable' : 'ended'
}

function refusal(state: Exclude<SetupLinkState, 'usable'>): DomainError {
  return state === 'finished'
    ? new DomainError('conflict', 'setup_finished', 'This installation is already set up. Sign in.')
    : new DomainError(
        'conflict',
        'setup_link_ended',
        'This link was used or has expired. Restart the server to get a new one.',
      )
}

/**
 * Makes the first organization and its admin, exactly once: of any number of racing calls, with one link
 * or several, one succeeds.
 * @throws DomainError conflict `setup_finished` | `setup_link_ended` | invalid `password_weak`
 */
export async function completeSetup({ db, ...input }: { db: Database } & SetupInput): Promise<{
  organizationId: string
  slug: string
  userId: string
}> {
  const state = await setupLinkState(db, input.secret)
  // Before the expensive hash: a stranger without a link costs one query.
  if (state !== 'usable') throw refusal(state)
  const { displayName, email, organizationName } = input
  const words = { displayName, email, organizationNames: [organizationName] }
  const passwordHash = await strongPasswordHash(input.password, words, '/password')
  const [organizationId, userId] = [newId(), newId()]
  await db.prisma.$transaction(async (tx) => {
    // Nobody else can add an organization until this ends, so "there is none" stays true.
    await tx.$executeRaw`LOCK TABLE organizations IN SHARE ROW EXCLUSIVE MODE`
    if ((await tx.organization.count()) > 0) throw refusal('finished')
    const used = await tx.$executeRaw`
      UPDATE setup_links SET used_at = now()
      WHERE secret_hash = ${opaqueSecretHash(input.secret)} AND used_at IS NULL AND expires_at > now()`
    if (used !== 1) throw refusal('ended')
    await tx.organization.create({
      data: { id: organizationId, slug: input.slug, name: organizationName },
    })
    await tx.user.create({
      data: { id: userId, email, displayName, passwordHash },
    })
    await tx.membership.create({ data: { organizationId, userId, role: 'ADMIN' } })
    const payload = systemAuditPayload(
      { id: newId(), channel: 'dashboard', ip: null, userAgent: null },
      {
        eventType: 'ORGANIZATION_CREATED',
        target: {
          type: 'organization',
          id: organizationId,
          label: organizationName,
          familyId: null,
        },
        details: { slug: input.slug },
      },
      { type: 'USER', id: userId, label: displayName, tokenId: null },
    )
    await tx.$queryRaw`SELECT audit.append(${organizationId}::uuid, ${newId()}::uuid, ${payload})`
  })
  return { organizationId, slug: input.slug, userId }
}
