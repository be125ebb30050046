import { authorize, requireRecentAuthentication } from '@/lib/access/authorize'
import { expandPreset, type PresetId } from '@/lib/access/presets'
import { ceiling, type Principal } from '@/lib/access/principal'
import { normalizeScopes, type Scope } from '@/lib/access/scopes'
import type { Context, TokenPolicy } from '@/lib/context'
import { DomainError, invalid } from '@/lib/errors'
import { DAY_MS } from '@/lib/tokens/model'

/** The limits on handing power on: who may make a secret, with which scopes, for how long. */

/**
 * Line 1 of everything that produces a token (design.md "Tokens").
 * @throws DomainError forbidden insufficient_scope | as `requireMayMakeSecrets`
 */
export function authorizeMinting(ctx: Context): void {
  authorize(ctx.principal, 'keys:write')
  requireMayMakeSecrets(ctx)
}

/**
 * Whoever makes a secret, of a token or one that is shared with others: people need a recent proof of identity;
 * service-account tokens never make any; the organization may switch making them by bearer off.
 * @throws DomainError forbidden reauthentication_required | service_account_cannot_mint | bearer_minting_disabled
 */
export function requireMayMakeSecrets(ctx: Context): void {
  requireRecentAuthentication(ctx.principal, ctx.now)
  if (ctx.principal.kind !== 'token') return
  if (ctx.principal.owner.type !== 'user') {
    throw new DomainError(
      'forbidden',
      'service_account_cannot_mint',
      'A service-account token never makes or rotates secrets: use the dashboard or a personal token.',
    )
  }
  if (!ctx.organization.policy.bearerMinting) {
    throw new DomainError(
      'forbidden',
      'bearer_minting_disabled',
      'This organization makes and rotates secrets in the dashboard only.',
    )
  }
}

/**
 * The scopes asked for: list and preset unioned, each once, in catalogue order.
 * @throws DomainError invalid at /scopes when that is none: an empty list never means "all"
 */
export function requestedScopes(input: {
  scopes?: readonly Scope[] | null | undefined
  preset?: PresetId | null | undefined
}): Scope[] {
  const scopes = normalizeScopes([
    ...(input.scopes ?? []),
    ...(input.preset ? expandPreset(input.preset) : []),
  ])
  if (scopes.length === 0) {
    throw invalid([{ pointer: '/scopes', detail: 'Choose a preset or at least one scope.' }])
  }
  return scopes
}

/**
 * Nobody hands on what they cannot do themselves, at this moment.
 * @throws DomainError forbidden `scope_exceeds_yours` naming what was asked for beyond it
 */
export function requireWithinCeiling(principal: Principal, scopes: readonly Scope[]): void {
  const own = new Set(ceiling(principal))
  const beyond = scopes.filter((scope) => !own.has(scope))
  if (beyond.length > 0) {
    throw new DomainError(
      'forbidden',
      'scope_exceeds_yours',
      `You cannot hand on what you cannot do yourself: ${beyond.join(', ')}.`,
      { missingScopes: beyond },
    )
  }
}

/**
 * The expiry meets the organization's policy.
 * @throws DomainError invalid at `pointer`
 */
export function requireWithinPolicy(
  expiresAt: number | null,
  now: number,
  policy: TokenPolicy,
  pointer = '/expirationDays',
): void {
  if (expiresAt === null) {
    if (policy.expiryRequired || policy.maxLifetimeDays !== null) {
      const limit =
        policy.maxLifetimeDays === null ? '' : ` of at most ${policy.maxLifetimeDays} days`
      throw invalid([{ pointer, detail: `The organization requires an expiry date${limit}.` }])
    }
    return
  }
  if (expiresAt <= now) {
    throw invalid([{ pointer, detail: 'The expiry date must be in the future.' }])
  }
  if (policy.maxLifetimeDays !== null && expiresAt - now > policy.maxLifetimeDays * DAY_MS) {
    throw invalid([
      { pointer, detail: `The organization allows at most ${policy.maxLifetimeDays} days.` },
    ])
  }
}

/**
 * A token never outlives the one that made it.
 * @throws DomainError forbidden `life_exceeds_yours`
 */
export function requireWithinOwnLife(principal: Principal, expiresAt: number | null): void {
  if (principal.kind !== 'token' || principal.expiresAt === null) return
  if (expiresAt === null || expiresAt > principal.expiresAt) {
    throw new DomainError(
      'forbidden',
      'life_exceeds_yours',
      'The new token would outlive the token that makes it: give it an earlier expiry.',
    )
  }
}
