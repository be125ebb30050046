import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '@/lib/db/generated/client'
import { withTenantGuard } from '@/lib/db/tenant-guard'

/** One PostgreSQL, two ways in: Prisma for rows, `pool` for hot and set-based SQL. Both share the connections. */
export interface Database {
  prisma: GuardedPrisma
  pool: pg.Pool
  close(): Promise<void>
}

export type GuardedPrisma = ReturnType<typeof withTenantGuard>
/** The Prisma client inside an interactive transaction. */
export type Transaction = Parameters<Parameters<GuardedPrisma['$transaction']>[0]>[0]

/**
 * Opens the pool and Prisma over it. Nothing connects until the first query.
 * @param poolSize most connections held by this process
 */
export function openDatabase(options: { url: string; poolSize: number }): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    application_name: 'fruxon-settings',
  })
  // An idle connection that breaks (server restart) must not take the process down; the next query reconnects.
  pool.on('error', () => undefined)
  // Nor one that breaks in the middle of a transaction: its query rejects, and that is the report.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const prisma = withTenantGuard(new PrismaClient({ adapter: new PrismaPg(pool) }))
  return {
    prisma,
    pool,
    async close() {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}
