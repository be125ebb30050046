import { authorize } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import { type IngestOutcome, programOf, sifted, type UsageMeter } from '@/lib/usage/ingest'
import { type StorageReading, storeReadings } from '@/lib/usage/store-storage'

/**
 * Keeps what a program measured of knowledge bases, each reading once by its source and id, whichever order
 * they come in: the good ones of a batch although others are refused. When this resolves they are committed.
 * It takes the scope of all telemetry: a reading changes no knowledge base.
 * @throws DomainError forbidden without traces:write, and for people
 */
export async function ingestStorage(
  ctx: Pick<Context, 'principal' | 'organization' | 'db' | 'now'>,
  { signals }: Pick<UsageMeter, 'signals'>,
  readings: readonly StorageReading[],
): Promise<IngestOutcome> {
  authorize(ctx.principal, 'traces:write')
  programOf(ctx.principal)
  const { taken, refused } = sifted(readings, ({ measuredAt }) => measuredAt, ctx.now)
  const counted = await storeReadings(ctx.db.pool, ctx.organization.id, taken)
  if (counted > 0) signals.counted(ctx.organization.id)
  return { counted, duplicates: readings.length - refused.length - counted, refused }
}
