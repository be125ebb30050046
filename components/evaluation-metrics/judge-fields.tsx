import { type ActionProblem, errorAt } from '@/components/settings/action-outcome'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import { TextLink } from '@/components/ui/text-link'
import type { JudgeModel } from '@/lib/evaluation-metrics/judge'
import type { JudgeChoice } from '@/lib/evaluation-metrics/model'
import { MODEL_NAME_MAX } from '@/lib/llm-providers/limits'

export type JudgeFieldsProps = {
  choices: readonly JudgeChoice[]
  providersHref: string | null
  /** Null: the local judge. */
  value: JudgeModel | null
  onChange: (judge: JudgeModel | null) => void
  problem: ActionProblem | null
}

/** Who judges: words alone, or a model that is paid for. */
export function JudgeFields({
  choices,
  providersHref,
  value,
  onChange,
  problem,
}: JudgeFieldsProps) {
  if (choices.length === 0) {
    return providersHref === null ? null : (
      <p className="text-muted text-sm">
        To have a model judge, <TextLink href={providersHref}>set up a model provider</TextLink>.
      </p>
    )
  }
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label="Judge" error={errorAt(problem, '/judge/provider', '/judge')}>
        <NativeSelect
          name="judge/provider"
          value={value?.provider ?? ''}
          onChange={(event) => {
            const choice = choices.find(({ provider }) => provider === event.target.value)
            onChange(choice ? { provider: choice.provider, model: choice.model } : null)
          }}
        >
          <option value="">Local judge</option>
          {choices.map(({ provider, label }) => (
            <option key={provider} value={provider}>
              {label}
            </option>
          ))}
        </NativeSelect>
      </Field>
      {value ? (
        <Field label="Model" error={errorAt(problem, '/judge/model')}>
          <Input
            name="judge/model"
            value={value.model}
            onChange={(event) => onChange({ ...value, model: event.target.value })}
            maxLength={MODEL_NAME_MAX}
            autoComplete="off"
            spellCheck={false}
            mono
          />
        </Field>
      ) : null}
    </div>
  )
}
