import { statSync } from 'node:fs'
import type { Command } from 'commander'
import { Client, VERSION } from '../client'
import { credentialPath, readCredentials } from '../credential-file'
import { EXIT, Failure } from '../failure'
import { running, type Session } from '../session'
import type { Settings } from '../settings'
import type { Surroundings } from '../surroundings'
import { expiry } from '../words'
import { wrapped } from '../wrap'
import type { Health } from './keep'

const CLOCK_TOLERANCE_SECONDS = 60
const NODE_WANTED = [20, 19] as const

interface Check {
  check: string
  ok: boolean
  detail: string
  /** What of the exit codes a failure of it means. */
  failure?: Failure
}

export function addDoctor(program: Command, place: Surroundings): void {
  program
    .command('doctor')
    .summary('look at everything that signing in and calling depend on')
    .description(
      'Checks versions, where credentials are kept, the way to the server, this computer’s clock, and whether the server takes the token. Ends with the exit code of the first thing that is wrong.',
    )
    .addHelpText('after', '\nExamples:\n  fruxon doctor\n  fruxon doctor --output json')
    .action(
      running(place, async (session) => {
        const checks = [versions(), ...(await storageAndServer(session))]
        show(session, checks)
        const wrong = checks.find(({ ok }) => !ok)
        if (wrong) process.exitCode = wrong.failure?.exitCode ?? EXIT.generic
      }),
    )
}

async function storageAndServer(session: Session): Promise<Check[]> {
  let settings: Settings
  try {
    settings = await session.settings()
  } catch (error) {
    return [failed('Storage', error)]
  }
  const { value } = settings.baseUrl
  return [
    storage(session.place, settings),
    ...(await connection(value)),
    await authentication(settings),
  ]
}

function versions(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [wantedMajor, wantedMinor] = NODE_WANTED
  const ok = major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
  const detail = `fruxon ${VERSION}, Node.js ${process.versions.node}, ${process.platform} ${process.arch}`
  return { check: 'Versions', ok, detail: ok ? detail : `${detail}: 20.19 is the oldest` }
}

function storage({ folder }: Surroundings, { token, kept }: Settings): Check {
  const check = 'Storage'
  try {
    const count = Object.keys(readCredentials(folder).workspaces).length
    const path = credentialPath(folder)
    const mode = statSync(path, { throwIfNoEntry: false })?.mode
    const open = mode !== undefined && process.platform !== 'win32' && (mode & 0o077) !== 0
    if (open) {
      return { check, ok: false, detail: `${path} can be read by others: chmod 600 ${path}` }
    }
    if (kept && !token) {
      return { check, ok: false, detail: 'the keychain has lost the token: run fruxon login' }
    }
    const where = token ? `, token from ${token.origin}` : ''
    return {
      check,
      ok: true,
      detail: `${count} signed-in workspace${count === 1 ? '' : 's'}${where}`,
    }
  } catch (error) {
    return failed(check, error)
  }
}

async function connection(baseUrl: string): Promise<Check[]> {
  const startedAt = performance.now()
  try {
    const answer = await new Client(baseUrl).send('/v1/openapi.json')
    const { status } = answer
    const took = Math.round(performance.now() - startedAt)
    const ok = status === 200
    const detail = ok
      ? `${baseUrl} answers in ${took} ms`
      : `${baseUrl} answers ${status}: that is not the API`
    const reach: Check = { check: 'Connection', ok, detail }
    return ok ? [reach, clock(answer.header('date'))] : [reach]
  } catch (error) {
    return [failed('Connection', error)]
  }
}

function clock(date: string | null): Check {
  const check = 'Clock'
  if (date === null) return { check, ok: true, detail: 'the server does not tell its time' }
  const seconds = Math.round((Date.now() - Date.parse(date)) / 1000)
  const ok = Math.abs(seconds) <= CLOCK_TOLERANCE_SECONDS
  if (ok) return { check, ok, detail: `within ${Math.max(1, Math.abs(seconds))} s of the server’s` }
  const way = seconds > 0 ? 'ahead' : 'behind'
  return { check, ok, detail: `${Math.abs(seconds)} s ${way} of the server’s: set it` }
}

async function authentication({ baseUrl, workspace, token }: Settings): Promise<Check> {
  const check = 'Token'
  if (!token) return failed(check, new Failure('auth_required', 'not signed in: run fruxon login'))
  if (!workspace) return failed(check, new Failure('usage', 'no workspace: set FRUXON_ORG'))
  try {
    const health = await new Client(baseUrl.value, token.value).call<Health>(
      `/v1/tenants/${encodeURIComponent(workspace.value)}/auth/health`,
    )
    const who = health.email ?? health.apiKeyName
    const detail = `accepted in ${health.tenantSlug} as ${who}, ${health.scopes.length} scopes, expires ${expiry(health.apiKeyExpiresAt)}`
    return { check, ok: true, detail }
  } catch (error) {
    return failed(check, error)
  }
}

function failed(check: string, error: unknown): Check {
  if (!(error instanceof Failure)) throw error
  return { check, ok: false, detail: error.message, failure: error }
}

function show({ out }: Session, checks: readonly Check[]) {
  if (out.format === 'json') {
    return out.json({
      ok: checks.every(({ ok }) => ok),
      checks: checks.map(({ check, ok, detail }) => ({ check, ok, detail })),
    })
  }
  if (out.format === 'id') {
    return out.lines(checks.filter(({ ok }) => !ok).map(({ check }) => check))
  }
  const width = Math.max(...checks.map(({ check }) => check.length))
  out.lines(
    checks.map(({ check, ok, detail }) => {
      const mark = ok ? out.paint('✓', 'green') : out.paint('✗', 'red')
      const line = `${mark} ${out.paint(check.padEnd(width), 'bold')}  ${detail}`
      return wrapped(line, out.place.width, width + 4)
    }),
  )
}
