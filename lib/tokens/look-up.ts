import type pg from 'pg'
import type { Role } from '@/lib/access/roles'
import type { TokenEndReason, TokenType } from '@/lib/tokens/model'

/** One row of the look-up; times epoch ms. `nowMs` is the database's clock: it decides expiry. */
export interface LookupRow {
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
  integrationId: string | null
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
    s.suspended_at IS NOT NULL AS "accountSuspended", s.revoked_at IS NOT NULL AS "accountRevoked",
    t.integration_id AS "integrationId"
  FROM tokens t
  JOIN organizations o ON o.id = t.organization_id
  LEFT JOIN memberships m ON m.organization_id = t.organization_id AND m.user_id = t.owner_user_id
  LEFT JOIN users u ON u.id = t.owner_user_id
  LEFT JOIN service_accounts s ON s.organization_id = t.organization_id AND s.id = t.service_account_id
  WHERE t.digest = ANY ($1::bytea[])`

/**
 * Token, owner, membership and policy of each digest (hex), by digest; unknown ones are absent. One
 * indexed read for all of them.
 */
export async function lookUpTokens(
  pool: pg.Pool,
  digests: string[],
): Promise<Map<string, LookupRow>> {
  const result = await pool.query<LookupRow>({
    name: 'token-lookup',
    text: LOOKUP_SQL,
    values: [digests.map((digest) => `\\x${digest}`)],
  })
  return new Map(result.rows.map((row) => [row.digest, row]))
}
