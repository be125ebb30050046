import type pg from 'pg'
import { actorOf } from '@/lib/access/principal'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import type { ReRatingScope } from '@/lib/usage/re-rating-calls'
import type { ReRatingResult } from '@/lib/usage/re-rating-sums'

const DAY_MS = 86_400_000

/** A re-rating whose differences are stored. */
interface Applied {
  id: string
  scope: ReRatingScope
  reason: string
  countedUntil: number
  result: ReRatingResult
}

/** Keeps who corrected what and why, in the audit trail too: the last statements of the transaction. */
export async function recordReRating(
  client: pg.PoolClient,
  ctx: Context,
  { id, scope, reason, countedUntil, result }: Applied,
): Promise<void> {
  const { calls, newlyPriced, noLongerPriced, costBefore, costAfter } = result
  await client.query(
    `INSERT INTO usage.re_rating (id, organization_id, range_from, range_to, provider, model, agent,
       counted_until, calls, newly_priced, no_longer_priced, cost_before, cost_after, reason, asked_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      id,
      ctx.organization.id,
      new Date(scope.from),
      new Date(scope.to),
      scope.provider,
      scope.model,
      scope.agent,
      new Date(countedUntil),
      calls,
      newlyPriced,
      noLongerPriced,
      costBefore.toString(),
      costAfter.toString(),
      reason,
      actorOf(ctx.principal).label,
    ],
  )
  const [from, through] = [dayOf(scope.from), dayOf(scope.to - DAY_MS)]
  await appendAudit(client, ctx, {
    eventType: 'USAGE_RERATED',
    target: {
      type: 'usage',
      id,
      label: from === through ? from : `${from} to ${through}`,
      familyId: null,
    },
    details: {
      from,
      through,
      ...only(scope),
      reason,
      calls,
      newlyPriced,
      noLongerPriced,
      // Nano-USD, as text: JSON numbers are not exact beyond 2^53.
      before: { cost: costBefore.toString() },
      after: { cost: costAfter.toString() },
    },
  })
}

function only({ provider, model, agent }: ReRatingScope) {
  return { provider, model, agent }
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
