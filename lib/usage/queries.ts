import type pg from 'pg'
import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import { type FieldError, invalid } from '@/lib/errors'
import { nameFilter } from '@/lib/usage/name-filter'
import { rangeObjections } from '@/lib/usage/range'
import type { Interval, UsageQuery, UsageRow } from '@/lib/usage/series'

const NAMES_MAX = 3
const TABLES: Record<Interval, string> = { HOUR: 'usage.hour', DAY: 'usage.day' }

/** @throws DomainError forbidden for people without usage:read, and programs without traces:read */
export function authorizeUsageReading({ principal }: Context): void {
  authorize(principal, principal.kind === 'user' ? 'usage:read' : 'traces:read')
}

type SumRow = Record<string, string> & { span: Date; names: string[] }

/**
 * What was used, by hour, day or longer and up to three names, in order. It reads sums that are kept with every event,
 * so its cost goes by days and names, never by events. Programs need traces:read, people usage:read.
 * @throws DomainError forbidden | invalid at the part of the query that cannot be answered
 */
export async function readUsage(ctx: Context, query: UsageQuery): Promise<UsageRow[]> {
  authorizeUsageReading(ctx)
  requireAnswerable(query, ctx.now)
  return sumUsage(ctx.db.pool, ctx.organization.id, query)
}

/** The same for a caller that has authorized, and asks what can be answered. */
export async function sumUsage(
  pool: pg.Pool,
  organizationId: string,
  query: UsageQuery,
): Promise<UsageRow[]> {
  const names = query.groupBy.map((dimension) => dimension)
  const filter = nameFilter(query.only, 4)
  const grouped = ['span', ...names].join(', ')
  const { rows } = await pool.query<SumRow>(
    `SELECT ${spanSql(query)} AS span, ARRAY[${names.join(', ')}]::text[] AS names, ${SUMS}
     FROM ${TABLES[query.interval]}
     WHERE organization_id = $1 AND bucket >= $2 AND bucket < $3 AND ($4::text IS NULL OR origin = $4)
       ${filter.sql}
     GROUP BY ${grouped} ORDER BY ${grouped}`,
    [organizationId, new Date(query.from), new Date(query.to), query.origin, ...filter.values],
  )
  return rows.map(toRow)
}

function spanSql({ interval, per = interval }: UsageQuery): string {
  if (per === interval) return 'bucket'
  return per === 'RANGE' ? '$2::timestamptz' : `date_trunc('${per.toLowerCase()}', bucket, 'UTC')`
}

const SUMS = `sum(executions) AS executions, sum(calls) AS calls, sum(unpriced_calls) AS unpriced_calls, sum(input) AS input,
  sum(cache_read) AS cache_read, sum(cache_write) AS cache_write, sum(cache_write_1h) AS cache_write_1h,
  sum(input_audio) AS input_audio, sum(output) AS output, sum(reasoning) AS reasoning,
  sum(output_audio) AS output_audio, sum(input_cost) AS input_cost, sum(output_cost) AS output_cost`

/** @throws DomainError invalid at the part of the query that cannot be answered */
export function requireAnswerable(query: UsageQuery, now: number): void {
  const errors = objections(query, now)
  if (errors.length > 0) throw invalid(errors)
}

function objections(query: UsageQuery, now: number): FieldError[] {
  const errors = rangeObjections(query, now)
  const { interval, per, groupBy } = query
  if (interval === 'DAY' && per === 'HOUR') {
    errors.push({ pointer: '/query/per', detail: 'Days cannot be told by the hour.' })
  }
  if (groupBy.length > NAMES_MAX || new Set(groupBy).size !== groupBy.length) {
    errors.push({
      pointer: '/query/groupBy',
      detail: `Group by at most ${NAMES_MAX} different names.`,
    })
  }
  return errors
}

function toRow(row: SumRow): UsageRow {
  const count = (name: string) => Number(row[name])
  return {
    bucket: row.span.getTime(),
    names: row.names,
    executions: count('executions'),
    calls: count('calls'),
    unpricedCalls: count('unpriced_calls'),
    input: count('input'),
    cacheRead: count('cache_read'),
    cacheWrite: count('cache_write'),
    cacheWrite1h: count('cache_write_1h'),
    inputAudio: count('input_audio'),
    output: count('output'),
    reasoning: count('reasoning'),
    outputAudio: count('output_audio'),
    inputCost: BigInt(row.input_cost ?? 0),
    outputCost: BigInt(row.output_cost ?? 0),
  }
}
