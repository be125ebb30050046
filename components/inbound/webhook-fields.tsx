'use client'

import { type ActionProblem, errorAt } from '@/components/settings/action-outcome'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { TARGET_URL_MAX, WEBHOOK_NAME_MAX } from '@/lib/inbound/limits'

export type WebhookDraft = { name: string; targetUrl: string }

export type WebhookFieldsProps = {
  draft: WebhookDraft
  onChange: (change: Partial<WebhookDraft>) => void
  problem: ActionProblem | null
}

/** What can be changed about an endpoint later too. */
export function WebhookFields({ draft, onChange, problem }: WebhookFieldsProps) {
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
      <Field
        label="Forward to"
        description="An https URL of yours that the Internet can reach. It answers 2xx within ten seconds, or the delivery is tried again."
        error={errorAt(problem, '/targetUrl')}
      >
        <Input
          name="targetUrl"
          type="url"
          value={draft.targetUrl}
          autoComplete="off"
          spellCheck={false}
          maxLength={TARGET_URL_MAX * 2}
          placeholder="https://hooks.example.com/inbound"
          onChange={(event) => onChange({ targetUrl: event.target.value })}
        />
      </Field>
    </>
  )
}
