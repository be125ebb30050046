import type { Context } from '@/lib/context'
import { invalid } from '@/lib/errors'
import { authorizeUsageReading } from '@/lib/usage/queries'
import { rangeObjections } from '@/lib/usage/range'
import type { RequestRow } from '@/lib/usage/request-series'
import type { Interval, UsageQuery } from '@/lib/usage/series'

const TABLES: Record<Interval, string> = { HOUR: 'usage.request_hour', DAY: 'usage.request_day' }

/**
 * Requests that programs made with tokens of the organization, by hour or day and channel, in order; buckets
 * without requests are left out. It reads sums, so its cost goes by buckets, never by requests. Programs
 * need traces:read, people usage:read.
 * @throws DomainError forbidden | invalid at the part of the query that cannot be answered
 */
export async function readRequests(
  ctx: Context,
  query: Pick<UsageQuery, 'from' | 'to' | 'interval'>,
): Promise<RequestRow[]> {
  authorizeUsageReading(ctx)
  const errors = rangeObjections(query, ctx.now)
  if (errors.length > 0) throw invalid(errors)
  const { rows } = await ctx.db.pool.query<{
    bucket: Date
    channel: RequestRow['channel']
    requests: string
    failed: string
  }>(
    `SELECT bucket, channel, requests, failed FROM ${TABLES[query.interval]}
     WHERE organization_id = $1 AND bucket >= $2 AND bucket < $3 ORDER BY bucket, channel`,
    [ctx.organization.id, new Date(query.from), new Date(query.to)],
  )
  return rows.map(({ bucket, channel, requests, failed }) => ({
    bucket: bucket.getTime(),
    channel,
    requests: Number(requests),
    failed: Number(failed),
  }))
}
