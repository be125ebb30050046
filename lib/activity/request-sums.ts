import type pg from 'pg'
import type { RequestChannel } from '@/lib/access/request-channel'

const HOUR_MS = 3_600_000

/** Requests of one hour. */
export interface RequestSum {
  organizationId: string
  /** Epoch ms at which the UTC hour begins. */
  hour: number
  channel: RequestChannel
  requests: number
  failed: number
}

/** What of a call its sum needs. */
export interface SummedCall {
  organizationId: string
  /** Epoch ms. */
  at: number
  channel: RequestChannel
  status: number
}

/** One sum an organization, hour and channel, however many calls there are. */
export function sumRequests(calls: readonly SummedCall[]): RequestSum[] {
  const sums = new Map<string, RequestSum>()
  for (const { organizationId, at, channel, status } of calls) {
    const hour = at - (at % HOUR_MS)
    const key = `${organizationId}${hour}${channel}`
    let sum = sums.get(key)
    if (!sum) {
      sum = { organizationId, hour, channel, requests: 0, failed: 0 }
      sums.set(key, sum)
    }
    sum.requests++
    if (status >= 400) sum.failed++
  }
  return [...sums.values()]
}

/** Grouped and in the order of the key, so that two processes lock the same rows in the same order. */
const upsert = (unit: 'hour' | 'day') => `
  INSERT INTO usage.request_${unit} AS kept (organization_id, bucket, channel, requests, failed)
  SELECT "organizationId", date_trunc('${unit}', to_timestamp(hour / 1000), 'UTC') AS at, channel,
    sum(requests), sum(failed)
  FROM told GROUP BY "organizationId", at, channel ORDER BY "organizationId", at, channel
  ON CONFLICT (organization_id, bucket, channel)
    DO UPDATE SET requests = kept.requests + excluded.requests, failed = kept.failed + excluded.failed`

const ADD = `
WITH told AS (
  SELECT * FROM json_to_recordset($1::json) AS t("organizationId" uuid, hour float8, channel text,
    requests bigint, failed bigint)
), hours AS (${upsert('hour')}
)${upsert('day')}`

/** Adds to the hours and days that charts of requests read; in the transaction that keeps the calls. */
export async function addRequests(
  database: Pick<pg.Pool | pg.PoolClient, 'query'>,
  sums: readonly RequestSum[],
): Promise<void> {
  if (sums.length === 0) return
  await database.query({
    name: 'activity-add-requests',
    text: ADD,
    values: [JSON.stringify(sums)],
  })
}
