import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import type { Cluster } from '@/lib/db/embedded-cluster'
import { EmbeddedPostgresError } from '@/lib/db/embedded-error'
import type { ServerIdentity } from '@/lib/db/embedded-identity'

export type ServerExit = { code: number | null; signal: NodeJS.Signals | null }
export type RunningServer = {
  child: ChildProcess
  pid: number
  port: number
  exited: Promise<ServerExit>
}

const READY_WITHIN_MS = 60_000
const POLL_MS = 20
const RETRY_WITHIN_MS = 15_000
const LOG_LIMIT_BYTES = 10 * 1024 * 1024

const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  wal_compression: 'on',
  fsync: 'on',
  synchronous_commit: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The application sees its own SQL errors; here they would only fill the disk, and the DETAIL
  // of a violated constraint would put customer data into a plain file.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}

/**
 * Starts the server and resolves once it answers queries.
 * @throws EmbeddedPostgresError with the end of the server's log when it does not.
 */
export async function launchServer(
  cluster: Cluster,
  identity: ServerIdentity,
  logPath: string,
  settings: Record<string, string>,
): Promise<RunningServer> {
  const retryUntil = Date.now() + RETRY_WITHIN_MS
  for (;;) {
    const logStart = rotateLog(logPath)
    const server = await spawnServer(cluster, identity, logPath, settings)
    const failure = await firstAnswer(server, cluster.password)
    if (failure === null) return server
    const output = readFileSync(logPath).subarray(logStart).toString('utf8')
    if (Date.now() > retryUntil || !isPassing(output)) throw startFailed(failure, output)
    await delay(POLL_MS * 10)
  }
}

/** Another program took the port, or backends of a killed server are still letting go. */
function isPassing(output: string): boolean {
  return /Address already in use|shared memory block .* is still in use/.test(output)
}

function startFailed(failure: string, output: string): EmbeddedPostgresError {
  const end = output.trim().split('\n').slice(-8).join('\n')
  return new EmbeddedPostgresError(
    `The embedded PostgreSQL did not start: ${failure}.\n${end}\nSet DATABASE_URL to use a PostgreSQL server instead.`,
  )
}

async function spawnServer(
  { pgdata }: Cluster,
  identity: ServerIdentity,
  logPath: string,
  settings: Record<string, string>,
): Promise<RunningServer> {
  const port = await freePort()
  const options = Object.entries({ ...SETTINGS, ...settings })
  const {
    file,
    args,
    options: as,
  } = identity.launch('postgres', [
    ...['-D', pgdata, '-p', String(port)],
    ...options.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ])
  const logFile = openSync(logPath, 'a', 0o600)
  // A process group of its own: Ctrl-C in the terminal must reach the application alone, which
  // drains its requests before it stops the database.
  const child = spawn(file, args, { ...as, detached: true, stdio: ['ignore', logFile, logFile] })
  closeSync(logFile)
  const exited = new Promise<ServerExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  try {
    await once(child, 'spawn')
  } catch (cause) {
    throw new EmbeddedPostgresError(`${file} cannot be run: ${(cause as Error).message}`, { cause })
  }
  return { child, pid: child.pid ?? 0, port, exited }
}

/** Null when the server answers, else why it will not. */
async function firstAnswer(server: RunningServer, password: string): Promise<string | null> {
  let exit: ServerExit | undefined
  server.exited.then((it) => {
    exit = it
  })
  let deadline = Date.now() + READY_WITHIN_MS
  for (;;) {
    if (exit)
      return exit.signal ? `it was killed by ${exit.signal}` : `it exited with code ${exit.code}`
    const refusal = await tryConnect(server.port, password)
    if (refusal === null) return null
    // 57P03: it is replaying its log after a crash, which may take as long as it takes.
    if (refusal.code === '57P03') deadline = Date.now() + READY_WITHIN_MS
    else if (refusal.code !== 'ECONNREFUSED' || Date.now() > deadline) {
      server.child.kill('SIGQUIT')
      await server.exited
      return refusal.message
    }
    await delay(POLL_MS)
  }
}

async function tryConnect(port: number, password: string): Promise<NodeJS.ErrnoException | null> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
  })
  // The server may die between two messages; its exit is what is reported then.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return null
  } catch (error) {
    return error as NodeJS.ErrnoException
  } finally {
    await client.end().catch(() => undefined)
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

/** Keeps one older log beside the current one; answers the length of the current one. */
function rotateLog(path: string): number {
  if (!existsSync(path)) return 0
  const { size } = statSync(path)
  if (size < LOG_LIMIT_BYTES) return size
  renameSync(path, `${path}.1`)
  return 0
}
