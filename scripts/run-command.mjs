import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

/** The exit code of a command that was stopped because it took too long, as `timeout` of coreutils has it. */
const TIMED_OUT = 124

const running = new Set()

/** The path of a command that npm installed. */
export function bin(name) {
  return join(ROOT, 'node_modules', '.bin', name)
}

/**
 * Runs a command in the project's folder with its output on ours, and answers its exit code. The
 * command gets a process group of its own, so that whatever it started ends with it.
 * @param {{ env?: Record<string, string | undefined>, timeoutMs?: number, quiet?: boolean }} [options]
 *   quiet: shows the output only when the command fails
 * @returns {Promise<number>}
 */
export function run(file, args, { env = {}, timeoutMs = 15 * 60_000, quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      detached: true,
    })
    running.add(child)
    const output = []
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    let timedOut = false
    const limit = setTimeout(() => {
      timedOut = true
      console.error(`${file} took longer than ${Math.round(timeoutMs / 1000)} s and was stopped.`)
      endGroup(child, 'SIGKILL')
    }, timeoutMs)
    const settle = (code) => {
      clearTimeout(limit)
      running.delete(child)
      if (quiet && code !== 0) process.stdout.write(Buffer.concat(output))
      resolve(timedOut ? TIMED_OUT : code)
    }
    child.once('error', (error) => {
      console.error(`${file} cannot be run: ${error.message}`)
      settle(127)
    })
    child.once('close', (code) => settle(code ?? 1))
  })
}

function endGroup(child, signal) {
  try {
    process.kill(-child.pid, signal)
  } catch {
    // It has ended in the meantime.
  }
}

/** Makes Ctrl-C and SIGTERM end what `run` started, then this program. */
export function endChildrenOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      for (const child of running) endGroup(child, 'SIGTERM')
      process.exit(130)
    })
  }
}

/** "3.2 s" or "2 min 5 s" since `startedAt` (epoch ms). */
export function elapsed(startedAt) {
  const seconds = (Date.now() - startedAt) / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}
