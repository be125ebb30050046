import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@/lib/db/embedded'
import { EmbeddedPostgresError } from '@/lib/db/embedded-error'
import { relocationPath } from '@/lib/db/embedded-relocation'
import type { Environment } from '@/lib/env'

/**
 * The product's database for a command beside it: the server of DATABASE_URL, the embedded one that a
 * running product keeps open, or the embedded one started for as long as the command runs.
 * @throws EmbeddedPostgresError where there is none to be had
 */
export async function attachDatabase(
  environment: Pick<Environment, 'DATABASE_URL' | 'DATA_DIR'>,
): Promise<{ url: string; release(): Promise<void> }> {
  if (environment.DATABASE_URL) {
    return { url: environment.DATABASE_URL, release: async () => undefined }
  }
  const dataDir = join(environment.DATA_DIR, 'postgres')
  try {
    const started = await startEmbeddedPostgres({ dataDir })
    return { url: started.url, release: () => started.stop() }
  } catch (error) {
    const running = error instanceof EmbeddedPostgresError ? urlOfRunning(dataDir) : null
    if (running === null) throw error
    return { url: running, release: async () => undefined }
  }
}

/**
 * Where a running product's embedded database answers, or null where none is running.
 * Line 4 of postmaster.pid is the port (PostgreSQL documentation, "Database File Layout").
 */
export function urlOfRunning(dataDir: string): string | null {
  const moved = relocationPath(dataDir)
  const home = existsSync(moved) ? readFileSync(moved, 'utf8').trim() : dataDir
  const pidFile = join(home, 'pgdata', 'postmaster.pid')
  if (!existsSync(pidFile)) return null
  const port = readFileSync(pidFile, 'utf8').split('\n')[3]
  const password = readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim()
  return `postgresql://postgres:${password}@127.0.0.1:${port}/fruxon`
}
