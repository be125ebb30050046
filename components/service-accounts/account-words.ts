import type { ListFilter } from '@/components/settings/list-filters'
import type { Tone } from '@/components/ui/badge'
import { PRESETS, presetOf } from '@/lib/access/presets'
import { ALL_SCOPES, type Scope } from '@/lib/access/scopes'
import type { ServiceAccountState } from '@/lib/service-accounts/model'

const ACCOUNT_STATES: readonly ServiceAccountState[] = ['active', 'suspended', 'revoked']

export const ACCOUNT_STATE_LABELS: Record<ServiceAccountState, string> = {
  active: 'Active',
  suspended: 'Suspended',
  revoked: 'Revoked',
}

export const ACCOUNT_FILTERS: readonly ListFilter[] = [
  {
    column: 'state',
    label: 'State',
    options: ACCOUNT_STATES.map((value) => ({ value, label: ACCOUNT_STATE_LABELS[value] })),
  },
]

export const ACCOUNT_STATE_TONES: Record<ServiceAccountState, Tone> = {
  active: 'success',
  suspended: 'warning',
  revoked: 'danger',
}

/** "Runner", or "5 of 41 scopes" where the grant equals no preset. */
export function grantWords(scopes: readonly Scope[]): string {
  if (scopes.length === 0) return 'Nothing'
  const preset = presetOf(scopes)
  return (
    PRESETS.find((candidate) => candidate.id === preset)?.label ??
    `${scopes.length} of ${ALL_SCOPES.length} scopes`
  )
}

/** "1 token", "3 tokens". */
export function tokenCount(count: number): string {
  return count === 1 ? '1 token' : `${count.toLocaleString('en-US')} tokens`
}
