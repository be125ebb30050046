import type pg from 'pg'
import { authorizeOnItem } from '@/lib/access/authorize'
import { actorOf } from '@/lib/access/principal'
import type { Scope } from '@/lib/access/scopes'
import type { Context } from '@/lib/context'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import { DomainError, invalid } from '@/lib/errors'
import { onceForKey } from '@/lib/idempotency'
import { newId } from '@/lib/ids'
import {
  authorizeMinting,
  requestedScopes,
  requireWithinCeiling,
  requireWithinOwnLife,
  requireWithinPolicy,
} from '@/lib/tokens/authority'
import { type InsertedToken, insertToken } from '@/lib/tokens/insert'
import { minted } from '@/lib/tokens/mint'
import { expiryFromDays, type MintedToken, type TokenSummary } from '@/lib/tokens/model'
import { isNews, tellOfFrequent } from '@/lib/tokens/notices'
import { isOwnToken, ownerCeiling, visibleToken } from '@/lib/tokens/queries'
import type { RotateTokenInput } from '@/lib/tokens/schema'

/**
 * Mints a replacement and revokes the old secret in one transaction. Everything not overridden is
 * inherited: name, scopes, and the expiry *date*. With `graceSeconds` the old secret works on for that
 * long, never past its own expiry; a secret still in an earlier overlap dies at once.
 * Of two racing rotations one wins, by one conditional update; the other gets `token_changed`.
 * @throws DomainError not-found | forbidden | invalid | conflict `token_ended` | `token_changed`
 */
export async function rotateToken(
  ctx: Context,
  input: RotateTokenInput & { tokenId: string },
  options: { idempotencyKey?: string | undefined } = {},
): Promise<MintedToken> {
  authorizeOnItem(ctx.principal, 'keys:read', 'keys:write')
  const old = await visibleToken(ctx, input.tokenId)
  if (!isOwnToken(ctx.principal, old)) throw notYours()
  authorizeMinting(ctx)
  const isTold = await isNews(ctx, old, 'ROTATED')
  const outcome = await onceForKey(
    ctx,
    { name: 'tokens:rotate', key: options.idempotencyKey, input },
    async (client) => {
      requireRotatable(old)
      const plan = planRotation(ctx, old, input)
      requireWithinCeiling(ctx.principal, plan.scopes)
      await requireWithinOwnerGrant(ctx, old, plan.scopes)
      return replaceToken(client, ctx, old, { ...plan, isTold })
    },
    (made) => made.summary.id,
  )
  return minted(ctx, outcome)
}

interface RotationPlan {
  name: string
  scopes: Scope[]
  expiresAt: number | null
  graceSeconds: number
}

function planRotation(ctx: Context, old: TokenSummary, input: RotateTokenInput): RotationPlan {
  if (input.expirationDays !== undefined && input.expiresAt !== undefined) {
    throw invalid([
      { pointer: '/expiresAt', detail: 'Give expirationDays or expiresAt, not both.' },
    ])
  }
  const expiresAt = plannedExpiry(ctx.now, old, input)
  const pointer = input.expiresAt === undefined ? '/expirationDays' : '/expiresAt'
  requireWithinPolicy(expiresAt, ctx.now, ctx.organization.policy, pointer)
  requireWithinOwnLife(ctx.principal, expiresAt)
  const overridesScopes = (input.scopes?.length ?? 0) > 0 || Boolean(input.preset)
  return {
    name: input.name ?? old.name,
    scopes: overridesScopes ? requestedScopes(input) : old.scopes,
    expiresAt,
    graceSeconds: input.graceSeconds ?? 0,
  }
}

/** Days from now, an explicit date, or the old token's date: the date is inherited, never the length. */
export function plannedExpiry(
  now: number,
  old: Pick<TokenSummary, 'expiresAt'>,
  input: { expirationDays?: number | null | undefined; expiresAt?: number | null | undefined },
): number | null {
  if (input.expirationDays !== undefined) {
    return input.expirationDays === null ? null : expiryFromDays(now, input.expirationDays)
  }
  return input.expiresAt === undefined ? old.expiresAt : input.expiresAt
}

