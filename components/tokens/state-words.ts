import type { Tone } from '@/components/ui/badge'
import { DAY_MS, type TokenState } from '@/lib/tokens/model'

/** States in the words of the table; the reason in full is `stateReason`. */

export const STATE_LABELS: Record<TokenState, string> = {
  active: 'Active',
  expiring: 'Expiring soon',
  overlap: 'Rotated, overlap',
  suspended: 'Suspended',
  blocked: 'Blocked',
  expired: 'Expired',
  rotated: 'Rotated',
  revoked: 'Revoked',
}

export const STATE_TONES: Record<TokenState, Tone> = {
  active: 'success',
  expiring: 'warning',
  overlap: 'info',
  suspended: 'warning',
  blocked: 'danger',
  expired: 'neutral',
  rotated: 'neutral',
  revoked: 'danger',
}

/** Over for good: hidden from the table until asked for. */
export function isEnded(state: TokenState): boolean {
  return state === 'expired' || state === 'rotated' || state === 'revoked'
}

const HOUR_MS = 60 * 60 * 1000
const MINUTE_MS = 60 * 1000

/** "6 days", "5 hours", "12 minutes"; rounded down, so that it never promises too much. */
export function durationWords(ms: number): string {
  const [size, unit] =
    ms >= DAY_MS
      ? [Math.floor(ms / DAY_MS), 'day']
      : ms >= HOUR_MS
        ? [Math.floor(ms / HOUR_MS), 'hour']
        : [Math.max(1, Math.floor(ms / MINUTE_MS)), 'minute']
  return size === 1 ? `1 ${unit}` : `${size} ${unit}s`
}

/** "Expires in 6 days" where the end is near; otherwise the state's label. */
export function stateWords(state: TokenState, expiresAt: number | null, now: number): string {
  if (state === 'expiring' && expiresAt !== null && expiresAt > now) {
    return `Expires in ${durationWords(expiresAt - now)}`
  }
  return STATE_LABELS[state]
}
