'use client'

import { Plus, Trash2 } from 'lucide-react'
import { type ActionProblem, errorAt } from '@/components/settings/action-outcome'
import { Button } from '@/components/ui/button'
import { CheckboxField } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import { PARAMETER_TYPES, type ParameterType } from '@/lib/agents/model'
import type { RevisionDraft } from './revision-draft'

type Parameters = RevisionDraft['parameters']

const TYPE_LABELS: Record<ParameterType, string> = {
  STRING: 'Text',
  NUMBER: 'Number',
  BOOLEAN: 'Yes or no',
}

export type ParameterFieldsProps = {
  parameters: Parameters
  problem: ActionProblem | null
  onChange: (parameters: Parameters) => void
}

/** What a run of the agent is given. */
export function ParameterFields({ parameters, problem, onChange }: ParameterFieldsProps) {
  const add = () => {
    const key = Math.max(-1, ...parameters.map((one) => one.key)) + 1
    onChange([...parameters, { key, name: '', type: 'STRING', required: true, description: '' }])
  }
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="mb-1 font-medium text-ink text-sm">
        Parameters <span className="font-normal text-faint">(optional)</span>
      </legend>
      <p className="text-muted text-xs">What each run is given, such as the text of a ticket.</p>
      {parameters.map((parameter, index) => {
        const change = (part: Partial<Parameters[number]>) =>
          onChange(parameters.map((one) => (one === parameter ? { ...one, ...part } : one)))
        return (
          <div
            key={parameter.key}
            className="grid grid-cols-[1fr_auto] gap-3 rounded-lg border border-subtle p-3 sm:grid-cols-[1fr_9rem_auto]"
          >
            <Field label="Name" error={errorAt(problem, `/parameters/${index}/name`)}>
              <Input
                name={`parameters/${index}/name`}
                mono
                spellCheck={false}
                autoComplete="off"
                value={parameter.name}
                placeholder="ticket"
                onChange={({ target }) => change({ name: target.value })}
              />
            </Field>
            <Field label="Type" className="max-sm:order-3 max-sm:col-span-2">
              <NativeSelect
                value={parameter.type}
                onChange={({ target }) => change({ type: target.value as ParameterType })}
              >
                {PARAMETER_TYPES.map((type) => (
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
              aria-label={`Remove parameter ${parameter.name || index + 1}`}
              onClick={() => onChange(parameters.filter((one) => one !== parameter))}
            >
              <Trash2 aria-hidden />
            </Button>
            <Field
              label="Description"
              optional
              className="col-span-full max-sm:order-4"
              error={errorAt(problem, `/parameters/${index}/description`)}
            >
              <Input
                value={parameter.description}
                onChange={({ target }) => change({ description: target.value })}
              />
            </Field>
            <CheckboxField
              className="col-span-full max-sm:order-5"
              label="Required"
              checked={parameter.required}
              onCheckedChange={(checked) => change({ required: checked === true })}
            />
          </div>
        )
      })}
      <Button className="w-fit" onClick={add}>
        <Plus aria-hidden />
        Add parameter
      </Button>
    </fieldset>
  )
}
