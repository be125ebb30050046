import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

export type RunningProcess = {
  /** When it started, in a form that differs when the same pid is used again. */
  startedAt: string
  /** Its command line, arguments separated by single spaces. */
  command: string
}

/**
 * The process that has this pid now, or null. A zombie counts as gone: in a container whose
 * first process reaps nothing, a dead postmaster would otherwise look alive for ever.
 */
export function findProcess(pid: number): RunningProcess | null {
  return process.platform === 'linux' ? findInProc(pid) : findByPs(pid)
}

function findInProc(pid: number): RunningProcess | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in parentheses and may itself contain spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state] = fields
    const ticksSinceBoot = fields[19]
    if (state === 'Z' || state === 'X' || ticksSinceBoot === undefined) return null
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim()
    return { startedAt: `${boot}-${ticksSinceBoot}`, command }
  } catch {
    return null
  }
}

function findByPs(pid: number): RunningProcess | null {
  let line: string
  try {
    line = execFileSync('/bin/ps', ['-ww', '-o', 'stat=,lstart=,command=', '-p', String(pid)], {
      encoding: 'utf8',
      env: Object.fromEntries([
        ['LC_ALL', 'C'],
        ['TZ', 'UTC'],
      ]) as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch {
    return null
  }
  const match = /^(\S+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/.exec(line.trim())
  if (!match?.[1] || match[1].startsWith('Z')) return null
  return { startedAt: (match[2] ?? '').replace(/\W+/g, '-'), command: match[3] ?? '' }
}

/** Sends a signal; false when the process is already gone. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}
