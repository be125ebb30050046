import type pg from 'pg'
import type { BillingTransaction } from '@/lib/billing/charge'
import type { ModelSum, PeriodSums } from '@/lib/invoices/dues'
import type { BillingPeriod } from '@/lib/plans/billing-period'
import { storageReports } from '@/lib/usage/storage'
import { carriedForward } from '@/lib/usage/storage-series'

const DAY_MS = 86_400_000

/** A period with the moment from which on use belongs to it: before its beginning for an organization's first. */
export interface CountedPeriod extends BillingPeriod {
  usageFrom: number
}

const TOKENS = `d.input + d.cache_read + d.cache_write + d.cache_write_1h + d.input_audio + d.output
  + d.reasoning + d.output_audio`
const DAYS_OF_PERIODS = (table: string) => `
  FROM unnest($2::timestamptz[], $3::timestamptz[], $4::timestamptz[])
    WITH ORDINALITY AS p(usage_from, starts, ends, place)
  JOIN ${table} AS d ON d.organization_id = $1 AND d.bucket >= p.usage_from AND d.bucket < p.ends`

/** In one statement, so that models and days are of the same moment. */
const MODELS_AND_DAYS = `
  SELECT place::int - 1 AS place, provider, model, day, sum(tokens) AS tokens, sum(nano) AS nano
  FROM (SELECT p.place, d.provider, d.model, greatest(d.bucket, p.starts) AS day, ${TOKENS} AS tokens,
          d.input_cost + d.output_cost AS nano ${DAYS_OF_PERIODS('usage.day')}) AS used
  GROUP BY GROUPING SETS ((place, provider, model), (place, day))`

const REQUESTS = `
  SELECT p.place::int - 1 AS place, greatest(d.bucket, p.starts) AS day, sum(d.requests) AS requests
  ${DAYS_OF_PERIODS('usage.request_day')} GROUP BY p.place, greatest(d.bucket, p.starts)`

/**
 * What was used in each of the periods, from sums that are kept by day: its cost goes by days and names, never by
 * events. Days after `now` are empty. For callers that have authorized.
 */
export async function periodSums(
  client: BillingTransaction | pg.Pool,
  organizationId: string,
  periods: readonly CountedPeriod[],
  now: number,
): Promise<PeriodSums[]> {
  if (periods.length === 0) return []
  const dates = (moment: (period: CountedPeriod) => number) =>
    periods.map((period) => new Date(moment(period)))
  const values = [
    organizationId,
    dates(({ usageFrom }) => usageFrom),
    dates(({ from }) => from),
    dates(({ to }) => to),
  ]
  const used = await client.query<UsedRow>(MODELS_AND_DAYS, values)
  const requests = await client.query<RequestRow>(REQUESTS, values)
  const storage = await storageByDay(client, organizationId, periods, now)
  const members = await membersByDay(client, organizationId)
  return periods.map((period, place) => {
    const ofPeriod = <Row extends { place: number }>(rows: readonly Row[]) =>
      rows.filter((row) => row.place === place)
    return {
      models: ofPeriod(used.rows).flatMap(toModel),
      tokens: byDay(period, ofPeriod(used.rows), ({ tokens }) => tokens),
      requests: byDay(period, ofPeriod(requests.rows), (row) => row.requests),
      storage: daysOf(period).map((day) => storage.get(day) ?? 0n),
      seats: daysOf(period).map((day) => (day > now ? 0n : members(day + DAY_MS))),
    }
  })
}

interface UsedRow {
  place: number
  /** Null in sums of days, as is the model. */
  provider: string | null
  model: string | null
  /** Null in sums of models. */
  day: Date | null
  tokens: string
  nano: string
}

interface RequestRow {
  place: number
  day: Date
  requests: string
}

function toModel({ provider, model, tokens, nano }: UsedRow): ModelSum[] {
  if (provider === null || model === null) return []
  return [{ provider, model, tokens: BigInt(tokens), nano: BigInt(nano) }]
}

function byDay<Row extends { day: Date | null }>(
  period: BillingPeriod,
  rows: readonly Row[],
  amountOf: (row: Row) => string,
): bigint[] {
  const amounts = new Map(rows.map((row) => [row.day?.getTime(), BigInt(amountOf(row))]))
  return daysOf(period).map((day) => amounts.get(day) ?? 0n)
}

function daysOf({ from, to }: BillingPeriod): number[] {
  return Array.from({ length: Math.round((to - from) / DAY_MS) }, (_, day) => from + day * DAY_MS)
}

/** Bytes of all knowledge bases together, by the day. */
async function storageByDay(
  client: BillingTransaction | pg.Pool,
  organizationId: string,
  periods: readonly BillingPeriod[],
  now: number,
): Promise<Map<number, bigint>> {
  const range = {
    from: Math.min(...periods.map(({ from }) => from)),
    to: Math.max(...periods.map(({ to }) => to)),
  }
  const reports = await storageReports(client, organizationId, range)
  const held = new Map<number, bigint>()
  for (const { bucket, bytes } of carriedForward(reports, range, now)) {
    held.set(bucket, (held.get(bucket) ?? 0n) + BigInt(bytes))
  }
  return held
}

/** How many members there were just before a moment that begins a UTC day. */
async function membersByDay(
  client: BillingTransaction | pg.Pool,
  organizationId: string,
): Promise<(moment: number) => bigint> {
  const { rows } = await client.query<{ day: Date; change: string }>(
    `SELECT date_trunc('day', at, 'UTC') AS day, sum(change) AS change
     FROM billing.seat_change WHERE organization_id = $1 GROUP BY 1 ORDER BY 1`,
    [organizationId],
  )
  return (moment) =>
    rows.reduce((sum, { day, change }) => sum + (day.getTime() < moment ? BigInt(change) : 0n), 0n)
}
