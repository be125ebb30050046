'use client'

import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { TOKEN_NAME_MAX } from '@/lib/tokens/limits'

export type TokenNameFieldProps = {
  value: string
  onChange: (name: string) => void
  error?: string | undefined
  description?: string | undefined
  /** Of the element that holds the control. */
  id?: string | undefined
}

export function TokenNameField({ value, onChange, error, description, id }: TokenNameFieldProps) {
  return (
    <div id={id}>
      <Field label="Name" error={error} description={description}>
        <Input
          value={value}
          autoComplete="off"
          spellCheck={false}
          maxLength={TOKEN_NAME_MAX * 2}
          placeholder="prod-server"
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
    </div>
  )
}
