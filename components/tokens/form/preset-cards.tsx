'use client'

import { RadioCards } from '@/components/ui/radio-cards'
import { expandPreset, PRESETS, type Preset, type PresetId } from '@/lib/access/presets'
import type { Scope } from '@/lib/access/scopes'

export type PresetCardsProps = {
  /** The preset that the scopes equal, or null. */
  preset: PresetId | null
  onChange: (scopes: Scope[]) => void
  ceiling: readonly Scope[]
  beyondCeiling: string
}

export function PresetCards({ preset, onChange, ceiling, beyondCeiling }: PresetCardsProps) {
  return (
    <RadioCards
      label="Preset"
      columns={2}
      value={preset}
      onValueChange={(id) => onChange([...expandPreset(id as PresetId)])}
      options={PRESETS.map((candidate) => {
        const beyond = candidate.scopes.filter((scope) => !ceiling.includes(scope))
        return {
          value: candidate.id,
          title: candidate.label,
          tagline: tagline(candidate),
          meta: candidate.scopes.length === 1 ? '1 scope' : `${candidate.scopes.length} scopes`,
          disabled: beyond.length > 0,
          disabledReason: `${beyondCeiling}: ${shortened(beyond)}`,
        }
      })}
    />
  )
}

function tagline(preset: Preset): string {
  return `${preset.intent}.`
}

function shortened(scopes: readonly Scope[]): string {
  const named = scopes.slice(0, 2).join(', ')
  return scopes.length > 2 ? `${named} and ${scopes.length - 2} more` : named
}
