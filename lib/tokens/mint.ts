import type pg from 'pg'
import type { Principal } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError } from '@/lib/errors'
import { onceForKey } from '@/lib/idempotency'
import { newId } from '@/lib/ids'
import {
  authorizeMinting,
  requestedScopes,
  requireWithinCeiling,
  requireWithinOwnLife,
  requireWithinPolicy,
} from '@/lib/tokens/authority'
import { insertToken, type NewToken } from '@/lib/tokens/insert'
import { expiryFromDays, type MintedToken, type TokenOwner } from '@/lib/tokens/model'
import { isNews, tellOfFrequent } from '@/lib/tokens/notices'
import { findToken } from '@/lib/tokens/queries'
import type { MintTokenInput } from '@/lib/tokens/schema'

export const UNTITLED = 'Untitled token'

/**
 * Mints a personal token of the caller. The secret is in the result and nowhere else; a replayed
 * `idempotencyKey` returns the same token with `token: null`.
 * @throws DomainError forbidden (lib/tokens/authority.ts) | invalid | conflict | idempotency-mismatch
 */
export async function mintToken(
  ctx: Context,
  input: MintTokenInput,
  options: { idempotencyKey?: string | undefined } = {},
): Promise<MintedToken> {
  authorizeMinting(ctx)
  const scopes = requestedScopes(input)
  const expiresAt =
    input.expirationDays == null ? null : expiryFromDays(ctx.now, input.expirationDays)
  requireWithinPolicy(expiresAt, ctx.now, ctx.organization.policy)
  requireWithinCeiling(ctx.principal, scopes)
  requireWithinOwnLife(ctx.principal, expiresAt)
  const id = newId()
  const token = {
    id,
    type: 'USER',
    name: input.name ?? UNTITLED,
    scopes,
    expiresAt,
    owner: ownerFor(ctx.principal),
  } satisfies NewToken
  const event = { type: 'MINTED', details: { scopes, expiresAt } } as const
  const isTold = await isNews(ctx, { familyId: id, owner: token.owner }, 'MINTED')
  const tellAndInsert = async (client: pg.PoolClient) => {
    if (isTold) await tellOfFrequent(client, ctx, token, 'MINTED')
    return insertToken(client, ctx, token, event)
  }
  if (options.idempotencyKey === undefined) {
    // One statement is one transaction.
    const { secret, summary } = isTold
      ? await sqlTransaction(ctx.db.pool, tellAndInsert)
      : await insertToken(ctx.db.pool, ctx, token, event)
    return { token: secret, summary }
  }
  const outcome = await onceForKey(
    ctx,
    { name: 'tokens:generate', key: options.idempotencyKey, input },
    tellAndInsert,
    (made) => made.summary.id,
  )
  return minted(ctx, outcome)
}

/** The result of a keyed operation: the fresh secret, or the facts of what the key made before. */
export async function minted(
  ctx: Context,
  outcome: { replayedId: string } | { made: { secret: string; summary: MintedToken['summary'] } },
): Promise<MintedToken> {
  if ('made' in outcome) return { token: outcome.made.secret, summary: outcome.made.summary }
  const summary = await findToken(ctx, outcome.replayedId)
  if (!summary)
    throw new DomainError('conflict', 'idempotency_result_gone', 'What this key made is gone.')
  return { token: null, summary }
}

function ownerFor(principal: Principal): TokenOwner {
  if (principal.kind === 'user') {
    return { type: 'user', id: principal.userId, label: principal.displayName }
  }
  if (principal.owner.type !== 'user') {
    throw new Error('authorizeMinting lets nobody else through.')
  }
  return { type: 'user', id: principal.owner.userId, label: principal.owner.displayName }
}
