import { normalizeScopes, type Scope } from '@/lib/access/scopes'
import type { TokenPolicy } from '@/lib/context'

/** Pure rules of tokens; isomorphic. All times are epoch ms. */

export const DAY_MS = 24 * 60 * 60 * 1000
/** From this long before its end a token is "expiring soon". */
export const EXPIRING_SOON_MS = 7 * DAY_MS

/** SYSTEM: made by the product for an integration, and in no list of tokens (docs/decisions/0020). */
export type TokenType = 'USER' | 'SERVICE_ACCOUNT' | 'SYSTEM'
export type TokenEndReason =
  | 'REVOKED'
  | 'ROTATED'
  | 'SERVICE_ACCOUNT_REVOKED'
  | 'OWNER_REMOVED'
  | 'REPLAYED'
  | 'LEAKED'

export const TOKEN_STATES = [
  'active',
  'expiring',
  'overlap',
  'suspended',
  'blocked',
  'expired',
  'rotated',
  'revoked',
] as const
/**
 * active, expiring (within 7 days), overlap (rotated, old secret still accepted), suspended (its service
 * account is), blocked (the organization's policy refuses it), expired, rotated, revoked.
 */
export type TokenState = (typeof TOKEN_STATES)[number]

export interface TokenOwner {
  type: 'user' | 'service-account' | 'integration'
  id: string
  label: string
}

/** One token as lists and pages show it. Never holds a secret or a digest. */
export interface TokenSummary {
  id: string
  familyId: string
  name: string
  type: TokenType
  format: 'FX1' | 'LEGACY'
  displayPrefix: string
  last4: string
  scopes: Scope[]
  owner: TokenOwner
  createdBy: { id: string | null; label: string }
  createdAt: number
  modifiedAt: number
  /** As set. */
  expiresAt: number | null
  /** After the organization's policy: the moment it is really refused. */
  effectiveExpiresAt: number | null
  revokedAt: number | null
  endReason: TokenEndReason | null
  endedBy: string | null
  rotatedAt: number | null
  replacedById: string | null
  lastUsedAt: number | null
  lastUsedIp: string | null
  state: TokenState
  /** One plain sentence: why it is in that state. */
  stateReason: string
}

/** A fresh secret with its facts; `token` is null where an Idempotency-Key is replayed. */
export interface MintedToken {
  token: string | null
  summary: TokenSummary
}

export interface LifeFacts {
  createdAt: number
  expiresAt: number | null
  revokedAt: number | null
  endReason: TokenEndReason | null
  endedBy: string | null
  rotatedAt: number | null
  ownerSuspended: boolean
}

/**
 * When a token is really refused: its own date, or its making plus the policy's maximum, whichever is
 * earlier. A lowered policy so bites at the next use.
 */
export function effectiveExpiry(
  token: Pick<LifeFacts, 'createdAt' | 'expiresAt'>,
  policy: Pick<TokenPolicy, 'maxLifetimeDays'>,
): number | null {
  const byPolicy =
    policy.maxLifetimeDays === null ? null : token.createdAt + policy.maxLifetimeDays * DAY_MS
  if (byPolicy === null) return token.expiresAt
  return token.expiresAt === null ? byPolicy : Math.min(token.expiresAt, byPolicy)
}

const END_REASONS: Record<TokenEndReason, string> = {
  REVOKED: 'Revoked',
  ROTATED: 'Replaced by rotation',
  SERVICE_ACCOUNT_REVOKED: 'Its service account was revoked',
  OWNER_REMOVED: 'Its owner left the organization',
  REPLAYED: 'A rotated secret was used to rotate again',
  LEAKED: 'The secret was reported as leaked',
}

/** State and its reason at `now`. A token is dead *at* its expiry, not after it. */
export function tokenState(
  token: LifeFacts,
  policy: Pick<TokenPolicy, 'maxLifetimeDays' | 'expiryRequired'>,
  now: number,
): { state: TokenState; reason: string } {
  if (token.revokedAt !== null && token.revokedAt <= now) {
    const reason = END_REASONS[token.endReason ?? 'REVOKED']
    const by = token.endedBy ? ` by ${token.endedBy}` : ''
    return {
      state: token.endReason === 'ROTATED' ? 'rotated' : 'revoked',
      reason: `${reason}${by}.`,
    }
  }
  const expiry = effectiveExpiry(token, policy)
  if (expiry !== null && expiry <= now) {
    const policyCut = token.expiresAt === null || expiry < token.expiresAt
    return {
      state: 'expired',
      reason: policyCut
        ? 'Older than the organization’s maximum life.'
        : 'Reached its expiry date.',
    }
  }
  if (policy.expiryRequired && token.expiresAt === null) {
    return { state: 'blocked', reason: 'The organization requires an expiry date and it has none.' }
  }
  if (token.ownerSuspended)
    return { state: 'suspended', reason: 'Its service account is suspended.' }
  if (token.revokedAt !== null) {
    return {
      state: 'overlap',
      reason: 'Rotated; the old secret still works until its overlap ends.',
    }
  }
  if (expiry !== null && expiry - now <= EXPIRING_SOON_MS) {
    return { state: 'expiring', reason: 'Expires within 7 days.' }
  }
  return { state: 'active', reason: 'Accepted.' }
}

/**
 * The policy that counts for a token. What the product made for an integration has no expiry to be given: it lives
 * and ends with the integration, and no policy about expiry cuts it off.
 */
export function policyFor<Policy extends Pick<TokenPolicy, 'maxLifetimeDays' | 'expiryRequired'>>(
  type: TokenType,
  policy: Policy,
): Policy {
  return type === 'SYSTEM' ? { ...policy, maxLifetimeDays: null, expiryRequired: false } : policy
}

/** True where the secret is accepted now. */
export function isUsable(state: TokenState): boolean {
  return state === 'active' || state === 'expiring' || state === 'overlap'
}

/** What a token can do now: what it was granted and its owner can still do. */
export function effectiveScopes(
  granted: readonly Scope[],
  ownerCeiling: readonly Scope[],
): Scope[] {
  const owner = new Set(ownerCeiling)
  return normalizeScopes(granted.filter((scope) => owner.has(scope)))
}

/** `now` plus whole days of exactly 24 hours UTC, whatever the calendar does. */
export function expiryFromDays(now: number, days: number): number {
  return now + days * DAY_MS
}
