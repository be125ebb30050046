import type pg from 'pg'
import { authorize } from '@/lib/access/authorize'
import type { UserPrincipal } from '@/lib/access/principal'
import type { Role } from '@/lib/access/roles'
import { opaqueSecretHash } from '@/lib/auth/opaque-secret'
import {
  buildContext,
  type Context,
  type InstallationKeys,
  type OrganizationContext,
  type RequestFacts,
} from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { issueDeviceToken } from '@/lib/device-authorization/device-token'
import { type Grant, lockedGrant } from '@/lib/device-authorization/grants'
import { POLL_INTERVAL_MAX_SECONDS } from '@/lib/device-authorization/model'
import { DomainError, isDomainError, notFound } from '@/lib/errors'
import { requireWithinCeiling, requireWithinPolicy } from '@/lib/tokens/authority'
import type { TokenSummary } from '@/lib/tokens/model'

export type PollOutcome =
  | { state: 'pending'; intervalSeconds: number; expiresAt: number }
  | {
      state: 'signed-in'
      /** Minted at this moment; in no other answer, and stored nowhere. */
      secret: string
      token: TokenSummary
      organization: OrganizationContext
    }

interface PollDoor {
  db: Database
  crypto: InstallationKeys
  request: RequestFacts
}

interface Look {
  decided: boolean
  intervalSeconds: number
  tooFast: boolean
  expiresAt: number
  expired: boolean
}

/** A network delays one look and not the next. */
const TOLERANCE_SECONDS = 1

/**
 * A device asks what became of its grant. Once it was approved the token is minted, with the power and the policy of
 * that moment, and handed over once; a device that was signed in before by the same person gets its token replaced.
 * @throws DomainError not-found | throttled `slow_down`, and each such answer makes the wait 5 seconds longer |
 *   gone `device_grant_expired`, `device_grant_used`, `device_grant_denied`
 */
export async function pollDeviceAuthorization(
  door: PollDoor,
  deviceCode: string,
): Promise<PollOutcome> {
  const { rows } = await door.db.pool.query<Look>(
    `WITH before AS (
       SELECT id, last_polled_at > clock_timestamp() - make_interval(secs => interval_seconds - $2) AS early
       FROM device_authorizations WHERE device_code_hash = $1 FOR UPDATE)
     UPDATE device_authorizations g
     SET last_polled_at = clock_timestamp(),
       interval_seconds = CASE WHEN before.early AND g.decision IS NULL
         THEN least(g.interval_seconds + 5, $3) ELSE g.interval_seconds END
     FROM before WHERE g.id = before.id
     RETURNING g.decision IS NOT NULL AS decided, g.interval_seconds AS "intervalSeconds",
       coalesce(before.early, false) AS "tooFast", g.expires_at <= clock_timestamp() AS expired,
       (extract(epoch FROM g.expires_at) * 1000)::float8 AS "expiresAt"`,
    [opaqueSecretHash(deviceCode), TOLERANCE_SECONDS, POLL_INTERVAL_MAX_SECONDS],
  )
  const look = rows[0]
  if (!look) throw notFound()
  if (look.decided) {
    return sqlTransaction(door.db.pool, (client) => redeem(client, door, deviceCode))
  }
  if (look.expired) throw expired()
  const { intervalSeconds, expiresAt } = look
  if (!look.tooFast) return { state: 'pending', intervalSeconds, expiresAt }
  throw new DomainError(
    'throttled',
    'slow_down',
    `Nobody has decided yet. Wait ${intervalSeconds} seconds between two looks.`,
    { retryAfterSeconds: intervalSeconds },
  )
}

/** Under the lock of the grant: of any number of looks one gets the secret. */
async function redeem(
  client: pg.PoolClient,
  door: PollDoor,
  deviceCode: string,
): Promise<PollOutcome> {
  const grant = await lockedGrant(client, deviceCode)
  if (!grant) throw notFound()
  if (grant.decision === 'DENIED') throw denied('Somebody turned this sign-in away.')
  if (grant.consumedAt !== null) {
    throw new DomainError('gone', 'device_grant_used', 'This sign-in was completed before.')
  }
  if (grant.expiresAt <= grant.now) throw expired()
  const ctx = await contextOfApproval(client, door, grant)
  requireStillAllowed(ctx, grant)
  await client.query(
    'UPDATE device_authorizations SET consumed_at = clock_timestamp() WHERE id = $1',
    [grant.id],
  )
  const { secret, summary } = await issueDeviceToken(client, ctx, grant)
  return { state: 'signed-in', secret, token: summary, organization: ctx.organization }
}

interface ApprovalRow extends OrganizationContext {
  displayName: string
  email: string
  role: Role
  maxLifetimeDays: number | null
  expiryRequired: boolean
  bearerMinting: boolean
}

/** Whoever approved, as they stand now: it is their token, and they minted it. */
async function contextOfApproval(
  client: pg.PoolClient,
  door: PollDoor,
  grant: Grant,
): Promise<Context<UserPrincipal>> {
  const { rows } = await client.query<ApprovalRow>(
    `SELECT o.id, o.slug, o.name, u.display_name AS "displayName", u.email, m.role::text AS role,
       o.token_max_lifetime_days AS "maxLifetimeDays", o.token_expiry_required AS "expiryRequired",
       o.token_bearer_minting AS "bearerMinting"
     FROM memberships m JOIN users u ON u.id = m.user_id JOIN organizations o ON o.id = m.organization_id
     WHERE m.organization_id = $1 AND m.user_id = $2`,
    [grant.organizationId, grant.userId],
  )
  const row = rows[0]
  if (!row || grant.userId === null) throw notAllowedAnyMore()
  const { displayName, email, role, maxLifetimeDays, expiryRequired, bearerMinting } = row
  return buildContext<UserPrincipal>({
    principal: {
      kind: 'user',
      userId: grant.userId,
      // The approval stands for the session that it was given in.
      sessionId: grant.id,
      displayName,
      email,
      role,
      reauthenticatedAt: grant.decidedAt ?? 0,
    },
    organization: {
      id: row.id,
      slug: row.slug,
      name: row.name,
      policy: { maxLifetimeDays, expiryRequired, bearerMinting },
    },
    db: door.db,
    crypto: door.crypto,
    now: grant.now,
    request: door.request,
  })
}

/** Role and policy may have changed since the approval. */
function requireStillAllowed(ctx: Context, grant: Grant): void {
  try {
    authorize(ctx.principal, 'keys:write')
    requireWithinCeiling(ctx.principal, grant.scopes)
    requireWithinPolicy(grant.tokenExpiresAt, ctx.now, ctx.organization.policy)
  } catch (error) {
    if (isDomainError(error)) throw notAllowedAnyMore()
    throw error
  }
}

function expired(): DomainError {
  const message = 'The code has expired: sign-ins wait for 10 minutes. Start again.'
  return new DomainError('gone', 'device_grant_expired', message)
}

function denied(message: string): DomainError {
  return new DomainError('gone', 'device_grant_denied', message)
}

function notAllowedAnyMore(): DomainError {
  return denied('Whoever approved this may no longer hand that much on: start again.')
}
