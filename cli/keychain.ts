import type { Surroundings } from './surroundings'

/** The keychain of the system, where there is one: macOS Keychain, Windows Credential Manager, Secret Service. */

const SERVICE = 'fruxon'

/** Null where the package, or a keychain to talk to, is missing. */
async function entryOf(key: string) {
  try {
    const { Entry } = await import('@napi-rs/keyring')
    // Not the kernel's keyring, which the next start of the computer empties.
    return new Entry(SERVICE, key, { linux: { store: 'secret-service' } })
  } catch {
    return null
  }
}

export async function readKeychain(key: string): Promise<string | null> {
  const entry = await entryOf(key)
  try {
    return entry?.getPassword() ?? null
  } catch {
    return null
  }
}

/** @returns whether it is kept: read again, because some keychains take what they then forget */
export async function writeKeychain(
  { env }: Surroundings,
  key: string,
  secret: string,
): Promise<boolean> {
  if (env.FRUXON_CREDENTIAL_STORE === 'file') return false
  const entry = await entryOf(key)
  try {
    entry?.setPassword(secret)
    return entry?.getPassword() === secret
  } catch {
    return false
  }
}

export async function clearKeychain(key: string): Promise<void> {
  const entry = await entryOf(key)
  try {
    entry?.deletePassword()
  } catch {
    // It is not there.
  }
}
