import { authorize } from '@/lib/access/authorize'
import { seesOrganizationInventory } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import { lookupDigests } from '@/lib/tokens/digest'
import { effectiveScopes, isUsable } from '@/lib/tokens/model'
import { findToken, isOwnToken, ownerCeiling } from '@/lib/tokens/queries'
import { secretShape } from '@/lib/tokens/secret'

/** RFC 7662. Times in whole seconds, as that document has them. */
export type IntrospectedToken =
  | { active: false }
  | {
      active: true
      scope: string
      client_id: string
      sub: string
      username: string
      token_type: 'Bearer'
      iat: number
      exp?: number
    }

/**
 * What a presented secret can do now. Unknown, ended, another organization's and one the caller may not
 * see all answer `{active: false}` and nothing else.
 * @throws DomainError forbidden
 */
export async function introspectToken(
  ctx: Context,
  input: { token: string },
): Promise<IntrospectedToken> {
  authorize(ctx.principal, 'keys:read')
  const shape = secretShape(input.token)
  if (shape === 'malformed') return { active: false }
  const digests = lookupDigests(ctx.crypto.peppers, input.token, shape)
  const found = await ctx.db.pool.query<{ id: string }>(
    `SELECT id FROM tokens t WHERE organization_id = $1 AND digest = ANY ($2::bytea[])
       AND (EXISTS (SELECT 1 FROM memberships m WHERE m.organization_id = $1 AND m.user_id = t.owner_user_id)
         OR EXISTS (SELECT 1 FROM service_accounts s WHERE s.organization_id = $1
                      AND s.id = t.service_account_id AND s.revoked_at IS NULL))`,
    [ctx.organization.id, digests.map((digest) => `\\x${digest}`)],
  )
  const id = found.rows[0]?.id
  const token = id === undefined ? null : await findToken(ctx, id)
  if (!token || !isUsable(token.state)) return { active: false }
  if (!seesOrganizationInventory(ctx.principal) && !isOwnToken(ctx.principal, token)) {
    return { active: false }
  }
  // In a rotation's overlap the old secret ends at revokedAt, or by date or policy before.
  const ends = [token.revokedAt, token.effectiveExpiresAt].filter((end) => end !== null)
  const expiry = ends.length === 0 ? null : Math.min(...ends)
  return {
    active: true,
    scope: effectiveScopes(token.scopes, await ownerCeiling(ctx, token)).join(' '),
    client_id: token.id,
    sub: token.owner.id,
    username: token.owner.label,
    token_type: 'Bearer',
    iat: Math.floor(token.createdAt / 1000),
    ...(expiry === null ? {} : { exp: Math.floor(expiry / 1000) }),
  }
}
