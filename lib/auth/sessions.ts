import type pg from 'pg'
import type { Role } from '@/lib/access/roles'
import { newOpaqueSecret, opaqueSecretHash } from '@/lib/auth/opaque-secret'
import type { OrganizationContext } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import type { SignInMethod } from '@/lib/db/generated/enums'
import { hasSecondFactor } from '@/lib/db/second-factors'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import { newId } from '@/lib/ids'

export const SESSION_MAX_DAYS = 30
const SESSION_IDLE_DAYS = 14

export interface SessionMembership {
  role: Role
  logoId: string | null
  /** The organization shows nothing to members without a second factor. */
  twoFactorRequired: boolean
  organization: OrganizationContext
}

/** A session that is good now, with everything a request needs to know about the person. */
export interface ActiveSession {
  id: string
  userId: string
  email: string
  displayName: string
  avatarId: string | null
  /** Epoch ms, as are all times here. */
  createdAt: number
  reauthenticatedAt: number
  signInMethod: SignInMethod
  /** An authenticator app or a passkey is set up. */
  hasSecondFactor: boolean
  /** The database's clock when it answered: the one clock that all times here were read from. */
  now: number
  /** By organization name. Empty for a person who has been removed everywhere. */
  memberships: SessionMembership[]
}

interface NewSession {
  userId: string
  ip: string | null
  userAgent: string | null
  /** PASSWORD unless told. */
  method?: SignInMethod
}

/**
 * Makes a session, in the caller's transaction where there is one; the sign-in itself counts as a proof of
 * identity.
 * @returns the value for the cookie, which is stored nowhere, and the id of the record
 */
export async function createSession(
  db: { pool: Pick<pg.Pool | pg.PoolClient, 'query'> },
  input: NewSession,
): Promise<{ sessionSecret: string; sessionId: string }> {
  const sessionSecret = newOpaqueSecret()
  const sessionId = newId()
  await db.pool.query(
    `INSERT INTO sessions (id, secret_hash, user_id, expires_at, ip, user_agent, sign_in_method,
       reauthenticated_at)
     VALUES ($1, $2, $3, now() + make_interval(days => $4), $5, $6, $7::sign_in_method, ${THIS_MOMENT})`,
    [
      sessionId,
      opaqueSecretHash(sessionSecret),
      input.userId,
      SESSION_MAX_DAYS,
      input.ip,
      input.userAgent?.slice(0, 512) ?? null,
      input.method ?? 'PASSWORD',
    ],
  )
  return { sessionSecret, sessionId }
}

/** The conditions under which a session is good; `s` is the sessions row. */
export const SESSION_IS_GOOD = `s.revoked_at IS NULL AND s.expires_at > now()
  AND s.last_seen_at > now() - make_interval(days => ${SESSION_IDLE_DAYS})`

interface SessionRow {
  id: string
  user_id: string
  email: string
  display_name: string
  avatar_id: string | null
  created_at: Date
  reauthenticated_at: Date
  sign_in_method: SignInMethod
  has_second_factor: boolean
  now: Date
  touch_due: boolean
  role: Role | null
  logo_id: string | null
  two_factor_required: boolean
  organization_id: string
  slug: string
  name: string
  max_lifetime_days: number | null
  expiry_required: boolean
  bearer_minting: boolean
}

/**
 * The session behind a cookie value, or null when it is unknown, revoked, expired, idle for too long,
 * or its person is gone. Read from the database at each request, so revoking takes effect at once.
 */
