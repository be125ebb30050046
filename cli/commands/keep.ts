import { keyOf, readCredentials, type Workspace, writeCredentials } from '../credential-file'
import { clearKeychain, writeKeychain } from '../keychain'
import { keepSecret } from '../redaction'
import type { Surroundings } from '../surroundings'

/** Keeps the token in the keychain, or in the file that only its owner reads. */
export async function keepWorkspace(
  place: Surroundings,
  workspace: Omit<Workspace, 'storage' | 'token'>,
  token: string,
): Promise<Workspace> {
  keepSecret(token)
  const key = keyOf(workspace)
  const inKeychain = await writeKeychain(place, key, token)
  const kept: Workspace = inKeychain
    ? { ...workspace, storage: 'keychain' }
    : { ...workspace, storage: 'file', token }
  const credentials = readCredentials(place.folder)
  credentials.workspaces[key] = kept
  credentials.current = key
  writeCredentials(place.folder, credentials)
  return kept
}

/** Forgets a workspace here; the token itself is another matter. */
export async function forgetWorkspace(place: Surroundings, workspace: Workspace): Promise<void> {
  const key = keyOf(workspace)
  if (workspace.storage === 'keychain') await clearKeychain(key)
  const credentials = readCredentials(place.folder)
  delete credentials.workspaces[key]
  if (credentials.current === key) {
    credentials.current = Object.keys(credentials.workspaces)[0] ?? null
  }
  writeCredentials(place.folder, credentials)
}

/** What the service says of a token that was just kept. */
export interface Health {
  tenantId: string
  tenantSlug: string
  userId: string | null
  email: string | null
  ownerType: string
  apiKeyName: string
  scopes: string[]
  apiKeyExpiresAt: number | null
}
