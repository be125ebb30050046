import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Actor } from '@/lib/access/principal'
import type { AuditEntry } from '@/lib/audit/events'
import { systemAuditPayload } from '@/lib/audit/payload'
import type { RequestFacts } from '@/lib/context'
import { newId } from '@/lib/ids'

/** Something that happened in a demo organization. `at` is epoch ms. */
export interface PastEvent extends AuditEntry {
  at: number
  actor: Actor
  channel?: RequestFacts['channel']
}

const DASHBOARD_IP = '203.0.113.24'
const BROWSER =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Safari/605.1.15'

/**
 * Writes the audit chain of a new organization with dates in the past, which `audit.append` cannot do: it
 * takes the time from the clock. The hashes are those of lib/audit/verify.ts, so the chain verifies.
 */
export async function writeHistory(
  client: pg.PoolClient,
  organizationId: string,
  events: readonly PastEvent[],
): Promise<void> {
  let previous = createHash('sha256').update('').digest()
  const rows = [...events]
    .sort((a, b) => a.at - b.at)
    .map((event, index) => {
      const row = { seq: index + 1, id: newId(), at: Math.floor(event.at), payload: payload(event) }
      const hash = createHash('sha256')
        .update(previous)
        .update([organizationId, row.seq, row.id, row.at, row.payload].join('|'))
        .digest()
      const linked = { ...row, previous: previous.toString('hex'), hash: hash.toString('hex') }
      previous = hash
      return linked
    })
  await client.query(
    `INSERT INTO audit.event (organization_id, seq, id, at_ms, event_type, actor_id, target_id,
                              family_id, payload, previous_hash, hash)
     SELECT $1::uuid, past.seq, past.id, past.at, past.payload::jsonb->>'eventType',
            (past.payload::jsonb#>>'{actor,id}')::uuid, (past.payload::jsonb#>>'{target,id}')::uuid,
            (past.payload::jsonb#>>'{target,familyId}')::uuid, past.payload,
            decode(past.previous, 'hex'), decode(past.hash, 'hex')
     FROM json_to_recordset($2::json) AS past
       (seq bigint, id uuid, at bigint, payload text, previous text, hash text)`,
    [organizationId, JSON.stringify(rows)],
  )
  await client.query(
    'INSERT INTO audit.chain_head (organization_id, seq, hash) VALUES ($1, $2, $3)',
    [organizationId, rows.length, previous],
  )
}

/** Where requests of each channel came from. */
const CALLERS: Record<RequestFacts['channel'], Pick<RequestFacts, 'ip' | 'userAgent'>> = {
  dashboard: { ip: DASHBOARD_IP, userAgent: BROWSER },
  api: { ip: '198.51.100.144', userAgent: 'Zapier' },
  system: { ip: null, userAgent: null },
}

function payload({ actor, channel = 'dashboard', eventType, target, details }: PastEvent): string {
  const request: RequestFacts = { id: newId(), channel, ...CALLERS[channel] }
  return systemAuditPayload(request, { eventType, target, details }, actor)
}
