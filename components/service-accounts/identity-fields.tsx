'use client'

import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import { TOKEN_NAME_MAX } from '@/lib/tokens/limits'
import type { AccountDraft, AccountProblems } from './account-draft'

export type IdentityFieldsProps = {
  /** Ids of the controls start with it. */
  baseId: string
  draft: AccountDraft
  onChange: (change: Partial<AccountDraft>) => void
  errors: AccountProblems
}

/** Name and description of a service account. */
export function IdentityFields({ baseId, draft, onChange, errors }: IdentityFieldsProps) {
  return (
    <>
      <Field
        label="Name"
        description="Name the workload: prod-agent-runner, nightly-evals, stripe-webhook."
        error={errors.name}
      >
        <Input
          id={`${baseId}-name`}
          value={draft.name}
          autoComplete="off"
          spellCheck={false}
          maxLength={TOKEN_NAME_MAX * 2}
          placeholder="prod-agent-runner"
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </Field>
      <Field
        label="Description"
        optional
        description="Who owns the workload, and where its secret lives."
        error={errors.description}
      >
        <Textarea
          id={`${baseId}-description`}
          value={draft.description}
          placeholder="Platform team. Secret in Vault at prod/agents/runner."
          onChange={(event) => onChange({ description: event.target.value })}
        />
      </Field>
    </>
  )
}
