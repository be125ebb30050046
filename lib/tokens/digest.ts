import { createHash, createHmac } from 'node:crypto'
import type { SecretShape } from '@/lib/tokens/secret'

/** Server-side keys of the digest, newest first. A database dump alone verifies no guess. */
export interface Peppers {
  current: { version: number; key: Buffer }
  all: readonly { version: number; key: Buffer }[]
}

/**
 * Reads `VERSION:BASE64[,VERSION:BASE64…]`, newest first (lib/env.ts has checked the form).
 * @throws Error when the list is empty
 */
export function parsePeppers(list: string): Peppers {
  const all = list.split(',').map((entry) => {
    const [version = '', key = ''] = entry.trim().split(':')
    return { version: Number(version), key: Buffer.from(key, 'base64') }
  })
  const current = all[0]
  if (!current) throw new Error('TOKEN_PEPPER is empty.')
  return { current, all }
}

/**
 * What the HMAC covers. A legacy key was handed over as its SHA-256, so its presented form is hashed
 * first; a current secret goes in as it is.
 */
function material(secret: string, shape: SecretShape): string {
  return shape === 'legacy' ? createHash('sha256').update(secret).digest('hex') : secret
}

/** HMAC-SHA-256 under one pepper. */
function keyed(value: string, key: Buffer): Buffer {
  return createHmac('sha256', key).update(value).digest()
}

/** The stored form of a fresh secret. */
export function digestForStorage(peppers: Peppers, secret: string): Buffer {
  return keyed(secret, peppers.current.key)
}

/** The stored form of a legacy key known only by its SHA-256 in lower-case hex. */
export function digestOfLegacySha256(peppers: Peppers, sha256Hex: string): Buffer {
  return keyed(sha256Hex, peppers.current.key)
}

/** Every digest under which the presented secret may be stored: one a pepper version, hex. */
export function lookupDigests(peppers: Peppers, secret: string, shape: SecretShape): string[] {
  const value = material(secret, shape)
  return peppers.all.map(({ key }) => createHmac('sha256', key).update(value).digest('hex'))
}
