import type { ScopeSet } from '@/components/tokens/list/token-rows'
import { PRESETS } from '@/lib/access/presets'
import { ALL_SCOPES } from '@/lib/access/scopes'

/** "Runner", or "5 of 41 scopes" where the scopes equal no preset. */
export function accessWords(set: Pick<ScopeSet, 'scopes' | 'preset'>): string {
  const preset = PRESETS.find((candidate) => candidate.id === set.preset)
  return preset?.label ?? `${set.scopes.length} of ${ALL_SCOPES.length} scopes`
}

/** The scope ids for a tooltip: one a line, the rest counted. */
export function scopesTooltip(set: Pick<ScopeSet, 'scopes'>): string {
  const shown = set.scopes.slice(0, 14)
  const more = set.scopes.length - shown.length
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n')
}
