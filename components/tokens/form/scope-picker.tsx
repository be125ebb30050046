'use client'

import { type ReactNode, useId } from 'react'
import { FieldErrorText } from '@/components/settings/field-error-text'
import { Badge } from '@/components/ui/badge'
import { PRESETS, presetOf } from '@/lib/access/presets'
import { ALL_SCOPES, type Scope } from '@/lib/access/scopes'
import { PresetCards } from './preset-cards'
import { ScopeMatrix } from './scope-matrix'

export type ScopePickerProps = {
  value: readonly Scope[]
  onChange: (scopes: Scope[]) => void
  /** The most that may be granted; the rest is shown, disabled. */
  ceiling: readonly Scope[]
  /** Why the rest may not be granted. */
  beyondCeiling?: string | undefined
  error?: string | undefined
  /** Between presets and matrix: what the choice means. */
  advice?: ReactNode | undefined
  /** Anchor of the first control, so that an error can be focused. */
  id?: string | undefined
}

/** Presets above, the matrix below. Which preset is active is derived from the scopes, never stored. */
export function ScopePicker({
  value,
  onChange,
  ceiling,
  beyondCeiling = 'Exceeds your role',
  error,
  advice,
  id,
}: ScopePickerProps) {
  const errorId = useId()
  const preset = presetOf(value)
  const presetLabel = PRESETS.find((candidate) => candidate.id === preset)?.label
  const summary = `${value.length} of ${ALL_SCOPES.length} scopes`
  const name = presetLabel ?? (value.length > 0 ? 'Custom' : null)
  return (
    <section
      id={id}
      tabIndex={-1}
      aria-label="Access"
      aria-describedby={error ? errorId : undefined}
      className="flex scroll-mt-4 flex-col gap-3 outline-none"
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium text-ink text-sm">Access</h3>
        <span className="flex items-center gap-2 text-muted text-sm tabular-nums">
          {name ? <Badge tone={presetLabel ? 'accent' : 'neutral'}>{name}</Badge> : null}
          {summary}
        </span>
      </div>
      <output className="sr-only">{name ? `${name}: ${summary}` : summary}</output>
      <PresetCards
        preset={preset}
        onChange={onChange}
        ceiling={ceiling}
        beyondCeiling={beyondCeiling}
      />
      <FieldErrorText id={errorId}>{error}</FieldErrorText>
      {advice}
      <ScopeMatrix
        value={value}
        onChange={onChange}
        ceiling={ceiling}
        beyondCeiling={beyondCeiling}
      />
    </section>
  )
}
