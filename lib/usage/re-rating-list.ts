import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'

/** A correction that was applied. Times are epoch ms, money is nano-USD. */
export interface PastReRating {
  id: string
  /** UTC midnights; `to` is not in the range. */
  from: number
  to: number
  /** Null: all. */
  provider: string | null
  model: string | null
  agent: string | null
  calls: number
  newlyPriced: number
  noLongerPriced: number
  costBefore: bigint
  costAfter: bigint
  reason: string
  askedBy: string
  appliedAt: number
}

const LISTED_MAX = 100

type Row = Omit<PastReRating, 'costBefore' | 'costAfter'> & {
  costBefore: string
  costAfter: string
}

const MS = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`

/** The latest corrections, newest first. @throws DomainError forbidden without prices:read */
export async function listReRatings(ctx: Context): Promise<PastReRating[]> {
  authorize(ctx.principal, 'prices:read')
  const { rows } = await ctx.db.pool.query<Row>(
    `SELECT id, ${MS('range_from')} AS "from", ${MS('range_to')} AS "to", provider, model, agent,
       calls::float8, newly_priced::float8 AS "newlyPriced",
       no_longer_priced::float8 AS "noLongerPriced", cost_before AS "costBefore",
       cost_after AS "costAfter", reason, asked_by AS "askedBy", ${MS('applied_at')} AS "appliedAt"
     FROM usage.re_rating WHERE organization_id = $1 ORDER BY seq DESC LIMIT ${LISTED_MAX}`,
    [ctx.organization.id],
  )
  return rows.map(({ costBefore, costAfter, ...row }) => ({
    ...row,
    costBefore: BigInt(costBefore),
    costAfter: BigInt(costAfter),
  }))
}
