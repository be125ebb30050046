import type pg from 'pg'
import { authorize, authorizeOnItem } from '@/lib/access/authorize'
import { actorOf } from '@/lib/access/principal'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import { isDomainError } from '@/lib/errors'
import type { TokenSummary } from '@/lib/tokens/model'
import { tellOwner } from '@/lib/tokens/notices'
import { visibleToken } from '@/lib/tokens/queries'

/**
 * Ends a token for ever; the next use of its secret is refused. Idempotent: a token that has ended
 * stays as it is and no second event is written. A revocation that overlaps a rotation wins: it ends
 * the replacement too, so that no live secret is left behind.
 * @throws DomainError not-found | forbidden
 */
export async function revokeToken(ctx: Context, input: { tokenId: string }): Promise<void> {
  authorizeOnItem(ctx.principal, 'keys:read', 'keys:write')
  const seen = await visibleToken(ctx, input.tokenId)
  await revokeSeen(ctx, seen)
}

export interface BulkRevocation {
  tokenId: string
  outcome: 'revoked' | 'already-ended' | 'not-found'
}

/**
 * Ends each of the tokens, each with its own audit event; one that may not be seen is reported, not hidden
 * behind a failure of all.
 * @throws DomainError forbidden
 */
export async function revokeTokens(
  ctx: Context,
  input: { tokenIds: readonly string[] },
): Promise<BulkRevocation[]> {
  authorize(ctx.principal, 'keys:read')
  authorize(ctx.principal, 'keys:write')
  const outcomes: BulkRevocation[] = []
  for (const tokenId of new Set(input.tokenIds)) {
    try {
      const ended = await revokeSeen(ctx, await visibleToken(ctx, tokenId))
      outcomes.push({ tokenId, outcome: ended ? 'revoked' : 'already-ended' })
    } catch (error) {
      if (!isDomainError(error) || error.kind !== 'not-found') throw error
      outcomes.push({ tokenId, outcome: 'not-found' })
    }
  }
  return outcomes
}

/** True where something was ended now. `seen` is what the caller looked at before the lock. */
async function revokeSeen(ctx: Context, seen: TokenSummary): Promise<boolean> {
  // A rotation that ended while this request was already here is an overlap, though we read its result.
  const rotatedBefore = seen.rotatedAt !== null && seen.rotatedAt < ctx.now
  const endedBefore = seen.revokedAt !== null && seen.revokedAt <= ctx.now
  if (endedBefore && (seen.rotatedAt === null || rotatedBefore)) return false
  return sqlTransaction(ctx.db.pool, async (client) => {
    // Waits for a rotation under way, so that the next statement sees its replacement.
    await client.query('SELECT 1 FROM tokens WHERE organization_id = $1 AND id = $2 FOR UPDATE', [
      ctx.organization.id,
      seen.id,
    ])
    // Seen alive means the logical token is meant; seen in its grace means only that old secret is.
    const condition = rotatedBefore ? 'id = $2' : 'family_id = $2'
    const target = rotatedBefore ? seen.id : seen.familyId
    const ended = await endTokens(client, ctx, condition, target)
    if (ended === 0) return false
    await tellOwner(client, ctx, seen, 'REVOKED')
    await appendAudit(client, ctx, {
      eventType: 'REVOKED',
      target: { type: 'token', id: seen.id, label: seen.name, familyId: seen.familyId },
      details: { scopes: seen.scopes, lastUsedAt: seen.lastUsedAt },
    })
    return true
  })
}

async function endTokens(
  client: pg.PoolClient,
  ctx: Context,
  condition: string,
  target: string,
): Promise<number> {
  const result = await client.query(
    `UPDATE tokens SET revoked_at = ${THIS_MOMENT}, modified_at = now(), ended_by_label = $3,
       end_reason = CASE WHEN rotated_at IS NULL THEN 'REVOKED'::token_end_reason ELSE end_reason END
     WHERE organization_id = $1 AND ${condition} AND (revoked_at IS NULL OR revoked_at > clock_timestamp())`,
    [ctx.organization.id, target, actorOf(ctx.principal).label],
  )
  return result.rowCount ?? 0
}
