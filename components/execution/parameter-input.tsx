import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import { Textarea } from '@/components/ui/textarea'
import type { AgentParameter } from '@/lib/agents/model'

export type ParameterInputProps = {
  parameter: AgentParameter
  value: string
  error: string | undefined
  onChange: (value: string) => void
}

/** The field of one parameter, by its type. */
export function ParameterInput({ parameter, value, error, onChange }: ParameterInputProps) {
  const { name, type, required, description } = parameter
  const bound = { name: `input/${name}`, value }
  return (
    <Field
      label={name}
      optional={!required}
      description={description === '' ? undefined : description}
      error={error}
    >
      {type === 'STRING' ? (
        <Textarea {...bound} rows={2} onChange={({ target }) => onChange(target.value)} />
      ) : type === 'NUMBER' ? (
        <Input
          {...bound}
          inputMode="decimal"
          autoComplete="off"
          onChange={({ target }) => onChange(target.value)}
        />
      ) : (
        <NativeSelect {...bound} onChange={({ target }) => onChange(target.value)}>
          <option value="">Not said</option>
          <option value="true">Yes</option>
          <option value="false">No</option>
        </NativeSelect>
      )}
    </Field>
  )
}
