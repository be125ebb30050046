import type pg from 'pg'
import type { Context } from '@/lib/context'
import { invalid } from '@/lib/errors'
import { authorizeUsageReading } from '@/lib/usage/queries'
import { rangeObjections } from '@/lib/usage/range'
import { carriedForward, type StorageReport, type StorageRow } from '@/lib/usage/storage-series'

/** What a knowledge base holds now, by its latest measurement. */
export interface PresentStorage {
  knowledgeBase: string
  bytes: number
  /** Epoch ms. */
  measuredAt: number
}

export interface StorageHistory {
  /** By knowledge base and day, without gaps. */
  levels: StorageRow[]
  /** The largest first, without those that hold nothing. */
  present: PresentStorage[]
}

/**
 * What the knowledge bases held on each day of the range, and what they hold now. A level, never a sum over
 * days. Programs need traces:read, people usage:read.
 * @throws DomainError forbidden | invalid at the part of the range that cannot be read
 */
export async function readStorage(
  ctx: Context,
  range: { from: number; to: number },
): Promise<StorageHistory> {
  authorizeUsageReading(ctx)
  const errors = rangeObjections({ ...range, interval: 'DAY' }, ctx.now)
  if (errors.length > 0) throw invalid(errors)
  const [reports, present] = await Promise.all([
    storageReports(ctx.db.pool, ctx.organization.id, range),
    readPresent(ctx),
  ])
  return { levels: carriedForward(reports, range, ctx.now), present }
}

/**
 * What was reported in the range, and of each knowledge base the last report before it, by knowledge base and
 * day: what `carriedForward` takes. For callers that have authorized.
 */
export async function storageReports(
  client: Pick<pg.Pool | pg.PoolClient, 'query'>,
  organizationId: string,
  { from, to }: { from: number; to: number },
): Promise<StorageReport[]> {
  const { rows } = await client.query<{ name: string; day: Date; last: string; max: string }>(
    `SELECT knowledge_base AS name, bucket AS day, last_bytes AS last, max_bytes AS max FROM (
       (SELECT DISTINCT ON (knowledge_base) * FROM usage.storage_day
        WHERE organization_id = $1 AND bucket < $2 ORDER BY knowledge_base, bucket DESC)
       UNION ALL
       SELECT * FROM usage.storage_day WHERE organization_id = $1 AND bucket >= $2 AND bucket < $3
     ) AS report ORDER BY knowledge_base, bucket`,
    [organizationId, new Date(from), new Date(to)],
  )
  return rows.map(({ name, day, last, max }) => ({
    knowledgeBase: name,
    day: day.getTime(),
    lastBytes: Number(last),
    maxBytes: Number(max),
  }))
}

async function readPresent({ db, organization }: Context): Promise<PresentStorage[]> {
  const { rows } = await db.pool.query<{ name: string; bytes: string; at: Date }>(
    `SELECT name, bytes, at FROM (
       SELECT DISTINCT ON (knowledge_base) knowledge_base AS name, last_bytes AS bytes, last_at AS at
       FROM usage.storage_day WHERE organization_id = $1 ORDER BY knowledge_base, bucket DESC
     ) AS latest WHERE bytes > 0 ORDER BY bytes DESC, name`,
    [organization.id],
  )
  return rows.map(({ name, bytes, at }) => ({
    knowledgeBase: name,
    bytes: Number(bytes),
    measuredAt: at.getTime(),
  }))
}
