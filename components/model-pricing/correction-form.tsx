'use client'

import { type FormEvent, useRef, useState } from 'react'
import { previewCorrection } from '@/app/[tenant]/settings/model-pricing/own-price-actions'
import { errorAt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SectionCard } from '@/components/settings/section-card'
import { useSave } from '@/components/settings/use-save'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import type { ReRatingPreview } from '@/lib/usage/re-rating'
import type { UsedNames } from '@/lib/usage/used-names'
import type { CorrectionWish } from './correction-address'
import { CorrectionPreview } from './correction-preview'
import { agentText } from './own-price-words'

export type CorrectionFormProps = {
  tenant: string
  /** What the address asks for. */
  initial: CorrectionWish
  names: UsedNames
  onApplied: () => void
}

/** Which calls to price again; what that would change; and only then the change. */
export function CorrectionForm({ tenant, initial, names, onApplied }: CorrectionFormProps) {
  const [wish, setWish] = useState(initial)
  const [found, setFound] = useState<{ wish: CorrectionWish; preview: ReRatingPreview } | null>(
    null,
  )
  const save = useSave()
  const card = useRef<HTMLDivElement>(null)
  function change(part: Partial<CorrectionWish>) {
    setWish({ ...wish, ...part })
    setFound(null)
    save.touch()
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    if (save.saving) return
    setFound(null)
    save.run(
      () => previewCorrection(tenant, wish),
      (preview) => setFound({ wish, preview }),
    )
  }
  const atField = ['/from', '/through'].some((pointer) => errorAt(save.problem, pointer))
  return (
    <div ref={card} className="scroll-mt-20" id="correct">
      <SectionCard
        title="Correct what was counted"
        description="Prices calls of at most 35 days again, by the prices as they stand now. You see the difference before anything changes. Calls themselves are never rewritten: a correction is added beside them."
      >
        <form
          ref={save.form}
          noValidate
          onSubmit={submit}
          className="flex flex-col gap-4"
          aria-label="Correct what was counted"
        >
          <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-4">
            <DayField
              label="First day"
              name="from"
              value={wish.from}
              error={errorAt(save.problem, '/from')}
              onChange={(from) => change({ from })}
            />
            <DayField
              label="Last day"
              name="through"
              value={wish.through}
              error={errorAt(save.problem, '/through')}
              onChange={(through) => change({ through })}
            />
            <ModelSelect names={names} wish={wish} onChange={change} />
            <AgentSelect names={names} wish={wish} onChange={change} />
          </div>
          {atField ? null : (
            <ProblemNotice problem={save.problem} title="Nothing could be previewed" />
          )}
          <div className="flex items-center gap-3">
            <Button type="submit" loading={save.saving}>
              Preview
            </Button>
            <output className="text-muted text-sm">
              {save.saving ? 'Pricing every call of the range again…' : ''}
            </output>
          </div>
        </form>
        {found ? (
          <CorrectionPreview
            tenant={tenant}
            {...found}
            onApplied={() => {
              setFound(null)
              onApplied()
            }}
          />
        ) : null}
      </SectionCard>
    </div>
  )
}

type DayFieldProps = {
  label: string
  name: string
  value: string
  error: string | undefined
  onChange: (value: string) => void
}

function DayField({ label, name, value, error, onChange }: DayFieldProps) {
  return (
    <Field label={label} error={error}>
      <Input
        type="date"
        name={name}
        suffix="UTC"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  )
}

type SelectProps = {
  names: UsedNames
  wish: CorrectionWish
  onChange: (part: Partial<CorrectionWish>) => void
}

/** By place in the list: names may hold whatever programs send. */
function ModelSelect({ names, wish, onChange }: SelectProps) {
  const listed = names.models.some(
    ({ provider, model }) => provider === wish.provider && model === wish.model,
  )
  const { provider, model } = wish
  const models =
    listed || provider === null || model === null
      ? names.models
      : [{ provider, model }, ...names.models]
  const chosen = models.findIndex((one) => one.provider === provider && one.model === model)
  return (
    <Field label="Model">
      <NativeSelect
        value={chosen}
        onChange={(event) =>
          onChange(models[Number(event.target.value)] ?? { provider: null, model: null })
        }
      >
        <option value={-1}>All models</option>
        {models.map((one, place) => (
          <option key={`${one.provider}\n${one.model}`} value={place}>
            {one.provider} / {one.model}
          </option>
        ))}
      </NativeSelect>
    </Field>
  )
}

function AgentSelect({ names, wish, onChange }: SelectProps) {
  const { agent } = wish
  const agents =
    agent === null || names.agents.includes(agent) ? names.agents : [agent, ...names.agents]
  return (
    <Field label="Agent">
      <NativeSelect
        value={agent === null ? -1 : agents.indexOf(agent)}
        onChange={(event) => onChange({ agent: agents[Number(event.target.value)] ?? null })}
      >
        <option value={-1}>{agentText(null)}</option>
        {agents.map((one, place) => (
          <option key={one} value={place}>
            {agentText(one)}
          </option>
        ))}
      </NativeSelect>
    </Field>
  )
}
