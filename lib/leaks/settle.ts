import type pg from 'pg'
import type { AuditEntry } from '@/lib/audit/events'
import { systemAuditPayload } from '@/lib/audit/payload'
import type { RequestFacts } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import { newId } from '@/lib/ids'
import {
  type LeakOutcome,
  type LeakPlace,
  type LeakResponse,
  type LeakSource,
  mergedOutcome,
  type Sighting,
  withSighting,
} from '@/lib/leaks/model'
import { tellOfLeak } from '@/lib/leaks/notices'
import { auditTargetOf } from '@/lib/tokens/audit-target'

/** What is done with a token whose secret was seen where it does not belong. */

export interface LeakDoor {
  db: Pick<Database, 'pool'>
  crypto: { emailLinks: EmailLinkSealer }
}

export interface ReportedLeak {
  /** Under which the secret may be stored, hex: nobody here ever sees the secret. */
  digests: readonly string[]
  sighting: Sighting
  request: RequestFacts
}

interface LeakedToken {
  organizationId: string
  tokenId: string
  familyId: string
  name: string
  displayPrefix: string
  integrationId: string | null
  isLive: boolean
  onLeak: LeakResponse
  /** Epoch ms by the database's clock. */
  nowMs: number
}

interface StoredReport {
  outcome: LeakOutcome
  places: LeakPlace[]
}

/** Who ended it, for the sentence on its page: "The secret was reported as leaked by …". */
const ENDED_BY: Record<LeakSource, string | null> = {
  GITHUB: 'GitHub secret scanning',
  ANYBODY: null,
}

/**
 * Records the report, and ends the secret at once where it is alive and the organization's policy says so.
 * Only the secret that was seen dies: its replacement has another one. The same report again changes a count
 * and nothing else. Who is told: the owner and every admin, of a revocation once, of a secret that stays alive
 * once a day.
 * @returns what was done, or null where nobody has such a token
 */
export async function settleLeak(door: LeakDoor, leak: ReportedLeak): Promise<LeakOutcome | null> {
  const found = await door.db.pool.query<{ organizationId: string; tokenId: string }>({
    name: 'leaked-token',
    text: `SELECT organization_id AS "organizationId", id AS "tokenId" FROM tokens
           WHERE digest = ANY ($1::bytea[])`,
    values: [leak.digests.map((digest) => `\\x${digest}`)],
  })
  const [known] = found.rows
  if (!known) return null
  return sqlTransaction(door.db.pool, async (client) => {
    // Every report of a token waits here for the one before it, and for a rotation or revocation under way.
    const token = await lockToken(client, known)
    if (!token) return null
    return settleLocked(client, door, token, leak)
  })
}

async function settleLocked(
  client: pg.PoolClient,
  { crypto }: LeakDoor,
  token: LeakedToken,
  { sighting, request }: ReportedLeak,
): Promise<LeakOutcome> {
  const before = await readReport(client, token)
  const { places, isNew } = withSighting(before?.places ?? [], sighting, token.nowMs)
  const done = outcomeFor(token)
  await storeReport(client, token, mergedOutcome(before?.outcome ?? null, done), places)
  if (done === 'REVOKED') await endSecret(client, token, sighting.source)
  if (done !== 'ALREADY_ENDED') {
    await tellOfLeak(client, crypto.emailLinks, token, { outcome: done, sighting, at: token.nowMs })
  }
  const { source, url } = sighting
  const events: Pick<AuditEntry, 'eventType' | 'details'>[] = []
  if (isNew || done === 'REVOKED') {
    const details = { source, url, outcome: done, keyPrefix: token.displayPrefix }
    events.push({ eventType: 'LEAK_REPORTED', details })
  }
  if (done === 'REVOKED') {
    events.push({ eventType: 'REVOKED', details: { reason: 'LEAKED', source, url } })
  }
  for (const event of events) await append(client, token, request, event)
  return done
}

function outcomeFor({ isLive, onLeak }: LeakedToken): LeakOutcome {
  if (!isLive) return 'ALREADY_ENDED'
  return onLeak === 'REVOKE' ? 'REVOKED' : 'NOTIFIED'
}

/**
 * Alive is whatever may still be accepted, now or later: a suspended account can be resumed and a policy
 * loosened, and the secret would be back.
 */
async function lockToken(
  client: pg.PoolClient,
  { organizationId, tokenId }: { organizationId: string; tokenId: string },
): Promise<LeakedToken | undefined> {
  const { rows } = await client.query<LeakedToken>(
    `SELECT t.organization_id AS "organizationId", t.id AS "tokenId", t.family_id AS "familyId", t.name,
       t.display_prefix AS "displayPrefix", t.integration_id AS "integrationId",
       o.token_on_leak::text AS "onLeak",
       (t.revoked_at IS NULL OR t.revoked_at > clock_timestamp())
         AND (t.expires_at IS NULL OR t.expires_at > clock_timestamp()) AS "isLive",
       floor(extract(epoch FROM clock_timestamp()) * 1000)::float8 AS "nowMs"
     FROM tokens t JOIN organizations o ON o.id = t.organization_id
     WHERE t.organization_id = $1 AND t.id = $2 FOR UPDATE OF t`,
    [organizationId, tokenId],
  )
  return rows[0]
}

async function readReport(
  client: pg.PoolClient,
  { organizationId, tokenId }: LeakedToken,
): Promise<StoredReport | undefined> {
  const { rows } = await client.query<StoredReport>(
    `SELECT outcome::text AS outcome, places FROM leak_reports
     WHERE organization_id = $1 AND token_id = $2`,
    [organizationId, tokenId],
  )
  return rows[0]
}

async function storeReport(
  client: pg.PoolClient,
  { organizationId, tokenId, nowMs }: LeakedToken,
  outcome: LeakOutcome,
  places: readonly LeakPlace[],
): Promise<void> {
  await client.query(
    `INSERT INTO leak_reports AS r (organization_id, token_id, outcome, reports, first_reported_at,
       last_reported_at, places)
     VALUES ($1, $2, $3::leak_outcome, 1, to_timestamp($4 / 1000.0), to_timestamp($4 / 1000.0), $5::jsonb)
     ON CONFLICT (organization_id, token_id) DO UPDATE SET outcome = excluded.outcome,
       reports = r.reports + 1, last_reported_at = excluded.last_reported_at, places = excluded.places`,
    [organizationId, tokenId, outcome, nowMs, JSON.stringify(places)],
  )
}

async function endSecret(
  client: pg.PoolClient,
  { organizationId, tokenId }: LeakedToken,
  source: LeakSource,
): Promise<void> {
  await client.query(
    `UPDATE tokens SET revoked_at = ${THIS_MOMENT}, modified_at = now(), end_reason = 'LEAKED',
       ended_by_label = $3
     WHERE organization_id = $1 AND id = $2`,
    [organizationId, tokenId, ENDED_BY[source]],
  )
}

async function append(
  client: pg.PoolClient,
  token: LeakedToken,
  request: RequestFacts,
  event: Pick<AuditEntry, 'eventType' | 'details'>,
): Promise<void> {
  const target = auditTargetOf(token)
  await client.query('SELECT audit.append($1::uuid, $2::uuid, $3)', [
    token.organizationId,
    newId(),
    systemAuditPayload(request, { ...event, target }),
  ])
}
