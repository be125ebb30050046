'use client'

import { FlaskConical } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { scoreTexts } from '@/app/[tenant]/settings/evaluation-metrics/metric-actions'
import { errorAt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SectionCard } from '@/components/settings/section-card'
import { useSave } from '@/components/settings/use-save'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import type { JudgeModel } from '@/lib/evaluation-metrics/judge'
import type { JudgeChoice, Metric } from '@/lib/evaluation-metrics/model'
import type { Trial } from '@/lib/evaluation-metrics/try-metric'
import { JudgeFields } from './judge-fields'
import { TrialResult } from './trial-result'

export type TryPanelProps = {
  metric: Metric
  tenant: string
  /** What the local judge calls itself. */
  judge: string
  /** Models that may be paid for. */
  choices: readonly JudgeChoice[]
  /** Where providers are set up; null for who may not do that. */
  providersHref: string | null
}

/** Pasted texts, and what the judge makes of them. Nothing is kept. */
export function TryPanel({ metric, tenant, judge, choices, providersHref }: TryPanelProps) {
  const [texts, setTexts] = useState({ input: '', output: '', reference: '' })
  const [chosen, setChosen] = useState<JudgeModel | null>(null)
  const [trial, setTrial] = useState<Trial | null>(null)
  const save = useSave()
  if (metric.kind === 'MEASURED') {
    return (
      <EmptyState
        icon={<FlaskConical />}
        title="Nothing to try"
        description="The runtime measures this at each run; no judge is asked."
      />
    )
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    if (save.saving) return
    const { reference, ...asked } = texts
    save.run(
      () =>
        scoreTexts(tenant, {
          metricId: metric.id,
          ...asked,
          reference: reference.trim() || null,
          judge: chosen,
        }),
      setTrial,
    )
  }
  const field = (name: keyof typeof texts) => ({
    name,
    value: texts[name],
    onChange: (event: { target: { value: string } }) =>
      setTexts({ ...texts, [name]: event.target.value }),
  })
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <SectionCard title="Try it on an answer" description={chosen ? undefined : judge}>
        <form ref={save.form} noValidate onSubmit={submit} className="flex flex-col gap-5">
          <ProblemNotice problem={save.problem} title="It was not scored" />
          <JudgeFields
            choices={choices}
            providersHref={providersHref}
            value={chosen}
            onChange={setChosen}
            problem={save.problem}
          />
          <Field label="Input" error={errorAt(save.problem, '/input')}>
            <Textarea {...field('input')} placeholder="What the agent was asked" />
          </Field>
          <Field label="Output" error={errorAt(save.problem, '/output')}>
            <Textarea {...field('output')} rows={5} placeholder="What it answered" />
          </Field>
          <Field label="Reference" optional error={errorAt(save.problem, '/reference')}>
            <Textarea {...field('reference')} placeholder="What a good answer says" />
          </Field>
          <div className="flex items-center justify-between gap-3">
            <p className="min-w-0 text-muted text-xs">
              {chosen
                ? 'The provider reads it, and you pay as for a test. We keep none of it.'
                : 'Nothing of it is kept.'}
            </p>
            <Button type="submit" variant="primary" loading={save.saving}>
              Score it
            </Button>
          </div>
        </form>
      </SectionCard>
      <TrialResult trial={trial} metric={metric} isLocal={chosen === null} />
    </div>
  )
}
