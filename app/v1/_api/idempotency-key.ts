import type { Call } from '@/app/v1/_api/operation'
import { ProblemError, problem } from '@/app/v1/_api/problem'

const KEY_MAX = 255
const VISIBLE_ASCII = /^[\x21-\x7e]+$/
// RFC 8941 string: the draft's form of the header.
const QUOTED = /^"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/

/**
 * The Idempotency-Key, bare or as the quoted string of the draft; undefined where absent.
 * @throws ProblemError 400 for an empty, overlong, repeated or unprintable one
 */
export function readIdempotencyKey(header: string | null | undefined): string | undefined {
  if (header === null || header === undefined) return undefined
  const quoted = QUOTED.exec(header)
  const key = quoted ? (quoted[1] ?? '').replaceAll(/\\(["\\])/g, '$1') : header
  const wellFormed = quoted ? key.trim() !== '' : VISIBLE_ASCII.test(key) && !/[",]/.test(key)
  if (!wellFormed || key.length > KEY_MAX) {
    throw new ProblemError(
      problem(
        'invalid_request',
        `Idempotency-Key is 1 to ${KEY_MAX} visible ASCII characters, such as a UUID.`,
      ),
    )
  }
  return key
}

/** The idempotency option of a command, absent where the caller sent no key. */
export function idempotency(call: Call<unknown>): { idempotencyKey?: string } {
  return call.idempotencyKey === undefined ? {} : { idempotencyKey: call.idempotencyKey }
}
