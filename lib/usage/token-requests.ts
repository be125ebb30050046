import type { Context } from '@/lib/context'
import { invalid } from '@/lib/errors'
import type { TimeRange } from '@/lib/usage/comparison'
import { authorizeUsageReading } from '@/lib/usage/queries'
import { rangeObjections } from '@/lib/usage/range'
import {
  type NamedToken,
  type NamedTokenRow,
  namedToken,
  TOKEN_COLUMNS,
  TOKEN_JOINS,
  tokenParameters,
} from '@/lib/usage/token-names'

/** Calls that were made with one token, all its secrets together. */
export interface TokenRequests {
  /** Null for the tokens that the reader may not see, all in one row. */
  token: NamedToken | null
  requests: number
  /** Of the requests: those that were answered with 400 or more. */
  failed: number
}

type Row = NamedTokenRow & Record<'requests' | 'failed', string>

/**
 * What was asked with each token in a range of UTC days, most first: where the calls behind a figure of requests
 * are. It reads sums by token and day, which are kept as long as the calls themselves. Members get their own by
 * name and the rest in one row.
 * @throws DomainError forbidden | invalid at the part of the range that cannot be answered
 */
export async function readTokenRequests(
  ctx: Context,
  { from, to }: TimeRange,
): Promise<TokenRequests[]> {
  authorizeUsageReading(ctx)
  const errors = rangeObjections({ from, to, interval: 'DAY' }, ctx.now)
  if (errors.length > 0) throw invalid(errors)
  const { rows } = await ctx.db.pool.query<Row>(
    `SELECT ${TOKEN_COLUMNS}, sum(d.calls) AS requests, sum(d.errors) AS failed
     FROM (
       SELECT family_id, sum(calls) AS calls, sum(errors) AS errors FROM activity.use_by_day
       WHERE organization_id = $1 AND day >= ($4::timestamptz AT TIME ZONE 'UTC')::date
         AND day < ($5::timestamptz AT TIME ZONE 'UTC')::date
       GROUP BY family_id
     ) AS d ${TOKEN_JOINS}
     GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY sum(d.calls) DESC, t.name`,
    [...tokenParameters(ctx), new Date(from), new Date(to)],
  )
  return rows.map((row) => ({
    token: namedToken(row),
    requests: Number(row.requests),
    failed: Number(row.failed),
  }))
}
