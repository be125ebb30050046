import { createHash } from 'node:crypto'
import { authorizeAuditReading } from '@/lib/audit/queries'
import type { Context } from '@/lib/context'
import type { Database } from '@/lib/db/database'

export interface ChainVerdict {
  ok: boolean
  /** Events that were checked. */
  events: number
  headHash: string | null
  firstBrokenSeq: number | null
  problem: string | null
}

interface ChainRow {
  seq: string
  id: string
  at_ms: string
  event_type: string
  actor_id: string | null
  target_id: string | null
  family_id: string | null
  payload: string
  previous_hash: Buffer
  hash: Buffer
}

const BATCH = 2000
const GENESIS = createHash('sha256').update('').digest()

/**
 * Recomputes the organization's whole chain: numbers without a gap, each hash over the one before and
 * the stored text, columns that say what the text says, and the head that the last event must match (so
 * that a cut tail is seen). Memory stays flat.
 */
export async function verifyAuditChain(
  db: Pick<Database, 'pool'>,
  input: { organizationId: string },
): Promise<ChainVerdict> {
  // The head is read first: events added meanwhile lie beyond it and are left out.
  const heads = await db.pool.query<{ seq: string; hash: Buffer }>(
    'SELECT seq, hash FROM audit.chain_head WHERE organization_id = $1',
    [input.organizationId],
  )
  const head = heads.rows[0] ?? { seq: '0', hash: GENESIS }
  let previous: Buffer = GENESIS
  let seq = 0
  for (;;) {
    const batch = await db.pool.query<ChainRow>(
      `SELECT seq, id, at_ms, event_type, actor_id, target_id, family_id, payload, previous_hash, hash
       FROM audit.event WHERE organization_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT ${BATCH}`,
      [input.organizationId, seq, head.seq],
    )
    if (batch.rows.length === 0) break
    for (const row of batch.rows) {
      const problem = problemOf(row, seq + 1, previous, input.organizationId)
      if (problem) return broken(seq, seq + 1, problem)
      previous = row.hash
      seq++
    }
  }
  if (seq !== Number(head.seq))
    return broken(seq, seq + 1, 'Events at the end of the chain are missing.')
  if (!previous.equals(head.hash))
    return broken(seq, seq, 'The last event is not the one the head names.')
  return {
    ok: true,
    events: seq,
    headHash: previous.toString('hex'),
    firstBrokenSeq: null,
    problem: null,
  }
}

/** The same for a person in the dashboard. @throws DomainError forbidden */
export async function verifyOwnAuditChain(ctx: Context): Promise<ChainVerdict> {
  authorizeAuditReading(ctx)
  return verifyAuditChain(ctx.db, { organizationId: ctx.organization.id })
}

function broken(events: number, firstBrokenSeq: number, problem: string): ChainVerdict {
  return { ok: false, events, headHash: null, firstBrokenSeq, problem }
}

function problemOf(
  row: ChainRow,
  expectedSeq: number,
  previous: Buffer,
  organizationId: string,
): string | null {
  if (Number(row.seq) !== expectedSeq) return 'An event is missing.'
  if (!row.previous_hash.equals(previous)) return 'The event does not follow the one before it.'
  const expected = createHash('sha256')
    .update(previous)
    .update([organizationId, row.seq, row.id, row.at_ms, row.payload].join('|'))
    .digest()
  if (!row.hash.equals(expected)) return 'The event was changed.'
  const document = JSON.parse(row.payload) as {
    eventType: string
    actor: { id: string | null }
    target: { id: string; familyId: string | null }
  }
  const columnsAgree =
    document.eventType === row.event_type &&
    document.actor.id === row.actor_id &&
    document.target.id === row.target_id &&
    document.target.familyId === row.family_id
  return columnsAgree ? null : 'The columns of the event do not say what its text says.'
}
