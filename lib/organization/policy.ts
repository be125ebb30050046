import {
  authorize,
  requireOrganizationInventory,
  requireRecentAuthentication,
} from '@/lib/access/authorize'
import { appendAudit } from '@/lib/audit/append'
import type { Context, TokenPolicy } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError } from '@/lib/errors'
import { loosens, patchedPolicy } from '@/lib/organization/model'
import type { TokenPolicyPatch } from '@/lib/organization/schema'
import { isUsable, type TokenSummary } from '@/lib/tokens/model'
import { selectTokens } from '@/lib/tokens/rows'

/** The organization's token policy. @throws DomainError forbidden */
export function getTokenPolicy(ctx: Context): TokenPolicy {
  authorize(ctx.principal, 'organization:read')
  return ctx.organization.policy
}

export interface PolicyPreview {
  /** Tokens accepted now that the policy would refuse from the next call on. */
  refusedNow: number
  samples: TokenSummary[]
}

const SAMPLES = 10

/**
 * What a change of the policy would end, before it is saved.
 * @throws DomainError forbidden
 */
export async function previewTokenPolicy(
  ctx: Context,
  change: TokenPolicyPatch,
): Promise<PolicyPreview> {
  authorizePolicyChange(ctx)
  const policy = patchedPolicy(ctx.organization.policy, change)
  const live = 't.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())'
  const base = { organizationId: ctx.organization.id, where: live }
  const [before, after] = await Promise.all([
    selectTokens(ctx.db.pool, { ...base, policy: ctx.organization.policy }),
    selectTokens(ctx.db.pool, { ...base, policy }),
  ])
  const usableAfter = new Set(
    after.filter((token) => isUsable(token.state)).map((token) => token.id),
  )
  const refused = before.filter((token) => isUsable(token.state) && !usableAfter.has(token.id))
  return { refusedNow: refused.length, samples: refused.slice(0, SAMPLES) }
}

/**
 * Changes the rules that are named and leaves the others, so that two admins who change two rules at
 * once both get theirs. A tightening bites at the next use of each token; nothing is revoked, so
 * loosening it again brings them back. A program may tighten but never loosen: else a stolen token could
 * first lift the rule that holds it.
 * @returns the policy as it is now
 * @throws DomainError forbidden insufficient_scope | role_insufficient | reauthentication_required |
 *   loosening_needs_person
 */
export async function updateTokenPolicy(
  ctx: Context,
  change: TokenPolicyPatch,
): Promise<TokenPolicy> {
  authorizePolicyChange(ctx)
  requireRecentAuthentication(ctx.principal, ctx.now)
  return sqlTransaction(ctx.db.pool, async (client) => {
    const held = await client.query<TokenPolicy>(
      `SELECT token_max_lifetime_days AS "maxLifetimeDays", token_expiry_required AS "expiryRequired",
              token_bearer_minting AS "bearerMinting"
       FROM organizations WHERE id = $1 FOR NO KEY UPDATE`,
      [ctx.organization.id],
    )
    const before = held.rows[0] ?? ctx.organization.policy
    const after = patchedPolicy(before, change)
    if (ctx.principal.kind === 'token' && loosens(before, after)) throw looseningNeedsPerson()
    if (samePolicy(before, after)) return after
    await client.query(
      `UPDATE organizations SET token_max_lifetime_days = $2, token_expiry_required = $3,
         token_bearer_minting = $4, modified_at = now() WHERE id = $1`,
      [ctx.organization.id, after.maxLifetimeDays, after.expiryRequired, after.bearerMinting],
    )
    await appendAudit(client, ctx, {
      eventType: 'POLICY_CHANGED',
      target: {
        type: 'organization',
        id: ctx.organization.id,
        label: ctx.organization.name,
        familyId: null,
      },
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

function authorizePolicyChange(ctx: Context): void {
  authorize(ctx.principal, 'organization:write')
  requireOrganizationInventory(ctx.principal)
}

function samePolicy(a: TokenPolicy, b: TokenPolicy): boolean {
  return (
    a.maxLifetimeDays === b.maxLifetimeDays &&
    a.expiryRequired === b.expiryRequired &&
    a.bearerMinting === b.bearerMinting
  )
}
