import { keyOf, readCredentials, type Workspace } from './credential-file'
import { Failure, usage } from './failure'
import { readKeychain } from './keychain'
import { FORMATS, type Format } from './output'
import { keepSecret } from './redaction'
import type { Surroundings } from './surroundings'

export const DEFAULT_BASE_URL = 'https://api.fruxon.com'

export interface GlobalFlags {
  output?: string
  workspace?: string
  tenant?: string
  baseUrl?: string
  yes?: boolean
}

/** A value and where it comes from: what `whoami` shows. */
export interface Sourced<T> {
  value: T
  origin: string
}

export interface Settings {
  baseUrl: Sourced<string>
  /** Slug or id of the organization. */
  workspace: Sourced<string> | null
  token: Sourced<string> | null
  /** What is known of it here, if this computer was signed in to it. */
  kept: Workspace | null
}

export function formatOf(flags: GlobalFlags, place: Surroundings): Sourced<Format> {
  const asked = flags.output
  if (asked === undefined) {
    return place.agent
      ? { value: 'json', origin: 'agent mode' }
      : { value: 'table', origin: 'default' }
  }
  if ((FORMATS as readonly string[]).includes(asked)) {
    return { value: asked as Format, origin: 'flag --output' }
  }
  throw usage(
    `There is no output ${JSON.stringify(asked)}.`,
    `Choose one of ${FORMATS.join(', ')}.`,
  )
}

/** Flags before the environment, before what this computer keeps, before defaults. */
export async function readSettings(flags: GlobalFlags, place: Surroundings): Promise<Settings> {
  const { env, folder } = place
  const wanted = wantedWorkspace(flags, env)
  const address = wantedAddress(flags, env)
  const { current, workspaces } = readCredentials(folder)
  const here = Object.values(workspaces).filter(
    ({ baseUrl }) => !address || baseUrl === address.value,
  )
  const kept = wanted
    ? here.find(({ slug, id }) => slug === wanted.value || id === wanted.value)
    : (here.find((one) => keyOf(one) === current) ?? (here.length === 1 ? here[0] : undefined))
  const file = `file ${folder}/credentials`
  return {
    baseUrl: address ??
      (kept && { value: kept.baseUrl, origin: file }) ?? {
        value: DEFAULT_BASE_URL,
        origin: 'default',
      },
    workspace: wanted ?? (kept ? { value: kept.slug, origin: file } : null),
    token: (await tokenOf(env, kept, file)) ?? null,
    kept: kept ?? null,
  }
}

function wantedWorkspace(flags: GlobalFlags, env: Surroundings['env']): Sourced<string> | null {
  if (flags.workspace) return { value: flags.workspace, origin: 'flag --workspace' }
  if (flags.tenant) return { value: flags.tenant, origin: 'flag --tenant' }
  return env.FRUXON_ORG ? { value: env.FRUXON_ORG, origin: 'env FRUXON_ORG' } : null
}

function wantedAddress(flags: GlobalFlags, env: Surroundings['env']): Sourced<string> | null {
  if (flags.baseUrl) return { value: address(flags.baseUrl), origin: 'flag --base-url' }
  if (!env.FRUXON_BASE_URL) return null
  return { value: address(env.FRUXON_BASE_URL), origin: 'env FRUXON_BASE_URL' }
}

function address(text: string): string {
  try {
    const url = new URL(text)
    if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new Error()
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
  } catch {
    throw usage(
      `${JSON.stringify(text)} is no address.`,
      'Give one such as https://api.fruxon.com.',
    )
  }
}

async function tokenOf(
  env: Surroundings['env'],
  kept: Workspace | undefined,
  file: string,
): Promise<Sourced<string> | null> {
  const found =
    (env.FRUXON_TOKEN && { value: env.FRUXON_TOKEN, origin: 'env FRUXON_TOKEN' }) ||
    (env.FRUXON_API_KEY && {
      value: env.FRUXON_API_KEY,
      origin: 'env FRUXON_API_KEY (older name of FRUXON_TOKEN)',
    }) ||
    (kept && (await keptToken(kept, file)))
  if (!found) return null
  keepSecret(found.value)
  return found
}

async function keptToken(kept: Workspace, file: string): Promise<Sourced<string> | null> {
  if (kept.storage === 'file') return kept.token ? { value: kept.token, origin: file } : null
  const value = await readKeychain(keyOf(kept))
  return value === null ? null : { value, origin: 'keychain' }
}

/** Both or a failure that says how to get them. */
export function requireSignedIn({ token, workspace }: Settings): {
  token: string
  workspace: string
} {
  if (!token) {
    throw new Failure('auth_required', 'Not signed in.', 'Run fruxon login, or set FRUXON_TOKEN.')
  }
  if (!workspace) {
    throw usage('Which organization?', 'Say it with --workspace, or set FRUXON_ORG.')
  }
  return { token: token.value, workspace: workspace.value }
}
