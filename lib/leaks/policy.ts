import {
  authorize,
  requireOrganizationInventory,
  requireRecentAuthentication,
} from '@/lib/access/authorize'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, notFound } from '@/lib/errors'
import { type LeakPolicy, loosensLeakPolicy } from '@/lib/leaks/model'

/** What the organization wants done with a live token that is reported. @throws DomainError forbidden */
export async function getLeakPolicy(ctx: Context): Promise<LeakPolicy> {
  authorize(ctx.principal, 'organization:read')
  const { rows } = await ctx.db.pool.query<LeakPolicy>(
    'SELECT token_on_leak::text AS "onLeak" FROM organizations WHERE id = $1',
    [ctx.organization.id],
  )
  if (!rows[0]) throw notFound()
  return rows[0]
}

/**
 * Changes it, from the next report on. A program may go over to revoking, never back: else whoever stole a token
 * could first see to it that its leak ends nothing.
 * @returns the policy as it is now
 * @throws DomainError forbidden `insufficient_scope` | `role_insufficient` | `reauthentication_required` |
 *   `loosening_needs_person`
 */
export async function setLeakPolicy(ctx: Context, after: LeakPolicy): Promise<LeakPolicy> {
  authorize(ctx.principal, 'organization:write')
  requireOrganizationInventory(ctx.principal)
  requireRecentAuthentication(ctx.principal, ctx.now)
  const { id, name } = ctx.organization
  return sqlTransaction(ctx.db.pool, async (client) => {
    const { rows } = await client.query<LeakPolicy>(
      `SELECT token_on_leak::text AS "onLeak" FROM organizations WHERE id = $1 FOR NO KEY UPDATE`,
      [id],
    )
    const [before] = rows
    if (!before) throw notFound()
    if (ctx.principal.kind === 'token' && loosensLeakPolicy(before, after)) {
      throw looseningNeedsPerson()
    }
    if (before.onLeak === after.onLeak) return before
    await client.query(
      'UPDATE organizations SET token_on_leak = $2::leak_response, modified_at = now() WHERE id = $1',
      [id, after.onLeak],
    )
    await appendAudit(client, ctx, {
      eventType: 'POLICY_CHANGED',
      target: { type: 'organization', id, label: name, familyId: null },
      details: { before, after },
    })
    return after
  })
}

function looseningNeedsPerson(): DomainError {
  return new DomainError(
    'forbidden',
    'loosening_needs_person',
    'A token may tighten the policy but not loosen it: an admin does that in the dashboard.',
  )
}
