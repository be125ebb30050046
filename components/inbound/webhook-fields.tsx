'use client'

import { type ActionProblem, errorAt } from '@/components/settings/action-outcome'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { RunnableAgent } from '@/lib/execution/runnable-agents'
import { WEBHOOK_NAME_MAX } from '@/lib/inbound/limits'
import { type TargetDraft, TargetFields } from './target-fields'

export type WebhookDraft = { name: string } & TargetDraft

export type WebhookFieldsProps = {
  draft: WebhookDraft
  onChange: (change: Partial<WebhookDraft>) => void
  problem: ActionProblem | null
  /** To choose from. */
  agents: readonly RunnableAgent[]
}

/** What can be changed about an endpoint later too. */
export function WebhookFields({ draft, onChange, problem, agents }: WebhookFieldsProps) {
  return (
    <>
      <Field
        label="Name"
        description="Who sends, and what: github-production, stripe-invoices."
        error={errorAt(problem, '/name')}
      >
        <Input
          name="name"
          value={draft.name}
          autoComplete="off"
          spellCheck={false}
          maxLength={WEBHOOK_NAME_MAX * 2}
          placeholder="stripe-invoices"
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </Field>
      <TargetFields draft={draft} onChange={onChange} problem={problem} agents={agents} />
    </>
  )
}
