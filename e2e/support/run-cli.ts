import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const COMMAND = resolve(import.meta.dirname, '../../cli/fruxon.mjs')

export interface CliOutcome {
  code: number | null
  stdout: string
  stderr: string
}

export interface CliOptions {
  env?: Record<string, string>
  /** Standard input. */
  input?: string
}

/** The built `fruxon` with a home of its own, and everything that it ever printed. */
export interface Cli {
  home: string
  printed: string[]
  run(args: readonly string[], options?: CliOptions): Promise<CliOutcome>
  /** Started, and not waited for. */
  start(args: readonly string[], options?: CliOptions): CliRun
  remove(): void
}

export interface CliRun {
  process: ChildProcessWithoutNullStreams
  /** Until it has printed this. */
  saying(pattern: RegExp): Promise<RegExpExecArray>
  ended: Promise<CliOutcome>
}

export function openCli(baseUrl: string): Cli {
  const home = mkdtempSync(join(tmpdir(), 'fruxon-cli-'))
  const printed: string[] = []
  const start = (args: readonly string[], options: CliOptions = {}): CliRun => {
    const child = spawn(process.execPath, [COMMAND, ...args], {
      // Nothing of whoever runs the tests: not their agent, not their CI.
      env: {
        NODE_ENV: 'production',
        PATH: process.env.PATH,
        FRUXON_HOME: home,
        FRUXON_BASE_URL: baseUrl,
        FRUXON_CREDENTIAL_STORE: 'file',
        FRUXON_BROWSER: 'none',
        ...options.env,
      },
    })
    const run = observed(child)
    child.stdin.end(options.input ?? '')
    run.ended.then(({ stdout, stderr }) => printed.push(stdout, stderr))
    return run
  }
  return {
    home,
    printed,
    start,
    run: (args, options) => start(args, options).ended,
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}

function observed(child: ChildProcessWithoutNullStreams): CliRun {
  const outcome: CliOutcome = { code: null, stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => {
    outcome.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    outcome.stderr += text
  })
  const ended = new Promise<CliOutcome>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ ...outcome, code }))
  })
  const saying = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(outcome.stdout + outcome.stderr)
        if (found) resolve(found)
      }
      child.stdout.on('data', look)
      child.stderr.on('data', look)
      ended.then(() => reject(new Error(`It ended: ${outcome.stdout}${outcome.stderr}`)), reject)
      look()
    })
  return { process: child, saying, ended }
}
