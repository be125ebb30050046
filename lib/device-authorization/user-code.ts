import { randomInt } from 'node:crypto'
import { USER_CODE_ALPHABET, USER_CODE_LENGTH } from '@/lib/device-authorization/model'

/** Eight letters of twenty: 2.6 × 10^10 codes, guessed a few times a quarter of an hour at most (RFC 8628 §5.1). */
export function newUserCode(): string {
  return Array.from(
    { length: USER_CODE_LENGTH },
    () => USER_CODE_ALPHABET[randomInt(USER_CODE_ALPHABET.length)],
  ).join('')
}
