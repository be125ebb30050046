'use client'

import { SectionCard } from '@/components/settings/section-card'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import {
  type CalculatorInputs,
  FIELDS,
  fieldError,
  type NumberField,
  PRESETS,
} from './calculator-inputs'

export type CalculatorFormProps = {
  inputs: CalculatorInputs
  onChange: (change: Partial<CalculatorInputs>) => void
  /** A chosen model costs less or more at certain times. */
  asksTime: boolean
}

export function CalculatorForm({ inputs, onChange, asksTime }: CalculatorFormProps) {
  const number = (field: NumberField, suffix?: string) => (
    <Field label={FIELDS[field].label} error={fieldError(inputs, field)}>
      <Input
        inputMode="numeric"
        className="tabular-nums"
        autoComplete="off"
        value={inputs[field]}
        suffix={suffix}
        onChange={(event) => onChange({ [field]: event.target.value })}
      />
    </Field>
  )
  return (
    <SectionCard
      title="One call, and how many"
      description="Begin with something like your own, then change the numbers."
    >
      <div className="flex flex-col gap-4">
        <ul aria-label="Examples" className="flex flex-wrap gap-2">
          {PRESETS.map(({ id, label, shape }) => (
            <li key={id}>
              <Button
                size="sm"
                aria-pressed={Object.entries(shape).every(
                  ([name, value]) => inputs[name as keyof typeof shape] === value,
                )}
                className="aria-pressed:border-accent-line aria-pressed:bg-accent-soft"
                onClick={() => onChange(shape)}
              >
                {label}
              </Button>
            </li>
          ))}
        </ul>
        <div
          className={cn('grid grid-cols-2 gap-4', asksTime ? 'lg:grid-cols-6' : 'lg:grid-cols-5')}
        >
          {number('input')}
          {number('cached', '%')}
          {number('output')}
          {number('calls')}
          <Field label="Calls are">
            <NativeSelect
              value={inputs.per}
              onChange={(event) =>
                onChange({ per: event.target.value === 'month' ? 'month' : 'day' })
              }
            >
              <option value="day">a day</option>
              <option value="month">a month</option>
            </NativeSelect>
          </Field>
          {asksTime ? (
            <Field label="Time of day, UTC" description="Rates differ by it.">
              <Input
                type="time"
                value={inputs.time}
                onChange={(event) => event.target.value && onChange({ time: event.target.value })}
              />
            </Field>
          ) : null}
        </div>
      </div>
    </SectionCard>
  )
}
