import { expandPreset, PRESET_IDS } from '@/lib/access/presets'
import { isScope, normalizeScopes, type Scope } from '@/lib/access/scopes'
import { EXPIRATION_DAYS_MAX, TOKEN_NAME_MAX } from '@/lib/tokens/limits'
import { defaultExpiry, type ExpiryPolicy } from './expiry-choice'
import type { TokenDraft } from './token-draft'

/** What a link may fill into the create form: `?create=1&name=&preset=&scopes=&expirationDays=`. */

export const CREATE_PARAMS = ['create', 'name', 'preset', 'scopes', 'expirationDays'] as const

/** Only fills in; whoever follows the link sees the form and submits it. Unknown values are left out. */
export function readTokenDraft(
  params: { get: (name: string) => string | null },
  policy: ExpiryPolicy,
  ceiling: readonly Scope[],
): TokenDraft {
  const preset = PRESET_IDS.find((id) => id === params.get('preset'))
  const listed = (params.get('scopes') ?? '').split(',').filter(isScope)
  const wanted = normalizeScopes([...(preset ? expandPreset(preset) : []), ...listed])
  const days = Number(params.get('expirationDays') ?? '')
  const isDays = Number.isInteger(days) && days >= 1 && days <= EXPIRATION_DAYS_MAX
  return {
    name: (params.get('name') ?? '').slice(0, TOKEN_NAME_MAX),
    expiry: isDays ? { kind: 'days', days } : defaultExpiry(policy),
    scopes: wanted.filter((scope) => ceiling.includes(scope)),
  }
}
