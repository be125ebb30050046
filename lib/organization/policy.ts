import {
  authorize,
  requireOrganizationInventory,
  requireRecentAuthentication,
} from '@/lib/access/authorize'
import { appendAudit } from '@/lib/audit/append'
import type { Context, TokenPolicy } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import type { TokenPolicyInput } from '@/lib/organization/schema'
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
 * What a policy would end, before it is saved.
 * @throws DomainError forbidden
 */
export async function previewTokenPolicy(
  ctx: Context,
  policy: TokenPolicyInput,
): Promise<PolicyPreview> {
  authorizePolicyChange(ctx)
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
 * Saves the policy. A tightening bites at the next use of each token; nothing is revoked, so loosening
 * it again brings them back.
 * @throws DomainError forbidden
 */
export async function updateTokenPolicy(
  ctx: Context,
  policy: TokenPolicyInput,
): Promise<TokenPolicy> {
  authorizePolicyChange(ctx)
  requireRecentAuthentication(ctx.principal, ctx.now)
  await sqlTransaction(ctx.db.pool, async (client) => {
    const held = await client.query<TokenPolicy>(
      `SELECT token_max_lifetime_days AS "maxLifetimeDays", token_expiry_required AS "expiryRequired",
              token_bearer_minting AS "bearerMinting"
       FROM organizations WHERE id = $1 FOR UPDATE`,
      [ctx.organization.id],
    )
    const before = held.rows[0]
    if (before && samePolicy(before, policy)) return
    await client.query(
      `UPDATE organizations SET token_max_lifetime_days = $2, token_expiry_required = $3,
         token_bearer_minting = $4, modified_at = now() WHERE id = $1`,
      [ctx.organization.id, policy.maxLifetimeDays, policy.expiryRequired, policy.bearerMinting],
    )
    await appendAudit(client, ctx, {
      eventType: 'POLICY_CHANGED',
      target: {
        type: 'organization',
        id: ctx.organization.id,
        label: ctx.organization.name,
        familyId: null,
      },
      details: { before, after: policy },
    })
  })
  return policy
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
