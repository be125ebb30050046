import { can, type Principal, personOf, seesOrganizationInventory } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import type { TimeRange } from '@/lib/usage/comparison'
import type { Origin } from '@/lib/usage/origin'
import { authorizeUsageReading } from '@/lib/usage/queries'

/** What came with one token, all its secrets together. Money is nano-USD. */
export interface TokenUsage {
  /** Null for the tokens that the reader may not see, all in one row. */
  token: {
    /** The newest of its secrets. */
    id: string
    familyId: string
    name: string
    owner: { type: 'user' | 'service-account'; id: string; label: string }
  } | null
  calls: number
  unpricedCalls: number
  inputTokens: number
  outputTokens: number
  cost: bigint
}

interface Row
  extends Record<'calls' | 'unpricedCalls' | 'inputTokens' | 'outputTokens' | 'cost', string> {
  id: string | null
  familyId: string | null
  name: string
  ownerUserId: string | null
  ownerLabel: string | null
  serviceAccountId: string | null
  accountName: string | null
}

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
    `SELECT t.id, t.family_id AS "familyId", t.name, t.owner_user_id AS "ownerUserId",
       u.display_name AS "ownerLabel", t.service_account_id AS "serviceAccountId", a.name AS "accountName",
       sum(d.calls) AS calls, sum(d.unpriced_calls) AS "unpricedCalls", sum(d.input_tokens) AS "inputTokens",
       sum(d.output_tokens) AS "outputTokens", sum(d.cost) AS cost
     FROM usage.token_day d
     LEFT JOIN LATERAL (
       SELECT * FROM tokens t WHERE t.organization_id = d.organization_id AND t.family_id = d.family_id
         AND ($5 OR t.owner_user_id = $6::uuid)
       ORDER BY t.created_at DESC, t.id DESC LIMIT 1) AS t ON true
     LEFT JOIN users u ON u.id = t.owner_user_id
     LEFT JOIN service_accounts a ON a.organization_id = $1 AND a.id = t.service_account_id
     WHERE d.organization_id = $1 AND d.bucket >= $2 AND d.bucket < $3 AND ($4::text IS NULL OR d.origin = $4)
     GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY sum(d.cost) DESC, sum(d.calls) DESC`,
    [
      ctx.organization.id,
      new Date(from),
      new Date(to),
      origin,
      seesTokenNames(ctx.principal),
      personOf(ctx.principal),
    ],
  )
  return rows.map(toTokenUsage)
}

/** Who pays must know what for: finance reads names and owners here, though not the tokens themselves. */
export function seesTokenNames(principal: Principal): boolean {
  if (can(principal, 'billing:read')) return true
  return seesOrganizationInventory(principal) && can(principal, 'keys:read')
}

function toTokenUsage(row: Row): TokenUsage {
  return {
    token:
      row.id === null || row.familyId === null
        ? null
        : { id: row.id, familyId: row.familyId, name: row.name, owner: ownerOf(row) },
    calls: Number(row.calls),
    unpricedCalls: Number(row.unpricedCalls),
    inputTokens: Number(row.inputTokens),
    outputTokens: Number(row.outputTokens),
    cost: BigInt(row.cost),
  }
}

function ownerOf(row: Row): NonNullable<TokenUsage['token']>['owner'] {
  return row.serviceAccountId === null
    ? { type: 'user', id: row.ownerUserId ?? '', label: row.ownerLabel ?? 'Removed person' }
    : { type: 'service-account', id: row.serviceAccountId, label: row.accountName ?? '' }
}
