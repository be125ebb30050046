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

/**
 * At each request of a program, so its plan is to be made once and kept: planning took longer than reading. Postgres
 * keeps a plan that it holds no dearer than one for the very values, hence the digests are a set of unknown size, and
 * what belongs to a token is read by its key (OFFSET 0 forbids to join it otherwise), however the tables grow.
 */
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
  JOIN LATERAL (SELECT * FROM organizations o WHERE o.id = t.organization_id OFFSET 0) o ON true
  LEFT JOIN LATERAL (SELECT * FROM memberships m
    WHERE m.organization_id = t.organization_id AND m.user_id = t.owner_user_id OFFSET 0) m ON true
  LEFT JOIN LATERAL (SELECT * FROM users u WHERE u.id = t.owner_user_id OFFSET 0) u ON true
  LEFT JOIN LATERAL (SELECT * FROM service_accounts s
    WHERE s.organization_id = t.organization_id AND s.id = t.service_account_id OFFSET 0) s ON true
  WHERE t.digest = ANY (ARRAY(SELECT unnest($1::bytea[])))`

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
