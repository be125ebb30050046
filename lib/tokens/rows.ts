import type pg from 'pg'
import { isScope, type Scope } from '@/lib/access/scopes'
import type { TokenPolicy } from '@/lib/context'
import {
  effectiveExpiry,
  policyFor,
  type TokenEndReason,
  type TokenOwner,
  type TokenSummary,
  type TokenType,
  tokenState,
} from '@/lib/tokens/model'

/** Reading tokens in sets. Times are epoch ms; digests never leave the database. */

interface TokenRow {
  /** The database's clock: it decides expiry, here as in lib/tokens/verify.ts. */
  nowMs: number
  id: string
  familyId: string
  name: string
  type: TokenType
  format: 'FX1' | 'LEGACY'
  displayPrefix: string
  last4: string
  scopes: string
  ownerUserId: string | null
  ownerLabel: string | null
  serviceAccountId: string | null
  accountName: string | null
  accountSuspended: boolean
  integrationId: string | null
  createdById: string | null
  createdByLabel: string
  createdAt: number
  modifiedAt: number
  expiresAt: number | null
  revokedAt: number | null
  endReason: TokenEndReason | null
  endedBy: string | null
  rotatedAt: number | null
  replacedById: string | null
  lastUsedAt: number | null
  lastUsedIp: string | null
}

const EPOCH_MS = (time: string) => `(extract(epoch from ${time}) * 1000)::float8`

const SELECT = `
  SELECT ${EPOCH_MS('clock_timestamp()')} AS "nowMs",
    t.id, t.family_id AS "familyId", t.name, t.type::text AS "type", t.format::text AS "format",
    t.display_prefix AS "displayPrefix", t.last4, array_to_string(t.scopes, ' ') AS "scopes",
    t.owner_user_id AS "ownerUserId", u.display_name AS "ownerLabel",
    t.service_account_id AS "serviceAccountId", s.name AS "accountName",
    s.suspended_at IS NOT NULL AS "accountSuspended", t.integration_id AS "integrationId",
    t.created_by_id AS "createdById", t.created_by_label AS "createdByLabel",
    ${EPOCH_MS('t.created_at')} AS "createdAt", ${EPOCH_MS('t.modified_at')} AS "modifiedAt",
    ${EPOCH_MS('t.expires_at')} AS "expiresAt", ${EPOCH_MS('t.revoked_at')} AS "revokedAt",
    t.end_reason::text AS "endReason", t.ended_by_label AS "endedBy",
    ${EPOCH_MS('t.rotated_at')} AS "rotatedAt", t.replaced_by_id AS "replacedById",
    ${EPOCH_MS('t.last_used_at')} AS "lastUsedAt", t.last_used_ip AS "lastUsedIp"
  FROM tokens t
  LEFT JOIN users u ON u.id = t.owner_user_id
  LEFT JOIN service_accounts s ON s.organization_id = t.organization_id AND s.id = t.service_account_id`

/** Of the table `t`: false for what the product made for an integration. */
export const IN_INVENTORY = 't.integration_id IS NULL'

/** The organization comes first in every condition: $1 is always its id. */
interface TokenQuery {
  organizationId: string
  policy: TokenPolicy
  /**
   * Also what the product made for integrations. Those are no part of the inventory: only who looks for where a
   * secret belongs asks for them.
   */
  withIntegrations?: true
  /** SQL after `t.organization_id = $1`, with parameters from $2 on. */
  where?: string
  values?: unknown[]
  orderAndLimit?: string
}

/** Tokens of one organization as summaries, newest first unless told otherwise. */
export async function selectTokens(
  db: Pick<pg.Pool, 'query'>,
  query: TokenQuery,
): Promise<TokenSummary[]> {
  const result = await db.query<TokenRow>(
    `${SELECT} WHERE t.organization_id = $1 ${query.withIntegrations ? '' : `AND ${IN_INVENTORY}`}
       ${query.where ? `AND ${query.where}` : ''}
     ${query.orderAndLimit ?? 'ORDER BY t.created_at DESC, t.id DESC'}`,
    [query.organizationId, ...(query.values ?? [])],
  )
  return result.rows.map((row) => toSummary(row, query.policy))
}

function toSummary(row: TokenRow, ofOrganization: TokenPolicy): TokenSummary {
  const policy = policyFor(row.type, ofOrganization)
  const { state, reason } = tokenState(
    { ...row, ownerSuspended: row.accountSuspended },
    policy,
    row.nowMs,
  )
  return {
    id: row.id,
    familyId: row.familyId,
    name: row.name,
    type: row.type,
    format: row.format,
    displayPrefix: row.displayPrefix,
    last4: row.last4,
    scopes: row.scopes === '' ? [] : (row.scopes.split(' ').filter(isScope) as Scope[]),
    owner: ownerOf(row),
    createdBy: { id: row.createdById, label: row.createdByLabel },
    createdAt: row.createdAt,
    modifiedAt: row.modifiedAt,
    expiresAt: row.expiresAt,
    effectiveExpiresAt: effectiveExpiry(row, policy),
    revokedAt: row.revokedAt,
    endReason: row.endReason,
    endedBy: row.endedBy,
    rotatedAt: row.rotatedAt,
    replacedById: row.replacedById,
    lastUsedAt: row.lastUsedAt,
    lastUsedIp: row.lastUsedIp,
    state,
    stateReason: reason,
  }
}

function ownerOf(row: TokenRow): TokenOwner {
  if (row.type === 'SYSTEM') {
    return { type: 'integration', id: row.integrationId ?? '', label: row.name }
  }
  return row.type === 'SERVICE_ACCOUNT'
    ? { type: 'service-account', id: row.serviceAccountId ?? '', label: row.accountName ?? '' }
    : { type: 'user', id: row.ownerUserId ?? '', label: row.ownerLabel ?? 'Removed person' }
}
