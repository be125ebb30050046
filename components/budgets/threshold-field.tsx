'use client'

import { X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { withThreshold } from './budget-draft'

export type ThresholdFieldProps = {
  value: readonly number[]
  onChange: (thresholds: readonly number[]) => void
  error?: string | undefined
}

/** A chip for each threshold, and a field for one more. */
export function ThresholdField({ value, onChange, error }: ThresholdFieldProps) {
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string>()
  function add() {
    const next = withThreshold(value, typed)
    if ('problem' in next) return setProblem(next.problem)
    setTyped('')
    setProblem(undefined)
    onChange(next.thresholds)
  }
  function addOnEnter(event: KeyboardEvent) {
    if (event.key !== 'Enter') return
    // Not the form: it is not done yet.
    event.preventDefault()
    add()
  }
  return (
    <Field
      label="Tell people at"
      group
      description="Each is told once a month, in the app and by e-mail, as people have set it."
      error={problem ?? error}
    >
      <div className="flex flex-wrap items-center gap-2">
        {value.map((percent) => (
          <button
            key={percent}
            type="button"
            aria-label={`Remove ${percent}%`}
            onClick={() => onChange(value.filter((other) => other !== percent))}
            className="inline-flex h-8 items-center gap-1 rounded-md border border-strong bg-surface px-2.5 text-ink text-sm tabular-nums hover:bg-hover touch:h-11"
          >
            {percent}%
            <X aria-hidden className="size-3.5 text-muted" />
          </button>
        ))}
        <Input
          aria-label="Another threshold, in percent"
          inputMode="numeric"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={addOnEnter}
          suffix="%"
          className="w-24"
        />
        <Button onClick={add}>Add</Button>
      </div>
    </Field>
  )
}
