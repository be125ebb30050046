import { mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { locateBinaries } from '@/lib/db/embedded-binaries'
import { openCluster } from '@/lib/db/embedded-cluster'
import { chooseIdentity } from '@/lib/db/embedded-identity'
import { claimDataDirectory } from '@/lib/db/embedded-owner'
import { stopAbandonedServer } from '@/lib/db/embedded-recovery'
import { launchServer, type RunningServer, type ServerExit } from '@/lib/db/embedded-server'

const DATABASE = 'fruxon'
const FAST_STOP_MS = 10_000

export type EmbeddedPostgres = {
  /** Connection string of the application's database, password included. */
  url: string
  /** The postmaster's pid. */
  pid: number
  /** Stops the server (connected clients are cut off) and gives the data directory free. */
  stop(): Promise<void>
  /** Settles when the server is gone, whether asked to stop or not. */
  exited: Promise<ServerExit>
}

export type EmbeddedPostgresOptions = {
  /** Everything lives here: the database, its password, its log and the lock of its owner. */
  dataDir: string
  log?: (message: string) => void
  /** PostgreSQL settings over the built-in ones. Tests switch `fsync` off; nobody else should. */
  settings?: Record<string, string>
}

/**
 * Starts a PostgreSQL server of our own on a free loopback port and makes sure the application's
 * database exists. One process owns a data directory at a time; a server left behind by an owner
 * that was killed is stopped first, and its log is replayed.
 * @throws EmbeddedPostgresError when another process owns the directory, or when no server can
 *   be started; the message says what to do.
 */
export async function startEmbeddedPostgres({
  dataDir,
  log = () => undefined,
  settings = {},
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const directory = realpathSync(dataDir)
  const claim = await claimDataDirectory(directory)
  try {
    const identity = chooseIdentity(directory, locateBinaries())
    const cluster = await openCluster(directory, identity, log)
    await stopAbandonedServer(cluster.pgdata, log)
    const logPath = join(directory, 'postgres.log')
    const server = await launchServer(cluster, identity, logPath, settings)
    const stop = stopper(server, claim.release)
    const urlOf = (database: string) =>
      `postgresql://postgres:${cluster.password}@127.0.0.1:${server.port}/${database}`
    try {
      await createDatabase(urlOf('postgres'))
    } catch (error) {
      await stop()
      throw error
    }
    log(`PostgreSQL is ready (pid ${server.pid}, port ${server.port})`)
    return { url: urlOf(DATABASE), pid: server.pid, stop, exited: server.exited }
  } catch (error) {
    claim.release()
    throw error
  }
}

function stopper({ child, exited }: RunningServer, release: () => void): () => Promise<void> {
  // When this process ends without stopping it (an uncaught exception), the server must not stay.
  const onProcessExit = () => child.kill('SIGINT')
  process.once('exit', onProcessExit)
  exited.then(() => process.removeListener('exit', onProcessExit))

  let stopping: Promise<void> | undefined
  const stop = async () => {
    // SIGINT is PostgreSQL's fast stop: roll back what is open, write a checkpoint, leave.
    // SIGQUIT leaves at once; the next start then replays the log. What was committed survives all.
    child.kill('SIGINT')
    const escalation = [
      setTimeout(() => child.kill('SIGQUIT'), FAST_STOP_MS),
      setTimeout(() => child.kill('SIGKILL'), 2 * FAST_STOP_MS),
    ]
    await exited
    escalation.forEach(clearTimeout)
    release()
  }
  return () => {
    stopping ??= stop()
    return stopping
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`)
  } finally {
    await client.end()
  }
}
