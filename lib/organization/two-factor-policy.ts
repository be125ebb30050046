import type pg from 'pg'
import { requireRecentAuthentication } from '@/lib/access/authorize'
import { requirePerson } from '@/lib/access/person'
import type { UserPrincipal } from '@/lib/access/principal'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { hasSecondFactor } from '@/lib/db/second-factors'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, notFound } from '@/lib/errors'
import { authorizeOrganizationChange, organizationTarget } from '@/lib/organization/change'

export interface TwoFactorPolicy {
  /** Members without a second factor see nothing but the page where they set one up. */
  required: boolean
  members: number
  /** How many of them have neither an authenticator app nor a passkey. */
  withoutSecondFactor: number
}

type Client = Pick<pg.PoolClient, 'query'>

/** The policy, and whom it concerns. @throws DomainError forbidden */
export async function getTwoFactorPolicy(ctx: Context): Promise<TwoFactorPolicy> {
  authorizePolicyPerson(ctx)
  const { rows } = await ctx.db.pool.query<{ required: boolean }>(
    'SELECT two_factor_required AS required FROM organizations WHERE id = $1',
    [ctx.organization.id],
  )
  if (!rows[0]) throw notFound()
  return { required: rows[0].required, ...(await countMembers(ctx.db.pool, ctx.organization.id)) }
}

/**
 * Requires a second factor of every member, or no longer does; it bites at the next request of each. Who
 * requires it must have one: else the first to be shut out would be the one who could undo it.
 * @returns the policy as it is now, and how many members have no second factor
 * @throws DomainError forbidden `insufficient_scope` | `role_insufficient` | `session_required` |
 *   `reauthentication_required` | conflict `own_second_factor_missing`
 */
export async function setTwoFactorRequired(
  ctx: Context,
  { required }: { required: boolean },
): Promise<TwoFactorPolicy> {
  const person = authorizePolicyPerson(ctx)
  requireRecentAuthentication(person, ctx.now)
  const { id } = ctx.organization
  return sqlTransaction(ctx.db.pool, async (client) => {
    const { rows } = await client.query<{ name: string; before: boolean }>(
      `SELECT name, two_factor_required AS before FROM organizations
       WHERE id = $1 FOR NO KEY UPDATE`,
      [id],
    )
    const [held] = rows
    if (!held) throw notFound()
    if (required && !held.before) await requireOwnSecondFactor(client, person)
    const policy = { required, ...(await countMembers(client, id)) }
    if (required === held.before) return policy
    await client.query(
      'UPDATE organizations SET two_factor_required = $2, modified_at = now() WHERE id = $1',
      [id, required],
    )
    await appendAudit(client, ctx, {
      eventType: 'POLICY_CHANGED',
      target: organizationTarget({ id, name: held.name }),
      details: {
        before: { twoFactorRequired: held.before },
        after: { twoFactorRequired: required },
      },
    })
    return policy
  })
}

/** Only an admin at the keyboard: no token may open or close this door. */
function authorizePolicyPerson(ctx: Context): UserPrincipal {
  authorizeOrganizationChange(ctx)
  return requirePerson(ctx.principal)
}

async function countMembers(
  client: Client,
  organizationId: string,
): Promise<Omit<TwoFactorPolicy, 'required'>> {
  const { rows } = await client.query<Omit<TwoFactorPolicy, 'required'>>(
    `SELECT count(*)::int AS members,
       count(*) FILTER (WHERE NOT ${hasSecondFactor('m.user_id')})::int AS "withoutSecondFactor"
     FROM memberships m WHERE m.organization_id = $1`,
    [organizationId],
  )
  return rows[0] ?? { members: 0, withoutSecondFactor: 0 }
}

/** A sign-in by passkey, or by the company's identity provider, is as good. */
async function requireOwnSecondFactor(client: Client, person: UserPrincipal): Promise<void> {
  const { rows } = await client.query<{ safe: boolean }>(
    `SELECT ${hasSecondFactor('u.id')} OR EXISTS (
       SELECT 1 FROM sessions s WHERE s.id = $2 AND s.user_id = u.id
         AND s.sign_in_method <> 'PASSWORD') AS safe
     FROM users u WHERE u.id = $1`,
    [person.userId, person.sessionId],
  )
  if (rows[0]?.safe) return
  throw new DomainError(
    'conflict',
    'own_second_factor_missing',
    'Set up two-factor authentication for yourself first: otherwise this would lock you out too.',
  )
}
