import { spawn } from 'node:child_process'
import type { Surroundings } from './surroundings'

/** Opens the page in the browser of whoever sits here. @returns whether there was one to ask */
export function openInBrowser(url: string, { env, agent }: Surroundings): boolean {
  if (agent || env.FRUXON_BROWSER === 'none') return false
  const [command, args] = opener(url, env)
  if (command === null) return false
  try {
    const child = spawn(command, args, { stdio: 'ignore', detached: true })
    child.on('error', () => undefined)
    child.unref()
    return true
  } catch {
    return false
  }
}

function opener(url: string, env: Surroundings['env']): [string | null, string[]] {
  if (env.FRUXON_BROWSER) return [env.FRUXON_BROWSER, [url]]
  if (process.platform === 'darwin') return ['open', [url]]
  if (process.platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]]
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open', [url]] : [null, []]
}
