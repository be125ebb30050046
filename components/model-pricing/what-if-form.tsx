'use client'

import { useRouter } from 'next/navigation'
import { useOptimistic, useTransition } from 'react'
import { SectionCard } from '@/components/settings/section-card'
import { Field } from '@/components/ui/field'
import { NativeSelect } from '@/components/ui/native-select'
import type { ModelName } from '@/lib/model-pricing/model-names'
import type { UsedNames } from '@/lib/usage/used-names'
import { agentText } from './own-price-words'
import { modelPath, WHAT_IF_PERIODS, type WhatIfChoice, whatIfHref } from './what-if-address'

export type WhatIfFormProps = {
  tenant: string
  choice: WhatIfChoice
  names: UsedNames
  providers: readonly string[]
  /** Of the chosen provider. */
  models: readonly ModelName[]
}

/** Whose usage, and on which other model: the address says it, so that a comparison can be passed on. */
export function WhatIfForm({ tenant, choice: stored, names, providers, models }: WhatIfFormProps) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const [choice, setChoice] = useOptimistic(stored)
  function change(part: Partial<WhatIfChoice>) {
    startTransition(() => {
      setChoice({ ...choice, ...part })
      router.replace(whatIfHref(tenant, { ...choice, ...part }), { scroll: false })
    })
  }
  return (
    <SectionCard
      title="What if it had run on another model"
      description="What your own calls of the last days would cost elsewhere. An estimate, to decide by."
    >
      <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-3" aria-busy={pending}>
        <Field label="Period">
          <NativeSelect
            value={choice.days}
            onChange={({ target }) =>
              change({ days: WHAT_IF_PERIODS.find((days) => days === Number(target.value)) ?? 30 })
            }
          >
            {WHAT_IF_PERIODS.map((days) => (
              <option key={days} value={days}>
                Last {days} days
              </option>
            ))}
          </NativeSelect>
        </Field>
        <Field label="Usage of">
          <NativeSelect
            value={choice.of ?? ''}
            onChange={({ target }) => change({ of: target.value || null })}
          >
            <option value="">All models</option>
            {names.models.map((used) => (
              <option key={modelPath(used)}>{modelPath(used)}</option>
            ))}
          </NativeSelect>
        </Field>
        <Field label="Agent">
          <NativeSelect
            value={choice.agent === null ? -1 : names.agents.indexOf(choice.agent)}
            onChange={({ target }) => change({ agent: names.agents[Number(target.value)] ?? null })}
          >
            <option value={-1}>{agentText(null)}</option>
            {names.agents.map((agent, place) => (
              <option key={agent} value={place}>
                {agentText(agent)}
              </option>
            ))}
          </NativeSelect>
        </Field>
        <Field label="On provider">
          <NativeSelect
            value={choice.provider ?? ''}
            onChange={({ target }) => change({ provider: target.value || null, model: null })}
          >
            <option value="">Choose a provider…</option>
            {providers.map((provider) => (
              <option key={provider}>{provider}</option>
            ))}
          </NativeSelect>
        </Field>
        <Field
          label="On model"
          description={choice.provider === null ? 'Choose a provider first.' : undefined}
        >
          <NativeSelect
            value={choice.model ?? ''}
            disabled={choice.provider === null}
            onChange={({ target }) => change({ model: target.value || null })}
          >
            <option value="">Choose a model…</option>
            {models.map(({ model, name }) => (
              <option key={model} value={model}>
                {name === model ? model : `${name} (${model})`}
              </option>
            ))}
          </NativeSelect>
        </Field>
      </div>
      <output className="sr-only">{pending ? 'Estimating…' : ''}</output>
    </SectionCard>
  )
}
