'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import { chooseAgentMetrics } from '@/app/[tenant]/settings/evaluation-metrics/metric-actions'
import { errorAt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useSave } from '@/components/settings/use-save'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { notify } from '@/components/ui/notify'
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet'
import type { AgentMetricSet } from '@/lib/evaluation-metrics/agent-rows'
import type { Metric } from '@/lib/evaluation-metrics/model'
import { mixOf, sharesOfMix } from './weight-mix'
import { WeightMixer } from './weight-mixer'

export type WeightSheetProps = {
  metrics: readonly Metric[]
  /** Whose set it is: 'new' for an agent that is yet to be named; null only shows, and saves nothing. */
  agent: AgentMetricSet | 'new' | null
  /** What agents are called, by id. */
  names?: ReadonlyMap<string, string> | undefined
  tenant: string
  onClose: () => void
}

/** Mount to open: what a choice of metrics comes to, and for an agent the way to keep it. */
export function WeightSheet({ metrics, agent, names, tenant, onClose }: WeightSheetProps) {
  const router = useRouter()
  const [initial] = useState(() => mixOf(agent === 'new' ? null : agent))
  const [mix, setMix] = useState(initial)
  const [name, setName] = useState(agent === null || agent === 'new' ? '' : agent.agent)
  const save = useSave()
  const formId = useId()
  const guard = useUnsavedGuard(agent !== null && mix !== initial && !save.saving)
  const nameOf = (id: string) => names?.get(id) ?? id
  const close = () => guard.ask(onClose)
  // Who has a deprecated one keeps it; nobody else gets it.
  const offered = metrics.filter(({ id, isDeprecated }) => !isDeprecated || initial.has(id))
  const shares = sharesOfMix(mix, offered)
  function submit(event: FormEvent) {
    event.preventDefault()
    if (save.saving || !shares) return
    const evaluationMetrics = [...mix].map(([metricId, weight]) => ({
      metricId,
      weight: Number(weight) || null,
    }))
    save.run(
      () => chooseAgentMetrics(tenant, { agent: name.trim(), evaluationMetrics }),
      (set) => {
        notify.success(`Metrics of ${nameOf(set.agent)} saved`)
        router.refresh()
        onClose()
      },
    )
  }
  return (
    <Sheet open>
      <SheetContent size="lg" onRequestClose={close}>
        <SheetHeader
          title={
            agent === null
              ? 'Preview weights'
              : agent === 'new'
                ? 'Choose metrics of an agent'
                : `Metrics of ${nameOf(agent.agent)}`
          }
          description={
            agent === null
              ? 'What weights come to beside each other. Nothing is saved here.'
              : 'What its evaluations are scored by, from the next run on.'
          }
        />
        <SheetBody>
          <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-6">
            <ProblemNotice problem={save.problem} title="The metrics were not saved" />
            {agent === 'new' ? (
              <Field label="Agent" error={errorAt(save.problem, '/agent')}>
                <Input
                  name="agent"
                  autoComplete="off"
                  placeholder="support"
                  value={name}
                  onChange={(event) => setName(event.target.value)}
                />
              </Field>
            ) : null}
            <WeightMixer metrics={offered} mix={mix} onChange={setMix} />
          </form>
        </SheetBody>
        <SheetFooter>
          <Button onClick={close}>{agent === null ? 'Close' : 'Cancel'}</Button>
          {agent === null ? null : (
            <Button type="submit" form={formId} variant="primary" loading={save.saving}>
              Save metrics
            </Button>
          )}
        </SheetFooter>
      </SheetContent>
      {guard.dialog}
    </Sheet>
  )
}
