import { homedir, hostname } from 'node:os'
import { join } from 'node:path'

/** Everything that the command takes from where it runs, read in this one place. */
export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>
  /** A program drives us: JSON, no questions, no browser. */
  agent: boolean
  /** Somebody sits at a terminal and can be asked. */
  interactive: boolean
  color: boolean
  /** Columns of the terminal; null where the output goes into a file or another program. */
  width: number | null
  /** Where credentials are kept. */
  folder: string
  deviceLabel: string
}

const isOn = (value: string | undefined) =>
  value !== undefined && !['', '0', 'false', 'no', 'off'].includes(value.toLowerCase())

export function readSurroundings(): Surroundings {
  const { env, stdout, stdin } = process
  const told = env.FRUXON_AGENT_MODE
  const agent = told === undefined ? isOn(env.CLAUDECODE) || isOn(env.CI) : isOn(told)
  const terminal = stdout.isTTY === true
  return {
    env,
    agent,
    interactive: terminal && stdin.isTTY === true && !agent,
    // https://no-color.org: any value that is not empty.
    color: !agent && !env.NO_COLOR && env.TERM !== 'dumb' && (terminal || isOn(env.FORCE_COLOR)),
    width: terminal ? stdout.columns || 80 : null,
    folder: env.FRUXON_HOME || join(homedir(), '.fruxon'),
    deviceLabel:
      hostname()
        .replace(/\.(?:local|lan|home)$/, '')
        .slice(0, 80) || 'this computer',
  }
}
