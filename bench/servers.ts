import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parentOf } from '@/bench/cpu'
import type { Dataset } from '@/bench/dataset'

/** The two servers under test, each a process of its own. */

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const START_LIMIT_MS = 60_000

export interface Server {
  pid: number
  port: number
  stop(): Promise<void>
}

/** Builds once where there is no build yet. */
export async function buildIfMissing(file: string): Promise<void> {
  if (existsSync(file)) return
  const build = spawn(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, stdio: 'inherit' })
  const code = await exitOf(build)
  if (code !== 0) throw new Error('The build failed.')
}

/**
 * The product as `npm run start:api` runs it, on its embedded database. Its limiter counts every call but refuses
 * none; everything else is as shipped.
 */
export function startProductServer(options: {
  file: string
  port: number
  dataDir: string
  nodeOptions: readonly string[]
}): Promise<Server> {
  const args = [
    '--enable-source-maps',
    '--max-semi-space-size=32',
    ...options.nodeOptions,
    options.file,
    '--api-only',
  ]
  return start(args, options.port, '/readyz', {
    NODE_ENV: 'production',
    DATA_DIR: options.dataDir,
    DATABASE_URL: '',
    API_RATE_LIMIT_PER_MINUTE: '1000000000',
    LOG_LEVEL: 'warn',
  })
}

export function startBareServer(port: number, url: string, dataset: Dataset): Promise<Server> {
  return start(['--import', 'tsx', 'bench/bare-server.ts'], port, '/', {
    NODE_ENV: 'production',
    BENCH_DATABASE_URL: url,
    BENCH_PEPPER: dataset.pepper.toString('base64'),
  })
}

async function start(
  args: string[],
  port: number,
  readyPath: string,
  environment: Record<string, string>,
): Promise<Server> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...environment, HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exit = exitOf(child)
    child.kill('SIGTERM')
    await exit
  }
  try {
    await answering(child, `http://127.0.0.1:${port}${readyPath}`)
  } catch (error) {
    await stop()
    throw error
  }
  return { pid: child.pid ?? 0, port, stop }
}

async function answering(child: ChildProcess, url: string): Promise<void> {
  for (const startedAt = Date.now(); Date.now() - startedAt < START_LIMIT_MS; await delay(100)) {
    if (child.exitCode !== null) throw new Error('A server ended while it started.')
    const response = await fetch(url).catch(() => null)
    await response?.arrayBuffer()
    if (response && response.status < 500) return
  }
  throw new Error(`${url} did not answer within ${START_LIMIT_MS / 1000} s.`)
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve))
}

/** The postmaster is the parent of any backend. */
export async function postmasterOf(dataset: Dataset): Promise<number | null> {
  const { rows } = await dataset.db.pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return parentOf(rows[0]?.pid ?? 0)
}
