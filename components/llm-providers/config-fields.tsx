'use client'

import { type ActionProblem, errorAt } from '@/components/settings/action-outcome'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { SwitchField } from '@/components/ui/switch'
import {
  API_KEY_MAX,
  BASE_URL_MAX,
  CONFIG_NAME_MAX,
  MODEL_NAME_MAX,
} from '@/lib/llm-providers/limits'
import { knownProvider, type LlmConfig } from '@/lib/llm-providers/model'
import { type ConfigDraft, placeholders } from './config-draft'

export type ConfigFieldsProps = {
  draft: ConfigDraft
  onChange: (change: Partial<ConfigDraft>) => void
  problem: ActionProblem | null
  /** What is edited; absent for a new one. */
  config?: LlmConfig | undefined
}

/** Everything but which provider it is. */
export function ConfigFields({ draft, onChange, problem, config }: ConfigFieldsProps) {
  const known = knownProvider(draft.provider)
  const filledIn = placeholders(draft.provider)
  return (
    <>
      <Field
        label="Name"
        description="Whose account, or what it is for: production, research."
        error={errorAt(problem, '/displayName')}
      >
        <Input
          name="displayName"
          value={draft.displayName}
          autoComplete="off"
          maxLength={CONFIG_NAME_MAX * 2}
          placeholder="production"
          onChange={(event) => onChange({ displayName: event.target.value })}
        />
      </Field>
      <Field
        label={config?.key ? 'New API key' : 'API key'}
        optional={!known?.keyRequired || Boolean(config?.key)}
        description={keyWords(config)}
        error={errorAt(problem, '/apiKey', '/config/apiKey')}
      >
        <Input
          name="apiKey"
          type="password"
          value={draft.apiKey}
          autoComplete="new-password"
          spellCheck={false}
          maxLength={API_KEY_MAX}
          mono
          onChange={(event) => onChange({ apiKey: event.target.value })}
        />
      </Field>
      <Field
        label="Base URL"
        optional={known !== undefined && !config}
        description="Of its OpenAI-compatible interface, by https. Calls go there alone; redirects are not followed."
        error={errorAt(problem, '/baseUrl', '/config/baseUrl')}
      >
        <Input
          name="baseUrl"
          type="url"
          value={draft.baseUrl}
          autoComplete="off"
          spellCheck={false}
          maxLength={BASE_URL_MAX * 2}
          placeholder={filledIn.baseUrl}
          onChange={(event) => onChange({ baseUrl: event.target.value })}
        />
      </Field>
      <Field
        label="Model to test with"
        optional={known !== undefined && !config}
        description="A small one: a test asks it for one word."
        error={errorAt(problem, '/testModel', '/config/testModel')}
      >
        <Input
          name="testModel"
          value={draft.testModel}
          autoComplete="off"
          spellCheck={false}
          maxLength={MODEL_NAME_MAX * 2}
          placeholder={filledIn.testModel}
          mono
          onChange={(event) => onChange({ testModel: event.target.value })}
        />
      </Field>
      <SwitchField
        label="Use it for runs"
        description="Off, it is kept and can be tested, and nothing runs on it."
        checked={draft.enabled}
        onCheckedChange={(enabled) => onChange({ enabled })}
      />
    </>
  )
}

function keyWords(config: LlmConfig | undefined): string {
  const stored = config?.key
  if (!stored) return 'Kept sealed, and never shown again: only its last four characters.'
  const hint = stored.hint === null ? 'The stored one' : `The one that ends in ${stored.hint}`
  return `${hint} stays as long as this is empty.`
}