export async function resolveSession(
  db: Database,
  sessionSecret: string,
): Promise<ActiveSession | null> {
  const { rows } = await db.pool.query<SessionRow>({
    name: 'resolve-session',
    text: `SELECT s.id, s.user_id, u.email, u.display_name, u.avatar_id, s.created_at, s.reauthenticated_at,
        s.sign_in_method, ${hasSecondFactor('u.id')} AS has_second_factor,
        now() AS now, s.last_seen_at <= now() - interval '1 minute' AS touch_due,
        m.role, o.logo_id, o.two_factor_required, o.id AS organization_id, o.slug, o.name,
        o.token_max_lifetime_days AS max_lifetime_days,
        o.token_expiry_required AS expiry_required,
        o.token_bearer_minting AS bearer_minting
      FROM sessions s
      JOIN users u ON u.id = s.user_id
      LEFT JOIN memberships m ON m.user_id = u.id
      LEFT JOIN organizations o ON o.id = m.organization_id
      WHERE s.secret_hash = $1 AND ${SESSION_IS_GOOD}
      ORDER BY lower(o.name), o.id`,
    values: [opaqueSecretHash(sessionSecret)],
  })
  const first = rows[0]
  if (!first) return null
  if (first.touch_due) await touchSession(db, first.id)
  return {
    id: first.id,
    userId: first.user_id,
    email: first.email,
    displayName: first.display_name,
    avatarId: first.avatar_id,
    createdAt: first.created_at.getTime(),
    reauthenticatedAt: first.reauthenticated_at.getTime(),
    signInMethod: first.sign_in_method,
    hasSecondFactor: first.has_second_factor,
    now: first.now.getTime(),
    memberships: rows.flatMap((row) => (row.role ? [membershipOf(row, row.role)] : [])),
  }
}

function membershipOf(row: SessionRow, role: Role): SessionMembership {
  return {
    role,
    logoId: row.logo_id,
    twoFactorRequired: row.two_factor_required,
    organization: {
      id: row.organization_id,
      slug: row.slug,
      name: row.name,
      policy: {
        maxLifetimeDays: row.max_lifetime_days,
        expiryRequired: row.expiry_required,
        bearerMinting: row.bearer_minting,
      },
    },
  }
}

/**
 * Whether an organization shows this session nothing yet: it requires a second factor, the person has none,
 * and the sign-in was not by something that is as good (a passkey, or the company's own sign-in, which has
 * a policy of its own). Tokens are another credential with a policy of their own: they go on working.
 */
export function lacksSecondFactor(session: ActiveSession, organizationId: string): boolean {
  if (session.hasSecondFactor || session.signInMethod !== 'PASSWORD') return false
  return session.memberships.some(
    ({ organization, twoFactorRequired }) =>
      twoFactorRequired && organization.id === organizationId,
  )
}

/** Writes "seen now", at most once a minute however many requests arrive together. */
async function touchSession(db: Database, sessionId: string): Promise<void> {
  await db.pool.query(
    `UPDATE sessions SET last_seen_at = now()
     WHERE id = $1 AND last_seen_at <= now() - interval '1 minute'`,
    [sessionId],
  )
}

/**
 * Records a fresh proof of identity, by the database's clock.
 * @returns epoch ms of the proof, or null when the session is no longer good
 */
export async function reauthenticateSession(
  db: Database,
  sessionId: string,
): Promise<number | null> {
  const { rows } = await db.pool.query<{ at: Date }>(
    `UPDATE sessions s SET reauthenticated_at = ${THIS_MOMENT} WHERE s.id = $1 AND ${SESSION_IS_GOOD}
     RETURNING s.reauthenticated_at AS at`,
    [sessionId],
  )
  return rows[0]?.at.getTime() ?? null
}

/**
 * Ends the session behind a cookie value, in the caller's transaction.
 * @returns whose it was, or null where it was none, or over already
 */
export async function revokeSession(
  client: Pick<pg.PoolClient, 'query'>,
  sessionSecret: string,
): Promise<{ userId: string; displayName: string } | null> {
  const { rows } = await client.query<{ userId: string; displayName: string }>(
    `UPDATE sessions s SET revoked_at = now() FROM users u
     WHERE s.secret_hash = $1 AND u.id = s.user_id AND ${SESSION_IS_GOOD}
     RETURNING u.id AS "userId", u.display_name AS "displayName"`,
    [opaqueSecretHash(sessionSecret)],
  )
  return rows[0] ?? null
}

/**
 * Ends every session of a person, as a change of password must, there in the caller's transaction.
 * @param exceptSessionId a session that stays, such as the one that asked
 * @returns how many were ended
 */
export async function revokeAllSessions(
  db: { pool: Pick<pg.Pool | pg.PoolClient, 'query'> },
  input: { userId: string; exceptSessionId?: string },
): Promise<number> {
  const { rowCount } = await db.pool.query(
    `UPDATE sessions SET revoked_at = now()
     WHERE user_id = $1 AND revoked_at IS NULL AND id IS DISTINCT FROM $2::uuid`,
    [input.userId, input.exceptSessionId ?? null],
  )
  return rowCount ?? 0
}
