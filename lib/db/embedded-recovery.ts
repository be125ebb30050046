import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { EmbeddedPostgresError } from '@/lib/db/embedded-error'
import { findProcess, signal } from '@/lib/db/embedded-processes'

const FAST_STOP_MS = 10_000
const POLL_MS = 25

/**
 * Ends a server that outlived its owner (kill -9), so that a new one can open the same files.
 * Call it only as the owner of the data directory: no living process then uses that server.
 */
export async function stopAbandonedServer(
  pgdata: string,
  log: (message: string) => void,
): Promise<void> {
  const path = join(pgdata, 'postmaster.pid')
  if (!existsSync(path)) return
  const lines = readFileSync(path, 'utf8').split('\n')
  const pid = Math.abs(Number(lines[0]))
  if (isServerOf(pgdata, pid)) {
    log(`Stopping the PostgreSQL (pid ${pid}) that an earlier process left running`)
    signal(pid, 'SIGINT')
    if (await isGone(pgdata, pid, FAST_STOP_MS)) return
    signal(pid, 'SIGQUIT')
    if (await isGone(pgdata, pid, FAST_STOP_MS)) return
    throw new EmbeddedPostgresError(
      `PostgreSQL (pid ${pid}) was left running in ${pgdata} and does not stop. Stop it by hand.`,
    )
  }
  // That pid may by now be an unrelated process, at which PostgreSQL would refuse to start; it
  // ignores its own parent. The rest of the file stays: by it PostgreSQL detects backends that
  // still have the shared memory open.
  writeFileSync(path, [process.pid, ...lines.slice(1)].join('\n'))
}

function isServerOf(pgdata: string, pid: number): boolean {
  const command = findProcess(pid)?.command ?? ''
  return command.includes('/bin/postgres ') && command.includes(`-D ${pgdata} `)
}

async function isGone(pgdata: string, pid: number, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs
  while (isServerOf(pgdata, pid)) {
    if (Date.now() > deadline) return false
    await delay(POLL_MS)
  }
  return true
}
