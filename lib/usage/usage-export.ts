import type { Context } from '@/lib/context'
import { csvCell } from '@/lib/csv-cell'
import { exactDollars } from '@/lib/model-pricing/dollars'
import { nameFilter } from '@/lib/usage/name-filter'
import { authorizeUsageReading, requireAnswerable } from '@/lib/usage/queries'
import type { UsageQuery } from '@/lib/usage/series'

const BATCH = 2000

const NAMES = ['origin', 'provider', 'model', 'agent', 'revision', 'environment'] as const
const COUNTS = [
  ['executions', 'runs'],
  ['calls', 'model_calls'],
  ['unpriced_calls', 'unpriced_calls'],
  ['input', 'input_tokens'],
  ['cache_read', 'cache_read_tokens'],
  ['cache_write', 'cache_write_tokens'],
  ['cache_write_1h', 'cache_write_1h_tokens'],
  ['input_audio', 'input_audio_tokens'],
  ['output', 'output_tokens'],
  ['reasoning', 'reasoning_tokens'],
  ['output_audio', 'output_audio_tokens'],
] as const

const HEADER = [
  'utc_start',
  ...NAMES,
  ...COUNTS.map(([, heading]) => heading),
  'input_cost_usd',
  'output_cost_usd',
  'total_cost_usd',
]

type ExportRow = Record<string, string> & { bucket: Date }

/**
 * The sums that charts are drawn from, one line for each hour or day and set of names, as chunks of CSV (RFC
 * 4180); kinds of tokens are disjoint, money has all nine decimals. One snapshot, so that the lines add up to
 * one total; memory stays flat.
 * @throws DomainError forbidden | invalid, before anything is produced
 */
export async function exportUsage(
  ctx: Context,
  query: Omit<UsageQuery, 'groupBy' | 'per'>,
): Promise<AsyncIterable<string>> {
  authorizeUsageReading(ctx)
  requireAnswerable({ ...query, groupBy: [] }, ctx.now)
  return chunks(ctx, query)
}

async function* chunks(
  ctx: Context,
  query: Omit<UsageQuery, 'groupBy' | 'per'>,
): AsyncGenerator<string> {
  const filter = nameFilter(query.only, 4)
  const client = await ctx.db.pool.connect()
  let broken = true
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await client.query(
      `DECLARE usage_export NO SCROLL CURSOR FOR
       SELECT * FROM usage.${query.interval === 'HOUR' ? 'hour' : 'day'}
       WHERE organization_id = $1 AND bucket >= $2 AND bucket < $3 AND ($4::text IS NULL OR origin = $4)
         ${filter.sql}
       ORDER BY bucket, ${NAMES.join(', ')}`,
      [
        ctx.organization.id,
        new Date(query.from),
        new Date(query.to),
        query.origin,
        ...filter.values,
      ],
    )
    yield `${HEADER.join(',')}\r\n`
    for (;;) {
      const { rows } = await client.query<ExportRow>(`FETCH ${BATCH} FROM usage_export`)
      if (rows.length === 0) break
      yield rows.map(csvLine).join('')
    }
    await client.query('COMMIT')
    broken = false
  } finally {
    // Given up half-way, the connection would keep its snapshot: it is closed, not reused.
    client.release(broken)
  }
}

function csvLine(row: ExportRow): string {
  const input = BigInt(row.input_cost ?? 0)
  const output = BigInt(row.output_cost ?? 0)
  const cells = [
    row.bucket.toISOString(),
    ...NAMES.map((name) => csvCell(row[name] ?? '')),
    ...COUNTS.map(([column]) => row[column] ?? '0'),
    exactDollars(input),
    exactDollars(output),
    exactDollars(input + output),
  ]
  return `${cells.join(',')}\r\n`
}
