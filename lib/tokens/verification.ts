import type { TokenPrincipal } from '@/lib/access/principal'
import { ROLE_FACTS } from '@/lib/access/roles'
import { isScope, type Scope } from '@/lib/access/scopes'
import type { OrganizationContext } from '@/lib/context'
import type { LookupRow } from '@/lib/tokens/look-up'
import {
  effectiveExpiry,
  effectiveScopes,
  isUsable,
  policyFor,
  type TokenOwner,
  type TokenState,
  type TokenType,
  tokenState,
} from '@/lib/tokens/model'

/** Facts of a presented token, read in the same look-up that accepted it. */
export interface VerifiedToken {
  id: string
  familyId: string
  name: string
  type: TokenType
  displayPrefix: string
  last4: string
  granted: Scope[]
  effective: Scope[]
  ownerType: TokenOwner['type']
  ownerId: string
  ownerLabel: string
  ownerEmail: string | null
  createdAt: number
  createdById: string | null
  createdByLabel: string
  modifiedAt: number
  expiresAt: number | null
  effectiveExpiresAt: number | null
  revokedAt: number | null
  lastUsedAt: number | null
  organizationId: string
  organizationSlug: string
}

export type RefusalCode =
  | 'malformed'
  | 'unknown'
  | 'revoked'
  | 'rotated'
  | 'expired'
  | 'suspended'
  | 'blocked'
  | 'owner-removed'

export type Verification =
  | {
      outcome: 'accepted'
      principal: TokenPrincipal
      organization: OrganizationContext
      token: VerifiedToken
    }
  | {
      outcome: 'refused'
      code: RefusalCode
      description: string
      /** Set where the digest matched a row, so only the holder of the real secret learns a reason. */
      known: KnownToken | null
    }

export interface KnownToken {
  organizationId: string
  organizationSlug: string
  tokenId: string
  familyId: string
  name: string
  displayPrefix: string
  /** Set for what the product made for an integration. */
  integrationId: string | null
}

const DESCRIPTIONS: Record<RefusalCode, string> = {
  malformed: 'This is not a token of this product.',
  unknown: 'This token is not known.',
  revoked: 'This token was revoked.',
  rotated: 'This token was rotated: use its replacement.',
  expired: 'This token has expired.',
  suspended: 'The service account of this token is suspended.',
  blocked: 'The organization requires tokens to have an expiry date; this one has none.',
  'owner-removed': 'The owner of this token is no longer a member of the organization.',
}

/** The verdict on a secret that is refused; only where a row matched does it say why. */
export function refused(code: RefusalCode, row: LookupRow | null): Verification {
  return {
    outcome: 'refused',
    code,
    // A checksum failure and an unknown secret must read the same: neither tells which digests exist.
    description: row ? DESCRIPTIONS[code] : DESCRIPTIONS.unknown,
    known: row && {
      organizationId: row.organizationId,
      organizationSlug: row.slug,
      tokenId: row.id,
      familyId: row.familyId,
      name: row.name,
      displayPrefix: row.displayPrefix,
      integrationId: row.integrationId,
    },
  }
}

const REFUSAL_OF_STATE: Record<
  Exclude<TokenState, 'active' | 'expiring' | 'overlap'>,
  RefusalCode
> = {
  suspended: 'suspended',
  blocked: 'blocked',
  expired: 'expired',
  rotated: 'rotated',
  revoked: 'revoked',
}

/** The verdict on the row that a secret's digest matched. */
export function judge(row: LookupRow): Verification {
  const policy = policyOf(row)
  const life = {
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    revokedAt: row.revokedAt,
    endReason: row.endReason,
    endedBy: null,
    rotatedAt: null,
    ownerSuspended: row.accountSuspended,
  }
  const { state } = tokenState(life, policy, row.nowMs)
  if (!isUsable(state)) {
    return refused(REFUSAL_OF_STATE[state as keyof typeof REFUSAL_OF_STATE], row)
  }
  // Checked beside the token's own state: a row that a cascade skipped is refused all the same.
  if (row.accountRevoked) return refused('revoked', row)
  const owner = ownerOf(row)
  if (!owner) return refused('owner-removed', row)
  return accept(row, owner)
}

type Owner = TokenPrincipal['owner']

function policyOf({ type, maxLifetimeDays, expiryRequired }: LookupRow) {
  return policyFor(type, { maxLifetimeDays, expiryRequired })
}

function ownerOf(row: LookupRow): Owner | null {
  if (row.type === 'SYSTEM') {
    if (row.integrationId === null) return null
    return { type: 'integration', integrationId: row.integrationId, name: row.name }
  }
  if (row.type === 'SERVICE_ACCOUNT') {
    if (row.accountId === null) return null
    return { type: 'service-account', serviceAccountId: row.accountId, name: row.accountName ?? '' }
  }
  if (row.userId === null || row.role === null) return null
  return {
    type: 'user',
    userId: row.userId,
    displayName: row.displayName ?? '',
    email: row.email ?? '',
    role: row.role,
  }
}

function accept(row: LookupRow, owner: Owner): Verification {
  const granted = parseScopes(row.scopes)
  const effective = effectiveScopes(granted, ceilingOf(owner, row))
  const effectiveExpiresAt = effectiveExpiry(row, policyOf(row))
  return {
    outcome: 'accepted',
    organization: {
      id: row.organizationId,
      slug: row.slug,
      name: row.organizationName,
      policy: {
        maxLifetimeDays: row.maxLifetimeDays,
        expiryRequired: row.expiryRequired,
        bearerMinting: row.bearerMinting,
      },
    },
    principal: {
      kind: 'token',
      tokenId: row.id,
      familyId: row.familyId,
      tokenName: row.name,
      displayPrefix: row.displayPrefix,
      granted,
      scopes: new Set(effective),
      // During a rotation's overlap the old secret dies at revokedAt, before its expiry.
      expiresAt: earlier(effectiveExpiresAt, row.revokedAt),
      owner,
    },
    token: {
      id: row.id,
      familyId: row.familyId,
      name: row.name,
      type: row.type,
      displayPrefix: row.displayPrefix,
      last4: row.last4,
      granted,
      effective,
      ownerType: owner.type,
      ownerId: ownerIdOf(owner),
      ownerLabel: owner.type === 'user' ? owner.displayName : owner.name,
      ownerEmail: owner.type === 'user' ? owner.email : null,
      createdAt: row.createdAt,
      createdById: row.createdById,
      createdByLabel: row.createdByLabel,
      modifiedAt: row.modifiedAt,
      expiresAt: row.expiresAt,
      effectiveExpiresAt,
      revokedAt: row.revokedAt,
      lastUsedAt: row.lastUsedAt,
      organizationId: row.organizationId,
      organizationSlug: row.slug,
    },
  }
}

/** Whatever a row of an integration says, its token calls MCP and nothing else. */
function ceilingOf(owner: Owner, row: LookupRow): readonly Scope[] {
  if (owner.type === 'integration') return ['mcp:invoke']
  return owner.type === 'user'
    ? ROLE_FACTS[owner.role].scopes
    : parseScopes(row.accountScopes ?? '')
}

function ownerIdOf(owner: Owner): string {
  if (owner.type === 'integration') return owner.integrationId
  return owner.type === 'user' ? owner.userId : owner.serviceAccountId
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null) return b
  return b === null ? a : Math.min(a, b)
}

/** A scope that is no longer in the vocabulary grants nothing. */
function parseScopes(text: string): Scope[] {
  return text === '' ? [] : text.split(' ').filter(isScope)
}
