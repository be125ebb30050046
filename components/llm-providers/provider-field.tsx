'use client'

import { useState } from 'react'
import { type ActionProblem, errorAt } from '@/components/settings/action-outcome'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import { PROVIDER_NAME_MAX } from '@/lib/llm-providers/limits'
import { KNOWN_PROVIDERS } from '@/lib/llm-providers/model'

export type ProviderFieldProps = {
  value: string
  onChange: (provider: string) => void
  problem: ActionProblem | null
}

const OTHER = ''

/** One that is known, or any other by the name that definitions use. */
export function ProviderField({ value, onChange, problem }: ProviderFieldProps) {
  const [isOther, setOther] = useState(!Object.hasOwn(KNOWN_PROVIDERS, value))
  const error = errorAt(problem, '/provider', '/config/provider')
  return (
    <>
      <Field label="Provider" error={isOther ? undefined : error}>
        <NativeSelect
          name={isOther ? undefined : 'provider'}
          value={isOther ? OTHER : value}
          onChange={(event) => {
            setOther(event.target.value === OTHER)
            onChange(event.target.value)
          }}
        >
          {Object.entries(KNOWN_PROVIDERS).map(([name, { label }]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
          <option value={OTHER}>Another, OpenAI-compatible</option>
        </NativeSelect>
      </Field>
      {isOther ? (
        <Field
          label="Provider name"
          description="As agents and prices name it: my-gateway, azure, together."
          error={error}
        >
          <Input
            name="provider"
            value={value}
            autoComplete="off"
            spellCheck={false}
            maxLength={PROVIDER_NAME_MAX * 2}
            placeholder="my-gateway"
            mono
            onChange={(event) => onChange(event.target.value)}
          />
        </Field>
      ) : null}
    </>
  )
}
