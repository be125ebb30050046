import { authorizeOnItem, requireRecentAuthentication } from '@/lib/access/authorize'
import type { Scope } from '@/lib/access/scopes'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, invalid } from '@/lib/errors'
import {
  requestedScopes,
  requireWithinCeiling,
  requireWithinOwnLife,
  requireWithinPolicy,
} from '@/lib/tokens/authority'
import type { TokenSummary } from '@/lib/tokens/model'
import { tellOwner } from '@/lib/tokens/notices'
import { findToken, isOwnToken, ownerCeiling, visibleToken } from '@/lib/tokens/queries'
import { notYours, plannedExpiry } from '@/lib/tokens/rotate'
import type { PatchTokenInput } from '@/lib/tokens/schema'

/**
 * Renames a token, moves its expiry or changes its scopes, the secret staying the same. Scopes may be
 * narrowed, or widened within the caller's own power; a scope change is its own audit event with before
 * and after.
 * @throws DomainError not-found | forbidden | invalid | conflict `token_ended` | `token_changed`
 */
export async function patchToken(
  ctx: Context,
  input: PatchTokenInput & { tokenId: string },
): Promise<TokenSummary> {
  authorizeOnItem(ctx.principal, 'keys:read', 'keys:write')
  const old = await visibleToken(ctx, input.tokenId)
  if (!isOwnToken(ctx.principal, old)) throw notYours()
  if (old.revokedAt !== null || old.state === 'expired') {
    throw new DomainError('conflict', 'token_ended', `This token has ended: ${old.stateReason}`)
  }
  const next = await planPatch(ctx, old, input)
  const scopesChanged = next.scopes.join(' ') !== old.scopes.join(' ')
  await sqlTransaction(ctx.db.pool, async (client) => {
    const changed = await client.query(
      `UPDATE tokens SET name = $3, scopes = $4, expires_at = to_timestamp($5 / 1000.0), modified_at = now()
       WHERE organization_id = $1 AND id = $2 AND revoked_at IS NULL
         AND (extract(epoch FROM modified_at) * 1000)::float8 = $6`,
      [ctx.organization.id, old.id, next.name, next.scopes, next.expiresAt, old.modifiedAt],
    )
    if (changed.rowCount !== 1) {
      throw new DomainError(
        'conflict',
        'token_changed',
        'This token was changed a moment ago by someone else: load it again.',
      )
    }
    const change = scopesChanged ? 'SCOPES_CHANGED' : 'UPDATED'
    await tellOwner(client, ctx, { ...old, name: next.name }, change)
    await appendAudit(client, ctx, {
      eventType: change,
      target: { type: 'token', id: old.id, label: next.name, familyId: old.familyId },
      details: {
        before: { name: old.name, scopes: old.scopes, expiresAt: old.expiresAt },
        after: next,
      },
    })
  })
  return (await findToken(ctx, old.id)) ?? old
}

interface PatchPlan {
  name: string
  scopes: Scope[]
  expiresAt: number | null
}

async function planPatch(
  ctx: Context,
  old: TokenSummary,
  input: PatchTokenInput,
): Promise<PatchPlan> {
  if (input.expirationDays !== undefined && input.expiresAt !== undefined) {
    throw invalid([
      { pointer: '/expiresAt', detail: 'Give expirationDays or expiresAt, not both.' },
    ])
  }
  if (Object.keys(input).every((key) => key === 'tokenId')) {
    throw invalid([{ pointer: '', detail: 'Nothing to change: send name, scopes or an expiry.' }])
  }
  const expiresAt = plannedExpiry(ctx.now, old, input)
  if (expiresAt !== old.expiresAt) {
    const pointer = input.expiresAt === undefined ? '/expirationDays' : '/expiresAt'
    requireWithinPolicy(expiresAt, ctx.now, ctx.organization.policy, pointer)
    requireWithinOwnLife(ctx.principal, expiresAt)
  }
  const scopes =
    input.scopes === undefined ? old.scopes : await patchedScopes(ctx, old, input.scopes)
  return { name: input.name ?? old.name, scopes, expiresAt }
}

/** Removing is always allowed; each added scope must be the caller's own and within the owner's power. */
async function patchedScopes(
  ctx: Context,
  old: TokenSummary,
  wanted: readonly Scope[],
): Promise<Scope[]> {
  const scopes = requestedScopes({ scopes: wanted })
  const held = new Set(old.scopes)
  const added = scopes.filter((scope) => !held.has(scope))
  if (added.length > 0) requireRecentAuthentication(ctx.principal, ctx.now)
  requireWithinCeiling(ctx.principal, added)
  const owner = new Set(await ownerCeiling(ctx, old))
  const beyond = added.filter((scope) => !owner.has(scope))
  if (beyond.length > 0) {
    throw invalid([
      { pointer: '/scopes', detail: `The owner of the token does not have ${beyond.join(', ')}.` },
    ])
  }
  return scopes
}
