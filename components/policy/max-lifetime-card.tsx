'use client'

import { useRef, useState } from 'react'
import { errorAt } from '@/components/settings/action-outcome'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { lifetimeDaysProblem } from '@/lib/tokens/limits'
import { PolicyCard } from './policy-card'
import type { PolicyCardOwnProps } from './policy-form'
import { usePolicySave } from './use-policy-save'

const SUGGESTED_DAYS = 90
const MODES = [
  { value: 'off', label: 'No maximum' },
  { value: 'days', label: 'Limit in days' },
] as const

interface Draft {
  mode: 'off' | 'days'
  /** As typed. */
  days: string
}

function draftOf(maxLifetimeDays: number | null): Draft {
  return maxLifetimeDays === null
    ? { mode: 'off', days: String(SUGGESTED_DAYS) }
    : { mode: 'days', days: String(maxLifetimeDays) }
}

function daysOf(draft: Draft): number | null {
  return draft.mode === 'off' ? null : Number(draft.days.trim() || Number.NaN)
}

function complaintAbout(maxLifetimeDays: number | null): string | null {
  if (maxLifetimeDays === null) return null
  if (Number.isNaN(maxLifetimeDays)) return 'Enter a whole number of days.'
  return lifetimeDaysProblem(maxLifetimeDays) ?? null
}

/** How old any token of the organization may grow. */
export function MaxLifetimeCard({ tenant, now, policy, onSaved }: PolicyCardOwnProps) {
  const [draft, setDraft] = useState(() => draftOf(policy.maxLifetimeDays))
  const [complaint, setComplaint] = useState<string | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const maxLifetimeDays = daysOf(draft)
  const save = usePolicySave(tenant, policy, { maxLifetimeDays }, onSaved)

  function change(next: Draft) {
    setDraft(next)
    setComplaint(null)
    save.touch()
  }
  function validate() {
    const found = complaintAbout(maxLifetimeDays)
    setComplaint(found)
    if (found) input.current?.focus()
    return found === null
  }
  return (
    <PolicyCard
      title="Maximum token life"
      description="How old a token may grow, counted from its creation, whatever its own expiry says."
      hint={
        policy.maxLifetimeDays === null
          ? 'Setting a limit refuses older tokens at once.'
          : 'Checked at every use: tokens older than the limit are refused at once.'
      }
      tenant={tenant}
      now={now}
      dirty={!Object.is(maxLifetimeDays, policy.maxLifetimeDays)}
      save={save}
      validate={validate}
      onCancel={() => change(draftOf(policy.maxLifetimeDays))}
    >
      <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
        <Field label="Limit" hideLabel group>
          <SegmentedControl
            options={MODES}
            value={draft.mode}
            onValueChange={(mode) => change({ ...draft, mode })}
          />
        </Field>
        {draft.mode === 'days' ? (
          <Field
            label="Longest life in days"
            hideLabel
            className="w-44"
            error={complaint ?? errorAt(save.problem, '/maxLifetimeDays')}
          >
            <Input
              ref={input}
              inputMode="numeric"
              suffix="days"
              value={draft.days}
              onChange={(event) => change({ ...draft, days: event.target.value })}
            />
          </Field>
        ) : null}
      </div>
    </PolicyCard>
  )
}
