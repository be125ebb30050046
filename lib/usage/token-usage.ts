import type { Context } from '@/lib/context'
import type { TimeRange } from '@/lib/usage/comparison'
import type { Origin } from '@/lib/usage/origin'
import { authorizeUsageReading } from '@/lib/usage/queries'
import { NO_TOKEN } from '@/lib/usage/store-events'
import {
  type NamedToken,
  type NamedTokenRow,
  namedToken,
  TOKEN_COLUMNS,
  TOKEN_JOINS,
  tokenParameters,
} from '@/lib/usage/token-names'

/** What came with one token, all its secrets together. Money is nano-USD. */
export interface TokenUsage {
  /** Null for the tokens that the reader may not see, all in one row. */
  token: NamedToken | null
  /** True for the one row of what came without a token: runs of people, and of deliveries from outside. */
  withoutToken: boolean
  calls: number
  unpricedCalls: number
  inputTokens: number
  outputTokens: number
  cost: bigint
}

type Row = NamedTokenRow & { withoutToken: boolean } & Record<
    'calls' | 'unpricedCalls' | 'inputTokens' | 'outputTokens' | 'cost',
    string
  >

/**
 * What was reported with each token in a range of UTC days, dearest first. Members get their own by
 * name and the rest in one row, so that the sum is the same for all.
 * @throws DomainError forbidden
 */
export async function readTokenUsage(
  ctx: Context,
  { from, to, origin }: TimeRange & { origin: Origin | null },
): Promise<TokenUsage[]> {
  authorizeUsageReading(ctx)
  const { rows } = await ctx.db.pool.query<Row>(
    `SELECT ${TOKEN_COLUMNS}, d.family_id = $7 AS "withoutToken",
       sum(d.calls) AS calls, sum(d.unpriced_calls) AS "unpricedCalls", sum(d.input_tokens) AS "inputTokens",
       sum(d.output_tokens) AS "outputTokens", sum(d.cost) AS cost
     FROM (
       SELECT family_id, sum(calls) AS calls, sum(unpriced_calls) AS unpriced_calls,
         sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens, sum(cost) AS cost
       FROM usage.token_day
       WHERE organization_id = $1 AND bucket >= $4 AND bucket < $5 AND ($6::text IS NULL OR origin = $6)
       GROUP BY family_id HAVING sum(calls) > 0
     ) AS d ${TOKEN_JOINS}
     GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY sum(d.cost) DESC, sum(d.calls) DESC`,
    [...tokenParameters(ctx), new Date(from), new Date(to), origin, NO_TOKEN],
  )
  return rows.map((row) => ({
    token: namedToken(row),
    withoutToken: row.withoutToken,
    calls: Number(row.calls),
    unpricedCalls: Number(row.unpricedCalls),
    inputTokens: Number(row.inputTokens),
    outputTokens: Number(row.outputTokens),
    cost: BigInt(row.cost),
  }))
}
