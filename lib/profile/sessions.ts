import { requirePerson } from '@/lib/access/person'
import { deviceWords } from '@/lib/auth/device'
import { revokeAllSessions, SESSION_IS_GOOD } from '@/lib/auth/sessions'
import type { Context } from '@/lib/context'
import type { SignInMethod } from '@/lib/db/generated/enums'
import { notFound } from '@/lib/errors'
import { networkWords } from '@/lib/profile/network'
import type { SessionChoice } from '@/lib/profile/schema'

export interface OwnSession {
  id: string
  /** "Chrome on macOS". */
  device: string
  ip: string | null
  /** "This machine", "Private network"; null for an address that anybody may have. */
  network: string | null
  /** OIDC is the company's identity provider. */
  signInMethod: SignInMethod
  /** Epoch ms; `lastSeenAt` is written at most once a minute. */
  createdAt: number
  lastSeenAt: number
  expiresAt: number
  /** The one that asks. */
  current: boolean
}

interface SessionRow {
  id: string
  userAgent: string | null
  ip: string | null
  signInMethod: SignInMethod
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
}

/** Where the caller is signed in now, this session first. @throws DomainError forbidden */
export async function listSessions(ctx: Context): Promise<OwnSession[]> {
  const { userId, sessionId } = requirePerson(ctx.principal)
  const { rows } = await ctx.db.pool.query<SessionRow>(
    `SELECT s.id, s.user_agent AS "userAgent", s.ip, s.sign_in_method::text AS "signInMethod", s.created_at AS "createdAt",
            s.last_seen_at AS "lastSeenAt", s.expires_at AS "expiresAt"
     FROM sessions s WHERE s.user_id = $1 AND ${SESSION_IS_GOOD}
     ORDER BY s.id = $2 DESC, s.last_seen_at DESC, s.id DESC`,
    [userId, sessionId],
  )
  return rows.map(({ userAgent, ...row }) => ({
    id: row.id,
    device: deviceWords(userAgent),
    ip: row.ip,
    network: networkWords(row.ip),
    signInMethod: row.signInMethod,
    createdAt: row.createdAt.getTime(),
    lastSeenAt: row.lastSeenAt.getTime(),
    expiresAt: row.expiresAt.getTime(),
    current: row.id === sessionId,
  }))
}

/**
 * Signs the caller out in one place, at its next request.
 * @throws DomainError forbidden | not-found for one that has ended or is somebody else's
 */
export async function revokeSession(ctx: Context, input: SessionChoice): Promise<void> {
  const { userId } = requirePerson(ctx.principal)
  const { rowCount } = await ctx.db.pool.query(
    'UPDATE sessions SET revoked_at = now() WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL',
    [input.sessionId, userId],
  )
  if (rowCount === 0) throw notFound()
}

/** Signs the caller out everywhere but here. @throws DomainError forbidden */
export async function revokeOtherSessions(ctx: Context): Promise<void> {
  const { userId, sessionId } = requirePerson(ctx.principal)
  await revokeAllSessions(ctx.db, { userId, exceptSessionId: sessionId })
}
