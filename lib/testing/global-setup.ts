import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@/lib/db/embedded'
import { ensureTemplate } from '@/lib/testing/database'

/**
 * One database server for all tests of a run: the one TEST_DATABASE_URL names, else an embedded
 * one in a temporary directory, which is gone afterwards. Workers inherit TEST_DATABASE_URL.
 */
export default async function setUpDatabaseServer(): Promise<() => Promise<void>> {
  if (process.env.TEST_DATABASE_URL) {
    await ensureTemplate()
    return async () => undefined
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'fruxon-test-'))
  const server = await startEmbeddedPostgres({ dataDir, settings: QUICK_SETTINGS })
  process.env.TEST_DATABASE_URL = server.url
  const tearDown = async () => {
    delete process.env.TEST_DATABASE_URL
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await ensureTemplate()
  } catch (error) {
    await tearDown()
    throw error
  }
  return tearDown
}

/** Nothing here outlives the run, so nothing has to survive a power failure. */
const QUICK_SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  autovacuum: 'off',
  max_connections: '300',
}