function requireRotatable(old: TokenSummary): void {
  if (old.rotatedAt === null && (old.state === 'active' || old.state === 'expiring')) return
  if (old.state === 'suspended' || old.state === 'blocked') return
  throw new DomainError(
    'conflict',
    'token_ended',
    `This token cannot be rotated any more: ${old.stateReason}`,
  )
}

/** A service account's token never exceeds the account, whoever rotates it. */
async function requireWithinOwnerGrant(
  ctx: Context,
  old: TokenSummary,
  scopes: readonly Scope[],
): Promise<void> {
  if (old.owner.type !== 'service-account') return
  const grant = new Set(await ownerCeiling(ctx, old))
  const beyond = scopes.filter((scope) => !grant.has(scope))
  if (beyond.length > 0) {
    throw invalid(
      beyond.map((scope) => ({
        pointer: '/scopes',
        detail: `The service account was not granted ${scope}.`,
      })),
    )
  }
}

/**
 * The replacement itself, inside the transaction of a command that has authorized and planned it.
 * @throws DomainError conflict `token_changed`
 */
export async function replaceToken(
  client: pg.PoolClient,
  ctx: Context,
  old: TokenSummary,
  plan: RotationPlan & { isTold: boolean },
): Promise<InsertedToken> {
  // Whatever of the family was still in an earlier overlap dies now: at most two secrets ever work.
  await client.query(
    `UPDATE tokens SET revoked_at = ${THIS_MOMENT}, modified_at = now()
     WHERE organization_id = $1 AND family_id = $2 AND id <> $3 AND revoked_at > clock_timestamp()`,
    [ctx.organization.id, old.familyId, old.id],
  )
  // least() passes over a null expiry.
  const won = await client.query(
    `UPDATE tokens
     SET rotated_at = now(), modified_at = now(), end_reason = 'ROTATED', ended_by_label = $4,
         revoked_at = least(${THIS_MOMENT} + make_interval(secs => $3), expires_at)
     WHERE organization_id = $1 AND id = $2 AND rotated_at IS NULL AND revoked_at IS NULL
       AND (expires_at IS NULL OR expires_at > now())
       AND (extract(epoch FROM modified_at) * 1000)::float8 = $5`,
    [ctx.organization.id, old.id, plan.graceSeconds, actorOf(ctx.principal).label, old.modifiedAt],
  )
  if (won.rowCount !== 1) {
    throw new DomainError(
      'conflict',
      'token_changed',
      'This token was rotated, revoked or changed a moment ago by someone else: nothing was done.',
    )
  }
  const id = newId()
  if (plan.isTold) await tellOfFrequent(client, ctx, { ...old, id, name: plan.name }, 'ROTATED')
  const made = await insertToken(
    client,
    ctx,
    {
      id,
      type: old.type,
      name: plan.name,
      scopes: plan.scopes,
      expiresAt: plan.expiresAt,
      owner: old.owner,
      familyId: old.familyId,
    },
    { type: 'ROTATED', details: rotationDetails(old, plan) },
  )
  // Stamped as late as can be: a revocation that came before this moment ends the replacement too.
  await client.query(
    `UPDATE tokens SET replaced_by_id = $3, rotated_at = date_trunc('milliseconds', clock_timestamp())
     WHERE organization_id = $1 AND id = $2`,
    [ctx.organization.id, old.id, made.summary.id],
  )
  return made
}

function rotationDetails(old: TokenSummary, plan: RotationPlan): Record<string, unknown> {
  return {
    replaces: old.id,
    graceSeconds: plan.graceSeconds,
    before: { name: old.name, scopes: old.scopes, expiresAt: old.expiresAt },
    after: { name: plan.name, scopes: plan.scopes, expiresAt: plan.expiresAt },
  }
}

/** An admin sees and may revoke another's personal token; rotating it would hand them its power. */
export function notYours(): DomainError {
  return new DomainError(
    'forbidden',
    'not_your_token',
    'Only its owner may rotate or change a personal token. You may revoke it.',
  )
}
