import { readdirSync, readFileSync } from 'node:fs'

/** CPU time from /proc, in ms; null where there is no /proc (macOS, Windows). */

/** The kernel reports in hundredths of a second to user space, whatever its own tick is. */
const TICK_MS = 10

interface ProcessTimes {
  parent: number
  own: number
  /** Of children that have ended and were waited for. */
  reaped: number
}

function timesOf(pid: number | string): ProcessTimes | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command name stands in parentheses and may hold anything: fields are counted after it.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const at = (index: number) => fields[index] ?? 0
    return {
      parent: at(1),
      own: (at(11) + at(12)) * TICK_MS,
      reaped: (at(13) + at(14)) * TICK_MS,
    }
  } catch {
    return null
  }
}

function processMs(pid: number): number {
  return timesOf(pid)?.own ?? 0
}

/** The postmaster with all its backends, living and ended. */
function treeMs(pid: number): number {
  const root = timesOf(pid)
  let total = root ? root.own + root.reaped : 0
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const times = timesOf(name)
    if (times?.parent === pid) total += times.own + times.reaped
  }
  return total
}

/** All cores, steal included: what is not idle and not waiting for a disk. */
function machineMs(): number {
  const line = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0] ?? ''
  const [user, nice, system, , , irq, softirq, steal] = line
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number)
  const ticks = [user, nice, system, irq, softirq, steal].reduce<number>(
    (sum, value) => sum + (value ?? 0),
    0,
  )
  return ticks * TICK_MS
}

/** The process that started a process, here the postmaster of a backend. */
export function parentOf(pid: number): number | null {
  return timesOf(pid)?.parent ?? null
}

export interface Watched {
  server: number
  postmaster: number | null
  generator: number
}

export interface CpuMs {
  server: number
  database: number
  generator: number
  /** Everything else on the machine: a round with much of it tells little. */
  other: number
}

/** Starts a measurement; the returned function ends it. Null where CPU time cannot be read. */
export function watchCpu(watched: Watched): () => CpuMs | null {
  const read = (): CpuMs | null => {
    if (process.platform !== 'linux' || watched.postmaster === null) return null
    const server = processMs(watched.server)
    const database = treeMs(watched.postmaster)
    const generator = processMs(watched.generator)
    const other = machineMs() - server - database - generator - processMs(process.pid)
    return { server, database, generator, other }
  }
  const before = read()
  return () => {
    const after = read()
    if (!before || !after) return null
    return {
      server: after.server - before.server,
      database: after.database - before.database,
      generator: after.generator - before.generator,
      other: Math.max(0, after.other - before.other),
    }
  }
}
