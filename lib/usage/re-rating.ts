import type pg from 'pg'
import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, type FieldError, invalid } from '@/lib/errors'
import { newId } from '@/lib/ids'
import type { PriceBook } from '@/lib/model-pricing/price-book'
import { revisedBook } from '@/lib/model-pricing/price-books'
import type { UsageMeter } from '@/lib/usage/ingest'
import { callsOf, type ReRatingScope } from '@/lib/usage/re-rating-calls'
import { type ReRatedGroup, reRatedGroups } from '@/lib/usage/re-rating-groups'
import { recordReRating } from '@/lib/usage/re-rating-record'
import {
  CORRECTABLE_DAYS,
  RE_RATED_DAYS_MAX,
  type ReRatingBasis,
  type ReRatingWish,
} from '@/lib/usage/re-rating-schema'
import { differs, type ReRatingResult, ReRatingTally } from '@/lib/usage/re-rating-sums'
import { addAdjustments, storeAdjustments } from '@/lib/usage/store-adjustments'

const DAY_MS = 86_400_000

export interface ReRatingPreview extends ReRatingResult {
  /** Give it back to apply exactly this. */
  basis: ReRatingBasis
}

/** A re-rating that was applied. */
export interface ReRating extends ReRatingResult {
  id: string
}

/**
 * What all model calls of the range would cost by the prices as they stand now. It reads every call of the
 * range and changes nothing.
 * @throws DomainError forbidden without prices:write | invalid at /from or /through
 */
export async function previewReRating(
  ctx: Context,
  meter: Pick<UsageMeter, 'prices'>,
  scope: ReRatingScope,
): Promise<ReRatingPreview> {
  authorize(ctx.principal, 'prices:write')
  requireRange(scope, ctx.now)
  const { book, revision } = await revisedBook(meter.prices, ctx.db, ctx.organization.id)
  // Before the transaction, whose view of the calls must be younger.
  const storedUntil = await allStoredUntil(ctx.db.pool)
  return sqlTransaction(ctx.db.pool, async (client) => {
    // Calls and adjustments as they were at one moment.
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const { previous } = await readMoment(client, ctx.organization.id)
    const countedUntil = Math.max(storedUntil, previous?.countedUntil ?? 0)
    const result = await reRate(client, ctx, { scope, book, countedUntil })
    return { ...result, basis: basisOf(result, countedUntil, revision, previous?.id ?? null) }
  })
}

/**
 * Makes what was previewed true: the differences become adjustments, and are added to what charts read, in
 * one transaction. Events stay as they are. Whatever is counted meanwhile is counted once, by the prices
 * that stood when it came in.
 * @throws DomainError forbidden | invalid at /from or /through | conflict `re_rating_changed` where anything
 *   of the preview is no longer so, to the nano-dollar | conflict `nothing_to_correct`
 */
