import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { EmbeddedPostgresError } from '@/lib/db/embedded-error'
import { findProcess } from '@/lib/db/embedded-processes'

const ATTEMPTS = 4

/**
 * Makes this process the only owner of a data directory, until `release`.
 *
 * Every contender first writes its own file into `owner.lock/`, then looks for others, so of two
 * at most one can see itself alone; a file whose process is gone (kill -9) is swept away. There
 * is no moment at which one contender removes a file another could have just renewed.
 * @throws EmbeddedPostgresError naming the pid of a living owner.
 */
export async function claimDataDirectory(dataDir: string): Promise<{ release(): void }> {
  const directory = join(dataDir, 'owner.lock')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const own = ownFileName()
  const path = join(directory, own)
  const release = () => rmSync(path, { force: true })

  let living: number | undefined
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    writeOwnFile(path, dataDir)
    living = sweepAndFindLiving(directory, own)
    if (living === undefined) return { release }
    release()
    // Two that started in the same instant have seen each other; unequal pauses part them.
    await delay(20 + Math.random() * 80)
  }
  throw inUse(dataDir, living ?? process.pid)
}

function ownFileName(): string {
  const self = findProcess(process.pid)
  return `${process.pid}@${self?.startedAt ?? 'unknown'}`
}

function writeOwnFile(path: string, dataDir: string): void {
  try {
    writeFileSync(path, '', { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw inUse(dataDir, process.pid)
    throw error
  }
}

function sweepAndFindLiving(directory: string, own: string): number | undefined {
  let living: number | undefined
  for (const name of readdirSync(directory)) {
    if (name === own) continue
    const [pid, startedAt] = name.split('@')
    const holder = findProcess(Number(pid))
    if (holder && holder.startedAt === startedAt) living = Number(pid)
    else rmSync(join(directory, name), { force: true })
  }
  return living
}

function inUse(dataDir: string, pid: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The database in ${dataDir} is in use by process ${pid}. Stop that process first, or set DATABASE_URL to share one PostgreSQL server between processes.`,
  )
}
