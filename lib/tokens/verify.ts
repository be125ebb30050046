import type pg from 'pg'
import type { TokenPrincipal } from '@/lib/access/principal'
import { ROLE_FACTS, type Role } from '@/lib/access/roles'
import { isScope, type Scope } from '@/lib/access/scopes'
import type { OrganizationContext } from '@/lib/context'
import { CoalescedRead } from '@/lib/db/coalesced-read'
import { lookupDigests, type Peppers } from '@/lib/tokens/digest'
import {
  effectiveExpiry,
  effectiveScopes,
  isUsable,
  type TokenEndReason,
  type TokenState,
  type TokenType,
  tokenState,
} from '@/lib/tokens/model'
import { secretShape } from '@/lib/tokens/secret'

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
  ownerType: 'user' | 'service-account'
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
}

/** One row of the look-up; times epoch ms. `nowMs` is the database's clock: it decides expiry. */
interface LookupRow {
  digest: string
  nowMs: number
  id: string
  familyId: string
  name: string
  type: TokenType
  displayPrefix: string
  last4: string
  scopes: string
  createdAt: number
  createdById: string | null
  createdByLabel: string
  modifiedAt: number
  expiresAt: number | null
  revokedAt: number | null
  endReason: TokenEndReason | null
  lastUsedAt: number | null
  organizationId: string
  slug: string
  organizationName: string
  maxLifetimeDays: number | null
  expiryRequired: boolean
  bearerMinting: boolean
  userId: string | null
  role: Role | null
  displayName: string | null
  email: string | null
  accountId: string | null
  accountName: string | null
  accountScopes: string | null
  accountSuspended: boolean
  accountRevoked: boolean
}

const EPOCH_MS = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`

const LOOKUP_SQL = `
  SELECT encode(t.digest, 'hex') AS "digest", ${EPOCH_MS('clock_timestamp()')} AS "nowMs",
    t.id, t.family_id AS "familyId", t.name, t.type::text AS "type",
    t.display_prefix AS "displayPrefix", t.last4, array_to_string(t.scopes, ' ') AS "scopes",
    ${EPOCH_MS('t.created_at')} AS "createdAt", t.created_by_id AS "createdById",
    t.created_by_label AS "createdByLabel", ${EPOCH_MS('t.modified_at')} AS "modifiedAt",
    ${EPOCH_MS('t.expires_at')} AS "expiresAt", ${EPOCH_MS('t.revoked_at')} AS "revokedAt",
    t.end_reason::text AS "endReason", ${EPOCH_MS('t.last_used_at')} AS "lastUsedAt",
    t.organization_id AS "organizationId", o.slug, o.name AS "organizationName",
    o.token_max_lifetime_days AS "maxLifetimeDays", o.token_expiry_required AS "expiryRequired",
    o.token_bearer_minting AS "bearerMinting",
    t.owner_user_id AS "userId", m.role::text AS "role", u.display_name AS "displayName", u.email,
    s.id AS "accountId", s.name AS "accountName", array_to_string(s.scopes, ' ') AS "accountScopes",
    s.suspended_at IS NOT NULL AS "accountSuspended", s.revoked_at IS NOT NULL AS "accountRevoked"
  FROM tokens t
  JOIN organizations o ON o.id = t.organization_id
  LEFT JOIN memberships m ON m.organization_id = t.organization_id AND m.user_id = t.owner_user_id
  LEFT JOIN users u ON u.id = t.owner_user_id
  LEFT JOIN service_accounts s ON s.organization_id = t.organization_id AND s.id = t.service_account_id
  WHERE t.digest = ANY ($1::bytea[])`

/**
 * Decides whether a presented secret is accepted, at each request anew: one indexed read joins token,
 * owner, membership and policy, so revocation, demotion and suspension bite on the very next call.
 */
export class TokenVerifier {
  readonly #peppers: Peppers
  readonly #rows: CoalescedRead<LookupRow>

  constructor(pool: pg.Pool, peppers: Peppers) {
    this.#peppers = peppers
    this.#rows = new CoalescedRead((digests) => readRows(pool, digests), {
      concurrency: 2,
      maxBatch: 64,
    })
  }

  /**
   * Never throws for a bad secret; rejects only where the database does not answer.
   * A malformed secret or a wrong checksum costs no database call.
   */
  async verify(secret: string): Promise<Verification> {
    const shape = secretShape(secret)
    if (shape === 'malformed') return refused('malformed', null)
    for (const digest of lookupDigests(this.#peppers, secret, shape)) {
      const row = await this.#rows.read(digest)
      if (row) return judge(row)
    }
    return refused('unknown', null)
  }
}

async function readRows(pool: pg.Pool, digests: string[]): Promise<Map<string, LookupRow>> {
  const result = await pool.query<LookupRow>({
    name: 'token-lookup',
    text: LOOKUP_SQL,
    values: [digests.map((digest) => `\\x${digest}`)],
  })
  return new Map(result.rows.map((row) => [row.digest, row]))
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

function refused(code: RefusalCode, row: LookupRow | null): Verification {
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

function judge(row: LookupRow): Verification {
  const policy = { maxLifetimeDays: row.maxLifetimeDays, expiryRequired: row.expiryRequired }
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

function ownerOf(row: LookupRow): Owner | null {
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
  const ceiling =
    owner.type === 'user' ? ROLE_FACTS[owner.role].scopes : parseScopes(row.accountScopes ?? '')
  const effective = effectiveScopes(granted, ceiling)
  const effectiveExpiresAt = effectiveExpiry(row, row)
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
      ownerId: owner.type === 'user' ? owner.userId : owner.serviceAccountId,
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

function earlier(a: number | null, b: number | null): number | null {
  if (a === null) return b
  return b === null ? a : Math.min(a, b)
}

/** A scope that is no longer in the vocabulary grants nothing. */
function parseScopes(text: string): Scope[] {
  return text === '' ? [] : text.split(' ').filter(isScope)
}
