import type pg from 'pg'
import { systemAuditPayload } from '@/lib/audit/payload'
import type { RequestFacts } from '@/lib/context'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import { newId } from '@/lib/ids'
import type { KnownToken, RefusalCode } from '@/lib/tokens/verification'

/** What happens when somebody presents the real secret of a token that has ended. */

const ENDED: readonly RefusalCode[] = ['revoked', 'rotated', 'owner-removed']

/**
 * Writes USED_WHILE_REVOKED into the audit trail, at most once an hour a token: the guard and the event
 * are one statement, so a storm of retries on many processes still writes one.
 * @returns whether an event was written
 */
export async function recordUseAfterEnd(
  pool: pg.Pool,
  token: KnownToken,
  code: RefusalCode,
  request: RequestFacts,
): Promise<boolean> {
  if (!ENDED.includes(code)) return false
  const payload = systemAuditPayload(request, {
    eventType: 'USED_WHILE_REVOKED',
    target: targetOf(token),
    details: { reason: code, keyPrefix: token.displayPrefix },
  })
  const result = await pool.query({
    name: 'token-refused-use',
    text: `WITH due AS (
        UPDATE tokens SET refused_use_at = now()
        WHERE organization_id = $1 AND id = $2
          AND (refused_use_at IS NULL OR refused_use_at < now() - interval '1 hour')
        RETURNING organization_id)
      SELECT audit.append(due.organization_id, $3::uuid, $4) FROM due`,
    values: [token.organizationId, token.tokenId, newId(), payload],
  })
  return result.rowCount === 1
}

/**
 * A rotated secret that asks to rotate again is in two hands: the holder of its replacement and whoever
 * sends this. Every secret of the family dies. A race is not a replay: within a minute of the rotation
 * nothing is done, so two deploy jobs that collide cost nobody an outage.
 * @returns whether a live secret was ended
 */
export async function revokeReplayedFamily(
  pool: pg.Pool,
  token: KnownToken,
  request: RequestFacts,
): Promise<boolean> {
  const payload = systemAuditPayload(request, {
    eventType: 'REVOKED',
    target: targetOf(token),
    details: { reason: 'REPLAYED', explanation: 'A rotated secret was used to rotate again.' },
  })
  const result = await pool.query({
    text: `WITH replayed AS (
        SELECT family_id FROM tokens
        WHERE organization_id = $1 AND id = $2 AND rotated_at < now() - interval '60 seconds'
      ), ended AS (
        UPDATE tokens t SET revoked_at = ${THIS_MOMENT}, modified_at = now(), end_reason = 'REPLAYED',
          ended_by_label = 'replay protection'
        FROM replayed WHERE t.organization_id = $1 AND t.family_id = replayed.family_id
          AND (t.revoked_at IS NULL OR t.revoked_at > clock_timestamp())
        RETURNING t.organization_id
      )
      SELECT audit.append(organization_id, $3::uuid, $4) FROM (SELECT DISTINCT organization_id FROM ended) one`,
    values: [token.organizationId, token.tokenId, newId(), payload],
  })
  return result.rowCount === 1
}

function targetOf(token: KnownToken) {
  return {
    type: 'token' as const,
    id: token.tokenId,
    label: token.name,
    familyId: token.familyId,
  }
}
