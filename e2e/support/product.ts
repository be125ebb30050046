import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { urlOfRunning } from '@/lib/db/attach'
import { relocationPath } from '@/lib/db/embedded-relocation'
import { createEmptyDatabase } from '@/lib/testing/database'

const ROOT = resolve(import.meta.dirname, '../..')
const READY_WITHIN_MS = 90_000
const STOP_WITHIN_MS = 20_000
const ATTEMPTS_MAX = 3

export interface ProductOptions {
  /** With the demo organizations; without, nobody is there yet. */
  demo?: boolean
  /** Serves no pages, which starts faster. */
  apiOnly?: boolean
  env?: Record<string, string>
  /** A second process on the database and with the secrets of this one. */
  sharing?: Product
  /** A data directory of the caller's, to start again on what an earlier product left there. */
  dataDir?: string
}

/** The built product as a process of its own. */
export interface Product {
  url: string
  databaseUrl: string
  /** As in the environment: tests compute digests with it. */
  tokenPepper: string
  authSecret: string
  process: ChildProcess
  /** The embedded server's pid; null where the database is not its own. */
  databasePid(): number | null
  /** Everything it has printed so far. */
  logs(): string
  /** Asks it to stop, waits until it has, and removes its database. Answers its exit code. */
  stop(): Promise<number | null>
  /** Ends it at once, as a crash would. `stop` still removes what is left. */
  kill(): Promise<void>
}

interface Home {
  env: Record<string, string>
  databaseUrl(): string
  databasePid(): number | null
  remove(): Promise<void>
}

/**
 * Starts `dist/server.mjs` on a free port and waits until it is ready. Each product has a fresh database:
 * on the server of TEST_DATABASE_URL, or an embedded one in a temporary directory.
 * @throws Error with everything the product printed, when it is not ready in time
 */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const home = await chooseHome(options)
  const tokenPepper = options.sharing?.tokenPepper ?? `1:${randomBytes(32).toString('base64')}`
  const authSecret = options.sharing?.authSecret ?? randomBytes(32).toString('base64')
  const env = { TOKEN_PEPPER: tokenPepper, AUTH_SECRET: authSecret, ...home.env, ...options.env }
  const { child, url, logs } = await launch(options, env).catch(async (error) => {
    await home.remove()
    throw error
  })
  return {
    url,
    databaseUrl: home.databaseUrl(),
    tokenPepper,
    authSecret,
    process: child,
    databasePid: home.databasePid,
    logs,
    async stop() {
      await end(child, 'SIGTERM')
      await home.remove()
      return child.exitCode
    },
    kill: () => end(child, 'SIGKILL'),
  }
}

interface Launched {
  child: ChildProcess
  url: string
  logs(): string
}

/** A port is free when it is chosen, and seconds later, when the database is there, somebody may have taken it. */
async function launch(options: ProductOptions, env: Record<string, string>): Promise<Launched> {
  for (let attempt = 1; ; attempt++) {
    const launched = await spawnProduct(options, env)
    try {
      await untilReady(launched)
      return launched
    } catch (error) {
      await end(launched.child, 'SIGTERM')
      if (attempt === ATTEMPTS_MAX || !launched.logs().includes('EADDRINUSE')) throw error
    }
  }
}

async function spawnProduct(
  { demo, apiOnly }: ProductOptions,
  env: Record<string, string>,
): Promise<Launched> {
  const port = await freePort()
  const flags = [...(demo ? ['--demo'] : []), ...(apiOnly ? ['--api-only'] : [])]
  const child = spawn(process.execPath, [join(ROOT, 'dist/server.mjs'), ...flags], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      PORT: String(port),
      ...env,
    },
  })
  const printed: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => printed.push(chunk))
  const logs = () => Buffer.concat(printed).toString('utf8')
  return { child, url: `http://localhost:${port}`, logs }
}

async function chooseHome({ sharing, dataDir }: ProductOptions): Promise<Home> {
  const nothingToRemove = async () => undefined
  if (sharing) return onServer(sharing.databaseUrl, nothingToRemove)
  if (dataDir) return embeddedIn(dataDir, nothingToRemove)
  if (process.env.TEST_DATABASE_URL) {
    // Empty, so that the product applies its migrations itself, as it does for a customer.
    const database = await createEmptyDatabase()
    return onServer(database.url, database.drop)
  }
  const made = mkdtempSync(join(tmpdir(), 'fruxon-product-'))
  return embeddedIn(made, async () => rmSync(made, { recursive: true, force: true }))
}

function onServer(url: string, remove: () => Promise<void>): Home {
  return {
    env: { DATABASE_URL: url, DATABASE_POOL_SIZE: '8' },
    databaseUrl: () => url,
    databasePid: () => null,
    remove,
  }
}

function embeddedIn(dataDir: string, removeDataDir: () => Promise<void>): Home {
  const directory = join(dataDir, 'postgres')
  return {
    env: { DATA_DIR: dataDir },
    databaseUrl() {
      const url = urlOfRunning(directory)
      if (!url) throw new Error('The embedded database of the product is not running.')
      return url
    },
    databasePid: () => postmasterPid(directory),
    async remove() {
      // A product that was killed left its server behind; a later start would stop it, but none comes.
      await endPostmaster(directory)
      const home = databaseHome(directory)
      if (home !== directory) rmSync(home, { recursive: true, force: true })
      await removeDataDir()
    },
  }
}

/** As root the database may be outside the data directory. */
function databaseHome(directory: string): string {
  const location = relocationPath(directory)
  return existsSync(location) ? readFileSync(location, 'utf8').trim() : directory
}

/** Line 1 of what PostgreSQL writes about itself; null when it has ended in good order. */
function postmasterPid(directory: string): number | null {
  const path = join(databaseHome(directory), 'pgdata', 'postmaster.pid')
  return existsSync(path) ? Number(readFileSync(path, 'utf8').split('\n')[0]) : null
}

async function endPostmaster(directory: string): Promise<void> {
  const pid = postmasterPid(directory)
  if (pid === null) return
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    return
  }
  const deadline = Date.now() + STOP_WITHIN_MS
  while (postmasterPid(directory) !== null && Date.now() < deadline) await delay(50)
}

async function untilReady({ child, url, logs }: Launched): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) break
    // The line comes after the demo data; before it the port may answer already.
    if (logs().includes('Ready: ') && (await isReady(url))) return
    await delay(50)
  }
  throw new Error(`The product did not become ready. It printed:\n${logs()}`)
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`).catch(() => null)
  return answer?.ok ?? false
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  const limit = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
  await exited
  clearTimeout(limit)
}

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolvePort(port))
    })
  })
}
