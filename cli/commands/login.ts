import { type Command, Option } from 'commander'
import { DEVICE_LADDER, DEVICE_PRESET_IDS, devicePreset } from '@/lib/access/device-presets'
import { openInBrowser } from '../browser'
import { Client, failureOf } from '../client'
import { readCredentials, writeCredentials } from '../credential-file'
import { Failure, usage } from '../failure'
import { keepSecret } from '../redaction'
import { running, type Session } from '../session'
import type { Surroundings } from '../surroundings'
import { expiry } from '../words'
import { type Health, keepWorkspace } from './keep'

interface LoginFlags {
  preset: string
  token?: boolean
}

interface Started {
  deviceCode: string
  userCode: string
  verificationUrl: string
  verificationUrlComplete: string
  expiresInSeconds: number
  pollIntervalSeconds: number
}

interface SignedIn {
  apiKey: string
  keyPrefix: string
  last4: string
  scopes: string[]
  expiresAt: number | null
  tenantId: string
  tenantSlug: string
  tenantName: string
}

const LADDER = DEVICE_LADDER.map(
  (id) =>
    `  ${id.padEnd(11)} ${devicePreset(id).phrase} (${devicePreset(id).scopes.length} scopes)`,
).join('\n')

export function addLogin(program: Command, place: Surroundings): void {
  program
    .command('login')
    .summary('sign in by the browser, or with a token from standard input')
    .description(
      'Shows a code, opens the browser to approve it, and keeps the token that comes back: in the keychain of the system, or in a file that only you can read. Signing in again replaces the token of this computer.',
    )
    .addOption(
      new Option('--preset <preset>', 'how much to ask for')
        .choices(DEVICE_PRESET_IDS)
        .default('observer'),
    )
    .option('--token', 'read a token from standard input instead, for agents and CI')
    .addHelpText(
      'after',
      `
Presets, each with all of the one before:
${LADDER}

Examples:
  fruxon login
  fruxon login --preset maintainer
  fruxon login --base-url http://localhost:3000
  fruxon login --token --workspace acme < token.txt`,
    )
    .action(
      running(place, async (session, flags: LoginFlags) => {
        if (flags.token) return loginWithToken(session)
        if (place.agent) {
          throw new Failure(
            'interactive_required',
            'Signing in needs somebody at a browser.',
            'Pipe a token into fruxon login --token --workspace <organization>, or set FRUXON_TOKEN.',
          )
        }
        await loginByBrowser(session, flags.preset)
      }),
    )
}

async function loginByBrowser(session: Session, preset: string): Promise<void> {
  const { out, place } = session
  const baseUrl = (await session.settings()).baseUrl.value
  const client = new Client(baseUrl)
  const started = await client.call<Started>('/v1/deviceAuthorizations', {
    method: 'POST',
    body: {
      preset,
      clientType: 'CLI',
      clientName: 'Fruxon CLI',
      deviceId: deviceId(place),
      deviceLabel: place.deviceLabel,
    },
  })
  keepSecret(started.deviceCode)
  const opened = openInBrowser(started.verificationUrlComplete, place)
  out.note(`
  ${opened ? 'Your browser opens' : 'Open'} ${out.paint(started.verificationUrl, 'cyan')}
  and shows or takes this code:

      ${out.paint(started.userCode, 'bold')}

  Waiting for you to approve it there … (Ctrl+C stops)
`)
  const answer = await waitForDecision(client, started)
  const dashboardUrl = new URL(started.verificationUrl).origin
  const workspace = {
    ...{ baseUrl, dashboardUrl, id: answer.tenantId, slug: answer.tenantSlug },
    ...{ name: answer.tenantName, keyPrefix: answer.keyPrefix, last4: answer.last4 },
    expiresAt: answer.expiresAt,
  }
  const kept = await keepWorkspace(place, workspace, answer.apiKey)
  tellSignedIn(session, kept, answer.scopes)
}

/** Makes the id of this computer last before the first sign-in is over. */
function deviceId({ folder }: Surroundings): string {
  const credentials = readCredentials(folder)
  writeCredentials(folder, credentials)
  return credentials.deviceId
}

async function waitForDecision(client: Client, started: Started): Promise<SignedIn> {
  const until = Date.now() + started.expiresInSeconds * 1000
  let seconds = started.pollIntervalSeconds
  while (Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
    const answer = await client
      .send(`/v1/deviceAuthorizations/${encodeURIComponent(started.deviceCode)}`)
      .catch((error: unknown) => {
        // A network that comes and goes must not end the wait (RFC 8628 §3.5).
        if (error instanceof Failure && error.code === 'network_error') return null
        throw error
      })
    if (answer?.status === 200) return answer.body as SignedIn
    if (answer === null || answer.status >= 500) seconds = Math.min(60, seconds * 2)
    else if (answer.status === 429) seconds = Number(answer.header('retry-after')) || seconds + 5
    else if (answer.status === 410) {
      throw new Failure('auth_required', failureOf(answer).message, 'Run fruxon login again.')
    } else if (answer.status !== 202) throw failureOf(answer)
  }
  throw new Failure('auth_required', 'Nobody approved the code in time.', 'Run fruxon login again.')
}

async function loginWithToken(session: Session): Promise<void> {
  const token = (await standardInput()).trim()
  keepSecret(token)
  if (token === '') {
    throw usage(
      'No token came on standard input.',
      'fruxon login --token --workspace acme < token.txt',
    )
  }
  if (/\s/.test(token)) throw usage('Standard input holds more than a token.')
  const { baseUrl, workspace } = await session.settings()
  if (!workspace) throw usage('Which organization is the token of?', 'Say it with --workspace.')
  const client = new Client(baseUrl.value, token)
  const path = `/v1/tenants/${encodeURIComponent(workspace.value)}`
  const health = await client.call<Health>(`${path}/auth/health`)
  const kept = await keepWorkspace(
    session.place,
    {
      ...{ baseUrl: baseUrl.value, dashboardUrl: new URL(baseUrl.value).origin },
      ...{ id: health.tenantId, slug: health.tenantSlug, name: health.tenantSlug },
      ...{ keyPrefix: token.slice(0, 'fx_pat_'.length + 4), last4: token.slice(-4) },
      expiresAt: health.apiKeyExpiresAt,
    },
    token,
  )
  tellSignedIn(session, kept, health.scopes)
}

async function standardInput(): Promise<string> {
  if (process.stdin.isTTY) {
    throw usage(
      'The token comes on standard input, never typed.',
      'fruxon login --token < token.txt',
    )
  }
  let text = ''
  for await (const part of process.stdin.setEncoding('utf8')) {
    text += part
    if (text.length > 4096) break
  }
  return text
}

function tellSignedIn(
  { out, place }: Session,
  workspace: Awaited<ReturnType<typeof keepWorkspace>>,
  scopes: readonly string[],
): void {
  const { id, slug, name, baseUrl, storage, keyPrefix, last4, expiresAt } = workspace
  const value = { id, slug, name, baseUrl, storage, keyPrefix, last4, scopes, expiresAt }
  out.done(
    value,
    `Signed in to ${out.paint(name, 'bold')} with ${scopes.length} scopes. The token is kept in ${storage === 'keychain' ? 'the keychain' : 'a file that only you can read'}; it expires ${expiry(expiresAt)}.`,
  )
  if (place.env.FRUXON_TOKEN || place.env.FRUXON_API_KEY) {
    out.note('  Beware: a token is set in the environment too, and goes before this one.')
  }
  if (out.format === 'table') out.note(out.paint('  Next: fruxon whoami, fruxon keys list', 'dim'))
}
