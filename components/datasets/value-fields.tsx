'use client'

import { Plus, Trash2 } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import { Textarea } from '@/components/ui/textarea'
import { VALUE_TYPES, type ValueDraft, type ValueType } from './case-draft'

const TYPE_LABELS: Record<ValueType, string> = {
  TEXT: 'Text',
  NUMBER: 'Number',
  BOOLEAN: 'Yes or no',
}

export type ValueFieldsProps = {
  values: readonly ValueDraft[]
  errorOf: (value: ValueDraft, part: 'name' | 'text') => string | undefined
  /** What is wrong with all of them. */
  error: string | undefined
  onChange: (values: ValueDraft[]) => void
}

/** Values of the parameters that a revision declares. */
export function ValueFields({ values, errorOf, error, onChange }: ValueFieldsProps) {
  function add() {
    const key = Math.max(-1, ...values.map((one) => one.key)) + 1
    onChange([...values, { key, name: '', type: 'TEXT', text: '' }])
  }
  return (
    <Field label="Values" group error={error} className="gap-3">
      {values.map((value, index) => {
        const change = (part: Partial<ValueDraft>) =>
          onChange(values.map((one) => (one === value ? { ...one, ...part } : one)))
        const called = value.name || `${index + 1}`
        return (
          <div
            key={value.key}
            className="grid grid-cols-[1fr_auto] gap-3 rounded-lg border border-subtle p-3 sm:grid-cols-[1fr_8rem_auto]"
          >
            <Field label="Parameter" error={errorOf(value, 'name')}>
              <Input
                mono
                spellCheck={false}
                autoComplete="off"
                placeholder="topic"
                value={value.name}
                onChange={({ target }) => change({ name: target.value })}
              />
            </Field>
            <Field label="Type" className="max-sm:order-3 max-sm:col-span-2">
              <NativeSelect
                value={value.type}
                onChange={({ target }) => change(retyped(value, target.value as ValueType))}
              >
                {VALUE_TYPES.map((type) => (
                  <option key={type} value={type}>
                    {TYPE_LABELS[type]}
                  </option>
                ))}
              </NativeSelect>
            </Field>
            <Button
              variant="ghost"
              size="icon"
              className="mt-6.5 self-start"
              aria-label={`Remove value ${called}`}
              onClick={() => onChange(values.filter((one) => one !== value))}
            >
              <Trash2 aria-hidden />
            </Button>
            <Field
              label="Value"
              className="col-span-full max-sm:order-4"
              error={errorOf(value, 'text')}
            >
              <ValueControl value={value} onChange={(text) => change({ text })} />
            </Field>
          </div>
        )
      })}
      <Button className="w-fit" onClick={add}>
        <Plus aria-hidden />
        Add value
      </Button>
    </Field>
  )
}

function retyped({ text }: ValueDraft, type: ValueType): Pick<ValueDraft, 'type' | 'text'> {
  if (type !== 'BOOLEAN') return { type, text }
  return { type, text: text === 'true' ? 'true' : 'false' }
}

type ValueControlProps = { value: ValueDraft; onChange: (text: string) => void }

function ValueControl({ value: { type, text }, onChange }: ValueControlProps) {
  if (type === 'BOOLEAN') {
    return (
      <NativeSelect value={text} onChange={({ target }) => onChange(target.value)}>
        <option value="true">Yes (true)</option>
        <option value="false">No (false)</option>
      </NativeSelect>
    )
  }
  if (type === 'NUMBER') {
    return (
      <Input
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={({ target }) => onChange(target.value)}
      />
    )
  }
  return <Textarea rows={2} value={text} onChange={({ target }) => onChange(target.value)} />
}
