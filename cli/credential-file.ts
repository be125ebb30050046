import { randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from './failure'

/** One organization that this computer is signed in to. */
export interface Workspace {
  baseUrl: string
  /** Of the organization. */
  id: string
  slug: string
  name: string
  /** Where its token is: in the keychain of the system, or beside it in this file. */
  storage: 'keychain' | 'file'
  token?: string
  /** To show which one it is: `fx_pat_4f9K`, and the last four letters. */
  keyPrefix: string
  last4: string
  expiresAt: number | null
  /** Where its pages are. */
  dashboardUrl: string
}

export interface Credentials {
  /** The same at each sign-in: the organization then replaces our token in place. */
  deviceId: string
  /** Key of the workspace that is meant where none is named. */
  current: string | null
  workspaces: Record<string, Workspace>
}

export const keyOf = ({ baseUrl, id }: Pick<Workspace, 'baseUrl' | 'id'>) =>
  `${new URL(baseUrl).host}/${id}`

const NAME = 'credentials'

export function credentialPath(folder: string): string {
  return join(folder, NAME)
}

/** What is kept, or the beginning of it. @throws Failure where the file is there and unreadable */
export function readCredentials(folder: string): Credentials {
  let text: string
  try {
    text = readFileSync(credentialPath(folder), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return { deviceId: randomUUID(), current: null, workspaces: {} }
    }
    throw unreadable(folder, error)
  }
  try {
    const kept = JSON.parse(text) as Partial<Credentials>
    if (typeof kept.deviceId !== 'string' || typeof kept.workspaces !== 'object') throw new Error()
    return { deviceId: kept.deviceId, current: kept.current ?? null, workspaces: kept.workspaces }
  } catch {
    throw unreadable(folder, new Error('it is not what fruxon wrote'))
  }
}

function unreadable(folder: string, error: unknown): Failure {
  const path = credentialPath(folder)
  return new Failure(
    'generic',
    `${path} cannot be read: ${(error as Error).message}.`,
    'Mend it, or remove it and run fruxon login.',
  )
}

/** For the owner alone, and whole or not at all. */
export function writeCredentials(folder: string, credentials: Credentials): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = credentialPath(folder)
  const aside = `${path}.${randomBytes(6).toString('hex')}`
  try {
    writeFileSync(aside, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 })
    chmodSync(aside, 0o600)
    renameSync(aside, path)
  } finally {
    rmSync(aside, { force: true })
  }
}
