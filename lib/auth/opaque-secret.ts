import { createHash, randomBytes } from 'node:crypto'

/** A new 256-bit value of the CSPRNG, in base64url (43 characters). */
export function newOpaqueSecret(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * What is stored of it. Plain SHA-256 is enough: 256 random bits cannot be found by guessing, so there
 * is nothing for a slow hash to slow down.
 */
export function opaqueSecretHash(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest()
}
