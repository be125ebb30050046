'use client'

import { useId } from 'react'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import type { BudgetSubject } from '@/lib/budgets/subjects'

export type SubjectFieldProps = {
  kind: 'AGENT' | 'TOKEN'
  /** Null while they are on their way. */
  subjects: readonly BudgetSubject[] | null
  value: string
  onChange: (id: string) => void
  error?: string | undefined
}

/** An agent by its id, known or yet to come; a token out of those that live. */
export function SubjectField({ kind, subjects, value, onChange, error }: SubjectFieldProps) {
  const listId = useId()
  const offered = (subjects ?? []).filter((subject) => subject.kind === kind)
  if (kind === 'AGENT') {
    return (
      <Field
        label="Agent"
        description="The id that its runs are reported by. An agent that has yet to run can have a budget too."
        error={error}
        required
      >
        <Input
          name="agent"
          list={listId}
          autoComplete="off"
          maxLength={200}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
        <datalist id={listId}>
          {offered.map(({ id, label }) => (
            <option key={id} value={id} label={label} />
          ))}
        </datalist>
      </Field>
    )
  }
  return (
    <Field label="Token" error={error} required>
      <NativeSelect
        name="token"
        value={value}
        disabled={subjects === null}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{placeholder(subjects, offered.length)}</option>
        {offered.map(({ id, label, ownerLabel }) => (
          <option key={id} value={id}>
            {ownerLabel ? `${label} (${ownerLabel})` : label}
          </option>
        ))}
      </NativeSelect>
    </Field>
  )
}

function placeholder(subjects: readonly BudgetSubject[] | null, count: number): string {
  if (subjects === null) return 'Loading tokens…'
  return count === 0 ? 'There is no live token' : 'Choose a token'
}
