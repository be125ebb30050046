'use client'

import { type ActionProblem, errorAt } from '@/components/settings/action-outcome'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { WEBHOOK_NAME_MAX } from '@/lib/inbound/limits'

export type WebhookNameFieldProps = {
  name: string
  onChange: (name: string) => void
  problem: ActionProblem | null
}

export function WebhookNameField({ name, onChange, problem }: WebhookNameFieldProps) {
  return (
    <Field
      label="Name"
      description="Who sends, and what: github-production, stripe-invoices."
      error={errorAt(problem, '/name')}
    >
      <Input
        name="name"
        value={name}
        autoComplete="off"
        spellCheck={false}
        maxLength={WEBHOOK_NAME_MAX * 2}
        placeholder="stripe-invoices"
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  )
}