export async function applyReRating(
  ctx: Context,
  meter: UsageMeter,
  { reason, basis, ...scope }: ReRatingWish,
): Promise<ReRating> {
  authorize(ctx.principal, 'prices:write')
  requireRange(scope, ctx.now)
  const { book, revision } = await revisedBook(meter.prices, ctx.db, ctx.organization.id)
  const id = newId()
  const { countedUntil } = basis
  const result = await sqlTransaction(ctx.db.pool, async (client) => {
    // One at a time for an organization: each begins where the one before ended.
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('usage.re_rating'), hashtext($1))`, [
      ctx.organization.id,
    ])
    const moment = await readMoment(client, ctx.organization.id)
    if (countedUntil > moment.countedUntil) throw numbersChanged()
    // A call that an earlier re-rating adjusted must be among those that this one looks at.
    if (moment.previous && countedUntil < moment.previous.countedUntil) throw numbersChanged()
    const counted = await reRate(client, ctx, { scope, book, countedUntil }, (groups) =>
      storeAdjustments(client, ctx.organization.id, id, groups.filter(differs)),
    )
    const found = basisOf(counted, countedUntil, revision, moment.previous?.id ?? null)
    if (!sameBasis(found, basis)) throw numbersChanged()
    if (counted.adjustments === 0) throw nothingToCorrect()
    await addAdjustments(client, ctx.organization.id, id)
    await recordReRating(client, ctx, { id, scope, reason, countedUntil, result: counted })
    return counted
  })
  meter.signals.counted(ctx.organization.id)
  return { id, ...result }
}

interface Work {
  scope: ReRatingScope
  book: PriceBook
  countedUntil: number
}

async function reRate(
  client: pg.PoolClient,
  ctx: Context,
  { scope, book, countedUntil }: Work,
  keep: (groups: readonly ReRatedGroup[]) => Promise<void> = async () => undefined,
): Promise<ReRatingResult> {
  const tally = new ReRatingTally()
  const calls = callsOf(client, ctx.organization.id, scope, countedUntil)
  for await (const groups of reRatedGroups(client, ctx.organization.id, book, calls)) {
    for (const group of groups) tally.add(group)
    await keep(groups)
  }
  return tally.result()
}

/**
 * The latest moment of which every call that was received by then is stored: what is being stored right now was
 * received before, and would change the numbers after the preview. Else nobody whose programs report all the time
 * could ever correct anything.
 * @returns epoch ms
 */
async function allStoredUntil(pool: Pick<pg.Pool, 'query'>): Promise<number> {
  const { rows } = await pool.query<{ until: Date }>(
    `SELECT coalesce(date_trunc('milliseconds', min(xact_start)) - interval '1 millisecond', now())
       ::timestamptz(3) AS until
     FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
  )
  const [row] = rows
  if (!row) throw new Error('The database does not tell the time.')
  return row.until.getTime()
}

async function readMoment(client: pg.PoolClient, organizationId: string) {
  const { rows } = await client.query<{
    now: Date
    id: string | null
    countedUntil: Date | null
  }>(
    `SELECT now()::timestamptz(3) AS now, latest.id, latest.counted_until AS "countedUntil"
     FROM (SELECT 1) AS one LEFT JOIN LATERAL (
       SELECT id, counted_until FROM usage.re_rating WHERE organization_id = $1
       ORDER BY seq DESC LIMIT 1) AS latest ON true`,
    [organizationId],
  )
  const [row] = rows
  if (!row) throw new Error('The database does not tell the time.')
  const { id, countedUntil } = row
  return {
    countedUntil: row.now.getTime(),
    previous: id && countedUntil ? { id, countedUntil: countedUntil.getTime() } : null,
  }
}

function basisOf(
  result: ReRatingResult,
  countedUntil: number,
  revision: string,
  previousId: string | null,
): ReRatingBasis {
  const { calls, costBefore, costAfter, newlyPriced, noLongerPriced, adjustments } = result
  const sums = { calls, costBefore, costAfter, newlyPriced, noLongerPriced, adjustments }
  return { countedUntil, revision, previousId, ...sums }
}

function sameBasis(one: ReRatingBasis, other: ReRatingBasis): boolean {
  return (Object.keys(one) as (keyof ReRatingBasis)[]).every((key) => one[key] === other[key])
}

function numbersChanged(): DomainError {
  return new DomainError(
    'conflict',
    're_rating_changed',
    'The numbers have changed since the preview. Nothing was corrected: preview it again.',
  )
}

function nothingToCorrect(): DomainError {
  return new DomainError(
    'conflict',
    'nothing_to_correct',
    'These calls cost what the prices say. There is nothing to correct.',
  )
}

function requireRange({ from, to }: ReRatingScope, now: number): void {
  const errors: FieldError[] = []
  if (from % DAY_MS !== 0 || to % DAY_MS !== 0 || from >= to) {
    errors.push({ pointer: '/through', detail: 'Choose a day that is not before the first one.' })
  } else if (to - from > RE_RATED_DAYS_MAX * DAY_MS) {
    errors.push({ pointer: '/from', detail: `Choose at most ${RE_RATED_DAYS_MAX} days.` })
  }
  if (from < now - CORRECTABLE_DAYS * DAY_MS) {
    errors.push({
      pointer: '/from',
      detail: `Choose one of the last ${CORRECTABLE_DAYS} days: what was billed earlier is final.`,
    })
  }
  if (from > now) errors.push({ pointer: '/from', detail: 'Choose a day that has begun.' })
  if (errors.length > 0) throw invalid(errors)
}
