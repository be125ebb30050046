import type { DevicePresetId } from '@/lib/access/device-presets'
import { normalizeScopes, type Scope } from '@/lib/access/scopes'

/** Rules of signing a device in (RFC 8628); isomorphic. All times are epoch ms. */

/** From the asking of the device to the end of its grant, decided or not. */
export const GRANT_LIFE_SECONDS = 10 * 60
/** What a device waits between two looks; each look that comes too early adds as much. */
export const POLL_INTERVAL_SECONDS = 5
export const POLL_INTERVAL_MAX_SECONDS = 60
/** The life of the token where nobody chose one, or what the policy allows if that is less. */
export const DEVICE_TOKEN_DAYS = 90

export const CLIENT_TYPES = ['UNSPECIFIED', 'CLI', 'IDE', 'DESKTOP', 'MCP', 'OTHER'] as const
export type ClientType = (typeof CLIENT_TYPES)[number]

/** RFC 8628 §6.1: consonants only, so that codes spell no word, and none looks like another or like a digit. */
export const USER_CODE_ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ'
export const USER_CODE_LENGTH = 8

/** What somebody is asked to approve. */
export interface PendingDevice {
  /** As people read it: `BCDF-GHJK`. */
  userCode: string
  clientType: ClientType
  clientName: string
  /** What the device calls itself; nothing vouches for it. */
  deviceLabel: string | null
  requestedPreset: DevicePresetId
  /** From where the device asked. */
  requestedIp: string | null
  requestedAt: number
  expiresAt: number
}

/** The eight letters of what somebody typed, in any case and with any spacing; null where it cannot be a code. */
export function normalizeUserCode(typed: string): string | null {
  if (typed.length > 64) return null
  const letters = typed.toUpperCase().replaceAll(/[\s\p{Pd}_.]/gu, '')
  const isCode =
    letters.length === USER_CODE_LENGTH &&
    [...letters].every((letter) => USER_CODE_ALPHABET.includes(letter))
  return isCode ? letters : null
}

/** `BCDFGHJK` → `BCDF-GHJK`. */
export function userCodeWords(code: string): string {
  return `${code.slice(0, USER_CODE_LENGTH / 2)}-${code.slice(USER_CODE_LENGTH / 2)}`
}

/** What of the asked scopes somebody can hand on, and what is left out. */
export function withinReach(
  asked: readonly Scope[],
  ceiling: readonly Scope[],
): { granted: Scope[]; left: Scope[] } {
  const own = new Set(ceiling)
  return {
    granted: normalizeScopes(asked.filter((scope) => own.has(scope))),
    left: normalizeScopes(asked.filter((scope) => !own.has(scope))),
  }
}

/** Days of life where nobody chose: 90, or what the policy allows if that is less. */
export function usualDays(policy: { maxLifetimeDays: number | null }): number {
  return Math.min(DEVICE_TOKEN_DAYS, policy.maxLifetimeDays ?? DEVICE_TOKEN_DAYS)
}

const NAME_MAX = 80

/** How the token is called in lists: "Fruxon CLI on ada-laptop". */
export function deviceTokenName(device: {
  clientName: string
  deviceLabel: string | null
}): string {
  const whole = device.deviceLabel
    ? `${device.clientName} on ${device.deviceLabel}`
    : device.clientName
  const letters = [...whole]
  // Counted as the limit of names counts: in UTF-16 units.
  while (letters.join('').length > NAME_MAX) letters.pop()
  return letters.join('').trim()
}
