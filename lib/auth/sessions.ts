import type pg from 'pg'
import type { Role } from '@/lib/access/roles'
import { newOpaqueSecret, opaqueSecretHash } from '@/lib/auth/opaque-secret'
import type { OrganizationContext } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { newId } from '@/lib/ids'

export const SESSION_MAX_DAYS = 30
const SESSION_IDLE_DAYS = 14

export interface SessionMembership {
  role: Role
  logoId: string | null
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
  /** The database's clock when it answered: the one clock that all times here were read from. */
  now: number
  /** By organization name. Empty for a person who has been removed everywhere. */
  memberships: SessionMembership[]
}

interface NewSession {
  userId: string
  ip: string | null
  userAgent: string | null
}

/**
 * Makes a session; the sign-in itself counts as a proof of identity.
 * @returns the value for the cookie, which is stored nowhere, and the id of the record
 */
export async function createSession(
  db: Database,
  input: NewSession,
): Promise<{ sessionSecret: string; sessionId: string }> {
  const session = await insertSession(db, input, null)
  if (!session) throw new RangeError(`There is no user ${input.userId}.`)
  return session
}

/**
 * The same for somebody whose password was just checked, or null where it is another one by now: who
 * changes a password must not leave behind a session that the old one opens at the same moment.
 */
export async function createSessionByPassword(
  db: Database,
  input: NewSession & { passwordHash: string },
): Promise<{ sessionSecret: string; sessionId: string } | null> {
  return insertSession(db, input, input.passwordHash)
}

async function insertSession(
  db: Database,
  input: NewSession,
  passwordHash: string | null,
): Promise<{ sessionSecret: string; sessionId: string } | null> {
  const sessionSecret = newOpaqueSecret()
  const sessionId = newId()
  // The lock waits for a change of the password that is under way, and makes a later one wait.
  const { rowCount } = await db.pool.query(
    `INSERT INTO sessions (id, secret_hash, user_id, expires_at, ip, user_agent)
     SELECT $1, $2, id, now() + make_interval(days => $4), $5, $6 FROM users
     WHERE id = $3 AND ($7::text IS NULL OR password_hash = $7) FOR SHARE`,
    [
      sessionId,
      opaqueSecretHash(sessionSecret),
      input.userId,
      SESSION_MAX_DAYS,
      input.ip,
      input.userAgent?.slice(0, 512) ?? null,
      passwordHash,
    ],
  )
  return rowCount === 1 ? { sessionSecret, sessionId } : null
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
  now: Date
  touch_due: boolean
  role: Role | null
  logo_id: string | null
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
        now() AS now, s.last_seen_at <= now() - interval '1 minute' AS touch_due,
        m.role, o.logo_id, o.id AS organization_id, o.slug, o.name,
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
    now: first.now.getTime(),
    memberships: rows.flatMap((row) => (row.role ? [membershipOf(row, row.role)] : [])),
  }
}

function membershipOf(row: SessionRow, role: Role): SessionMembership {
  return {
    role,
    logoId: row.logo_id,
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
    `UPDATE sessions s SET reauthenticated_at = now() WHERE s.id = $1 AND ${SESSION_IS_GOOD}
     RETURNING s.reauthenticated_at AS at`,
    [sessionId],
  )
  return rows[0]?.at.getTime() ?? null
}

/** Ends the session behind a cookie value. Unknown and ended ones are left as they are. */
export async function revokeSession(db: Database, sessionSecret: string): Promise<void> {
  await db.pool.query(
    'UPDATE sessions SET revoked_at = now() WHERE secret_hash = $1 AND revoked_at IS NULL',
    [opaqueSecretHash(sessionSecret)],
  )
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
