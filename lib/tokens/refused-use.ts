import type pg from 'pg'
import { systemAuditPayload } from '@/lib/audit/payload'
import type { RequestFacts } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import { newId } from '@/lib/ids'
import { notify } from '@/lib/notifications/notify'
import { auditTargetOf } from '@/lib/tokens/audit-target'
import { audienceOf } from '@/lib/tokens/notices'
import type { KnownToken, RefusalCode } from '@/lib/tokens/verification'

/** What happens when somebody presents the real secret of a token that has ended. */

export interface RefusedUseDoor {
  db: Pick<Database, 'pool'>
  crypto: { emailLinks: EmailLinkSealer }
}

const ENDED: readonly RefusalCode[] = ['revoked', 'rotated', 'owner-removed']

const IS_DUE = `organization_id = $1 AND id = $2
  AND (refused_use_at IS NULL OR refused_use_at < now() - interval '1 hour')`

/**
 * Writes USED_WHILE_REVOKED into the audit trail and tells the owner, or the admins of a service account, at
 * most once an hour a token: the row is the guard, so a storm of retries on many processes still writes one.
 * @returns whether an event was written
 */
export async function recordUseAfterEnd(
  { db, crypto }: RefusedUseDoor,
  token: KnownToken,
  code: RefusalCode,
  request: RequestFacts,
): Promise<boolean> {
  if (!ENDED.includes(code)) return false
  const values = [token.organizationId, token.tokenId]
  // Looks first: most refused uses are retries, and cost one read.
  const due = await db.pool.query({
    name: 'token-refused-use',
    text: `SELECT 1 FROM tokens WHERE ${IS_DUE}`,
    values,
  })
  if (due.rowCount !== 1) return false
  return sqlTransaction(db.pool, async (client) => {
    const taken = await client.query(
      `UPDATE tokens SET refused_use_at = now() WHERE ${IS_DUE}`,
      values,
    )
    if (taken.rowCount !== 1) return false
    await tell(client, crypto.emailLinks, token, 'REFUSED', request)
    await append(client, token, request, {
      eventType: 'USED_WHILE_REVOKED',
      details: { reason: code, keyPrefix: token.displayPrefix },
    })
    return true
  })
}

/**
 * A rotated secret that asks to rotate again is in two hands: the holder of its replacement and whoever
 * sends this. Every secret of the family dies, and the owner is told. A race is not a replay: within a
 * minute of the rotation nothing is done, so two deploy jobs that collide cost nobody an outage.
 * @returns whether a live secret was ended
 */
export async function revokeReplayedFamily(
  { db, crypto }: RefusedUseDoor,
  token: KnownToken,
  request: RequestFacts,
): Promise<boolean> {
  return sqlTransaction(db.pool, async (client) => {
    const ended = await client.query(
      `WITH replayed AS (
         SELECT family_id FROM tokens
         WHERE organization_id = $1 AND id = $2 AND rotated_at < now() - interval '60 seconds'
       )
       UPDATE tokens t SET revoked_at = ${THIS_MOMENT}, modified_at = now(), end_reason = 'REPLAYED',
         ended_by_label = 'replay protection'
       FROM replayed WHERE t.organization_id = $1 AND t.family_id = replayed.family_id
         AND (t.revoked_at IS NULL OR t.revoked_at > clock_timestamp())`,
      [token.organizationId, token.tokenId],
    )
    if (!ended.rowCount) return false
    await tell(client, crypto.emailLinks, token, 'REPLAYED', request)
    await append(client, token, request, {
      eventType: 'REVOKED',
      details: { reason: 'REPLAYED', explanation: 'A rotated secret was used to rotate again.' },
    })
    return true
  })
}

/** One request, one notice: the first outcome that is told of is the one that counts. */
async function tell(
  client: pg.PoolClient,
  sealer: EmailLinkSealer,
  token: KnownToken,
  outcome: 'REFUSED' | 'REPLAYED',
  request: RequestFacts,
): Promise<void> {
  const { serviceAccountName, recipients } = await audienceOf(client, token)
  await notify(client, sealer, {
    kind: 'retired-secret-used',
    facts: {
      outcome,
      tokenId: token.tokenId,
      tokenName: token.name,
      serviceAccountName,
      integrationId: token.integrationId,
      displayPrefix: token.displayPrefix,
      ip: request.ip,
      at: Date.now(),
    },
    organizationId: token.organizationId,
    recipients,
    idempotencyKey: `retired-secret-used/${token.tokenId}/${request.id}`,
  })
}

async function append(
  client: pg.PoolClient,
  token: KnownToken,
  request: RequestFacts,
  event: { eventType: 'USED_WHILE_REVOKED' | 'REVOKED'; details: Record<string, unknown> },
): Promise<void> {
  const target = auditTargetOf(token)
  await client.query('SELECT audit.append($1::uuid, $2::uuid, $3)', [
    token.organizationId,
    newId(),
    systemAuditPayload(request, { ...event, target }),
  ])
}
