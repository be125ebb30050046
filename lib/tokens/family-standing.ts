import type pg from 'pg'
import type { TokenPolicy } from '@/lib/context'
import { isUsable, type LifeFacts, policyFor, type TokenType, tokenState } from '@/lib/tokens/model'

type Row = Pick<LifeFacts, 'createdAt' | 'expiresAt' | 'revokedAt' | 'endReason'> &
  Pick<TokenPolicy, 'maxLifetimeDays' | 'expiryRequired'> & { type: TokenType; nowMs: number }

const EPOCH_MS = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`

const SELECT = `
  SELECT t.type::text AS type, ${EPOCH_MS('clock_timestamp()')} AS "nowMs",
    ${EPOCH_MS('t.created_at')} AS "createdAt", ${EPOCH_MS('t.expires_at')} AS "expiresAt",
    ${EPOCH_MS('t.revoked_at')} AS "revokedAt", t.end_reason::text AS "endReason",
    o.token_max_lifetime_days AS "maxLifetimeDays", o.token_expiry_required AS "expiryRequired"
  FROM tokens t JOIN organizations o ON o.id = t.organization_id
  WHERE t.organization_id = $1 AND t.family_id = $2
    AND (t.revoked_at IS NULL OR t.revoked_at > clock_timestamp())`

/**
 * Whether a token of the family would be let in at this moment by its own life and the organization's policy: the same
 * rule that judges a presented secret. Its owner is not asked about.
 */
export async function familyIsAccepted(
  client: Pick<pg.Pool | pg.PoolClient, 'query'>,
  organizationId: string,
  familyId: string,
): Promise<boolean> {
  const { rows } = await client.query<Row>({
    name: 'token-family-standing',
    text: SELECT,
    values: [organizationId, familyId],
  })
  return rows.some(({ type, nowMs, maxLifetimeDays, expiryRequired, ...life }) => {
    const facts = { ...life, endedBy: null, rotatedAt: null, ownerSuspended: false }
    const policy = policyFor(type, { maxLifetimeDays, expiryRequired })
    return isUsable(tokenState(facts, policy, nowMs).state)
  })
}
