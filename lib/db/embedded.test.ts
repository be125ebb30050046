import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/lib/db/embedded'
import { findProcess, signal } from '@/lib/db/embedded-processes'

const OWNER_PROGRAM = resolve(import.meta.dirname, '../testing/embedded-owner-process.ts')

let root: string
let dataDir: string
let started: EmbeddedPostgres[]
let processes: number[]

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fruxon-embedded-'))
  chmodSync(root, 0o755)
  dataDir = join(root, 'data')
  started = []
  processes = []
})

afterEach(async () => {
  for (const pid of processes) signal(pid, 'SIGKILL')
  for (const server of started) await server.stop()
  rmSync(root, { recursive: true, force: true })
})

async function start(directory = dataDir): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir: directory })
  started.push(server)
  return server
}

async function startInOtherProcess(): Promise<{ owner: ChildProcess; url: string; pid: number }> {
  const owner = spawn(process.execPath, ['--import', 'tsx', OWNER_PROGRAM, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (owner.pid) processes.push(owner.pid)
  const [line] = await once(owner.stdout, 'data')
  const server = JSON.parse(String(line)) as { url: string; pid: number }
  processes.push(server.pid)
  return { owner, ...server }
}

async function query<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const result = await client.query(sql)
    return (Array.isArray(result) ? result.at(-1) : result).rows
  } finally {
    await client.end()
  }
}

const writeRow = "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('safe')"
const readRows = 'SELECT word FROM kept'

describe('an embedded database', { timeout: 60_000 }, () => {
  it('keeps its data, its password and its durability from one start to the next', async () => {
    const first = await start()
    await query(first.url, writeRow)
    await first.stop()
    expect(await first.exited).toEqual({ code: 0, signal: null })

    const second = await start()
    expect(await query(second.url, readRows)).toEqual([{ word: 'safe' }])
    expect(new URL(second.url).password).toBe(new URL(first.url).password)
    expect(await query(second.url, 'SHOW fsync')).toEqual([{ fsync: 'on' }])
    expect(await query(second.url, 'SHOW data_checksums')).toEqual([{ data_checksums: 'on' }])
  })

  it('admits nobody without the password, which only its user can read', async () => {
    const server = await start()
    const guess = new URL(server.url)
    guess.password = 'postgres'
    await expect(query(guess.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
    expect(guess.hostname).toBe('127.0.0.1')
    expect(statSync(join(dataDir, 'postgres.password')).mode & 0o777).toBe(0o600)
    expect(statSync(join(dataDir, 'pgdata')).mode & 0o077).toBe(0)
  })

  it('writes neither SQL nor data of a failing statement to its log', async () => {
    const server = await start()
    const twice = "INSERT INTO secrets VALUES ('hunter2'), ('hunter2')"
    await expect(
      query(server.url, `CREATE TABLE secrets (word text PRIMARY KEY); ${twice}`),
    ).rejects.toMatchObject({ code: '23505' })
    expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).not.toContain('hunter2')
  })

  it('has one owner: another process is refused by name of the first', async () => {
    const { owner, url } = await startInOtherProcess()
    await expect(start()).rejects.toThrow(`in use by process ${owner.pid}`)
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('has one owner among processes that start in the same instant', async () => {
    const outcomes = await Promise.allSettled([start(), start(), start()])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('can be opened again after its owner was killed', async () => {
    const { owner, url, pid } = await startInOtherProcess()
    await query(url, writeRow)
    owner.kill('SIGKILL')
    await once(owner, 'exit')
    expect(findProcess(pid)?.command).toContain('postgres')

    const server = await start()
    expect(await query(server.url, readRows)).toEqual([{ word: 'safe' }])
    expect(findProcess(pid)).toBeNull()
  })

  it('can be opened again after the server itself was killed', async () => {
    const first = await start()
    await query(first.url, writeRow)
    process.kill(first.pid, 'SIGKILL')
    expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' })
    await first.stop()

    const second = await start()
    expect(await query(second.url, readRows)).toEqual([{ word: 'safe' }])
  })

  it('starts although the pid of its last server belongs to another program now', async () => {
    const first = await start()
    process.kill(first.pid, 'SIGKILL')
    await first.stop()
    const stranger = spawn('sleep', ['60'], process.getuid?.() === 0 ? { uid: 65534 } : {})
    if (stranger.pid) processes.push(stranger.pid)
    const path = join(dataDir, 'pgdata', 'postmaster.pid')
    const [, ...rest] = readFileSync(path, 'utf8').split('\n')
    writeFileSync(path, [stranger.pid, ...rest].join('\n'))

    const second = await start()
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
  })

  it('begins anew after an interrupted first start', async () => {
    mkdirSync(join(dataDir, 'pgdata.unfinished'), { recursive: true })
    writeFileSync(join(dataDir, 'pgdata.unfinished', 'PG_VERSION'), '18\n')
    writeFileSync(join(dataDir, 'initdb.password'), 'left over')
    const server = await start()
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('works below a directory that is closed to other users', async () => {
    chmodSync(root, 0o700)
    const server = await start()
    await query(server.url, writeRow)
    await server.stop()
    const again = await start()
    expect(await query(again.url, readRows)).toEqual([{ word: 'safe' }])
  })

  it('says what to do when its files are damaged', async () => {
    const server = await start()
    await server.stop()
    rmSync(join(dataDir, 'pgdata', 'global'), { recursive: true })
    await expect(start()).rejects.toThrow(/did not start[\s\S]*DATABASE_URL/)
  })
})
