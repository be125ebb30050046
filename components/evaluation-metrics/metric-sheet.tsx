'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { editMetric, makeMetric } from '@/app/[tenant]/settings/evaluation-metrics/metric-actions'
import { type ActionProblem, errorAt } from '@/components/settings/action-outcome'
import { FormSheet } from '@/components/settings/form-sheet'
import { useSave } from '@/components/settings/use-save'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { notify } from '@/components/ui/notify'
import { Textarea } from '@/components/ui/textarea'
import type { Metric } from '@/lib/evaluation-metrics/model'
import { LevelsField } from './levels-field'
import { draftOf, keyOfName, type MetricDraft, wishOf } from './metric-draft'
import { agentsWords, metricHref } from './metric-words'

export type MetricSheetProps = {
  /** The one that is changed; null for a new one. */
  metric: Metric | null
  tenant: string
  onClose: () => void
}

/** Mount to open. */
export function MetricSheet({ metric, tenant, onClose }: MetricSheetProps) {
  const form = useMetricForm({ metric, tenant, onClose })
  const { draft, change, save } = form
  return (
    <FormSheet
      title={metric ? `Edit ${metric.name}` : 'Create a metric'}
      description={
        metric
          ? `Saving makes version ${metric.version + 1}. Older versions stay as they are.`
          : 'A rubric that a judge scores answers by. No agent uses it before it opts in.'
      }
      size="lg"
      dirty={form.dirty && !save.saving}
      save={save}
      problemTitle="The metric was not saved"
      placed={hasPlace(save.problem)}
      submitLabel={metric ? 'Save as a new version' : 'Create metric'}
      onSubmit={form.submit}
      onClose={onClose}
    >
      {metric && metric.agentCount > 0 ? (
        <Callout tone="info" title={`Used by ${agentsWords(metric.agentCount)}`}>
          They are scored by the new version from their next run on.
        </Callout>
      ) : null}
      <Field label="Name" error={errorAt(save.problem, '/name')}>
        <Input
          name="name"
          autoComplete="off"
          placeholder="Tone of the answer"
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      {metric ? null : (
        <Field
          label="Key"
          description="What programs and results call it. It can never change."
          error={errorAt(save.problem, '/key')}
        >
          <Input
            name="key"
            mono
            autoComplete="off"
            spellCheck={false}
            placeholder="toneOfTheAnswer"
            value={draft.key}
            onChange={(event) => change({ key: event.target.value, keyTouched: true })}
          />
        </Field>
      )}
      <Field
        label="Instructions for the judge"
        description="Sent word for word. Say what to look for, and what to ignore."
        error={errorAt(save.problem, '/description')}
      >
        <Textarea
          name="description"
          rows={4}
          placeholder="Is the answer friendly and calm, also where the person is not? Judge the tone only."
          value={draft.description}
          onChange={(event) => change({ description: event.target.value })}
        />
      </Field>
      <Field
        label="Default weight"
        description="From 1 to 100: how much it counts beside other metrics when an agent opts in."
        error={errorAt(save.problem, '/defaultWeight')}
      >
        <Input
          name="defaultWeight"
          inputMode="numeric"
          autoComplete="off"
          className="w-24"
          value={draft.defaultWeight}
          onChange={(event) => change({ defaultWeight: event.target.value })}
        />
      </Field>
      <LevelsField
        draft={draft}
        onChange={change}
        errorAt={(place) => errorAt(save.problem, `/levels/${place}`)}
      />
    </FormSheet>
  )
}

function useMetricForm({ metric, tenant, onClose }: MetricSheetProps) {
  const router = useRouter()
  const [initial] = useState(() => draftOf(metric))
  const [draft, setDraft] = useState(initial)
  const save = useSave()

  function submit() {
    const wish = wishOf(draft)
    if (metric) {
      const change = { metricId: metric.id, version: metric.version, ...wish }
      save.run(
        () => editMetric(tenant, change),
        ({ version }) => {
          notify.success(
            version === metric.version ? 'Nothing has changed' : `Saved as version ${version}`,
          )
          router.refresh()
          onClose()
        },
      )
    } else {
      save.run(
        () => makeMetric(tenant, { key: draft.key.trim(), ...wish }),
        ({ id, name }) => {
          notify.success(`${name} created`)
          onClose()
          router.push(metricHref(tenant, id))
        },
      )
    }
  }
  return {
    draft,
    save,
    submit,
    dirty: draft !== initial,
    change(part: Partial<MetricDraft>) {
      save.touch()
      const next = { ...draft, ...part }
      setDraft(next.keyTouched ? next : { ...next, key: keyOfName(next.name) })
    },
  }
}

/** Complaints that stand at their field need not be said twice. */
function hasPlace(problem: ActionProblem | null): boolean {
  const pointers = problem?.errors.map(({ pointer }) => pointer) ?? []
  return pointers.length > 0 && pointers.every((pointer) => FIELDS.test(pointer))
}

const FIELDS = /^\/(key|name|description|defaultWeight|levels\/\d+\/\w+)$/
