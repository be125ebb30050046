import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { TokenType } from '@/lib/tokens/model'

/**
 * The secret: prefix, 43 base62 characters of a CSPRNG (256 bits), 6 base62 characters of CRC32 over all
 * before them. Leak scanners verify the checksum offline and we refuse a typo without a database call;
 * the checksum is no security (token-systems research, as GitHub and npm do).
 */

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const RANDOM_LENGTH = 43
const CHECKSUM_LENGTH = 6
const DISPLAY_PREFIX_LENGTH = 'fx_pat_'.length + 4

/** Leak scanners know two prefixes: a person's token, and one that no person is behind. */
const PREFIX: Record<TokenType, string> = {
  USER: 'fx_pat_',
  SERVICE_ACCOUNT: 'fx_sat_',
  SYSTEM: 'fx_sat_',
}

const CURRENT = /^fx_(?:pat|sat)_[0-9A-Za-z]{49}$/
const LEGACY = /^(?:fx|fxn)_live_[0-9A-Za-z_-]{8,200}$/

function base62Random(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length + 16)) {
      // 248 = 4 × 62: taking larger bytes too would favour some characters.
      if (byte < 248 && text.length < length) text += ALPHABET[byte % 62]
    }
  }
  return text
}

function checksum(text: string): string {
  let value = crc32(text)
  let encoded = ''
  for (let place = 0; place < CHECKSUM_LENGTH; place++) {
    encoded = ALPHABET[value % 62] + encoded
    value = Math.floor(value / 62)
  }
  return encoded
}

export interface GeneratedSecret {
  secret: string
  displayPrefix: string
  last4: string
}

/** A new secret of 256 random bits. The caller shows it once and keeps only its digest. */
export function generateSecret(type: TokenType): GeneratedSecret {
  const body = PREFIX[type] + base62Random(RANDOM_LENGTH)
  const secret = body + checksum(body)
  return {
    secret,
    displayPrefix: secret.slice(0, DISPLAY_PREFIX_LENGTH),
    last4: secret.slice(-4),
  }
}

export type SecretShape = 'current' | 'legacy' | 'malformed'

/** What a presented string looks like; `malformed` (wrong shape or checksum) needs no look-up. */
export function secretShape(presented: string): SecretShape {
  if (CURRENT.test(presented)) {
    const body = presented.slice(0, -CHECKSUM_LENGTH)
    return checksum(body) === presented.slice(-CHECKSUM_LENGTH) ? 'current' : 'malformed'
  }
  return LEGACY.test(presented) ? 'legacy' : 'malformed'
}
