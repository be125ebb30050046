import { once } from 'node:events'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { RecordedCall } from '@/lib/activity/recorder'
import { addRequests, sumRequests } from '@/lib/activity/request-sums'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { newId } from '@/lib/ids'

/** Set-based writes of request activity. */

export interface UseOfDay {
  organizationId: string
  familyId: string
  /** UTC, YYYY-MM-DD. */
  day: string
  /** '' where the call needed none. */
  scope: string
  calls: number
  errors: number
  lastAtMs: number
}

const COPY_SQL = `COPY activity.request (organization_id, family_id, at_ms, id, token_id,
  service_account_id, method, route, status, latency_us, ip, user_agent, actor, scope, request_id)
  FROM STDIN`

const NEEDS_ESCAPE = /[\\\t\n\r\0]/
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** One field of COPY text format. NUL cannot be stored by PostgreSQL and is left out. */
function field(text: string | null): string {
  if (text === null) return '\\N'
  return NEEDS_ESCAPE.test(text)
    ? text.replace(/[\\\t\n\r\0]/g, (character) => ESCAPES[character] ?? '')
    : text
}

function line(call: RecordedCall): string {
  return `${call.organizationId}\t${call.familyId}\t${call.at}\t${newId()}\t${call.tokenId}\t${
    call.serviceAccountId ?? '\\N'
  }\t${field(call.method)}\t${field(call.route)}\t${call.status}\t${Math.round(
    call.latencyMs * 1000,
  )}\t${field(call.ip)}\t${field(call.userAgent)}\t${field(call.actor)}\t${
    call.scope ?? '\\N'
  }\t${call.requestId}\n`
}

/** Writes all rows in one COPY, and adds them to the sums of requests: all of them or none. */
export async function writeRequests(pool: pg.Pool, calls: readonly RecordedCall[]): Promise<void> {
  await sqlTransaction(pool, async (client) => {
    const stream = client.query(copyFrom(COPY_SQL))
    const finished = once(stream, 'finish')
    stream.end(calls.map(line).join(''))
    await finished
    // Last, because every process adds to the same few rows and holds them until its commit.
    await addRequests(client, sumRequests(calls))
  })
}

/** Adds the counts to those of the day. Rows are sorted, so that two processes cannot deadlock. */
export async function writeUseByDay(pool: pg.Pool, uses: readonly UseOfDay[]): Promise<void> {
  const sorted = [...uses].sort((a, b) =>
    `${a.familyId}${a.day}${a.scope}` < `${b.familyId}${b.day}${b.scope}` ? -1 : 1,
  )
  await pool.query({
    name: 'activity-use-by-day',
    text: `INSERT INTO activity.use_by_day AS held
             (organization_id, family_id, day, scope, calls, errors, last_at_ms)
           SELECT * FROM json_to_recordset($1::json) AS fresh
             ("organizationId" uuid, "familyId" uuid, day date, scope text, calls bigint, errors bigint,
              "lastAtMs" bigint)
           ON CONFLICT (organization_id, family_id, day, scope) DO UPDATE
             SET calls = held.calls + excluded.calls, errors = held.errors + excluded.errors,
                 last_at_ms = greatest(held.last_at_ms, excluded.last_at_ms)`,
    values: [JSON.stringify(sorted)],
  })
}
