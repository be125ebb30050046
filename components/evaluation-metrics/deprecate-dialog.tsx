'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { endMetric, loadMetricUse } from '@/app/[tenant]/settings/evaluation-metrics/metric-actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { attempt } from '@/components/settings/action-outcome'
import { notify } from '@/components/ui/notify'
import type { Metric } from '@/lib/evaluation-metrics/model'
import type { MetricUse } from '@/lib/evaluation-metrics/queries'
import { agentsWords } from './metric-words'

export type DeprecateDialogProps = { metric: Metric; tenant: string; onClose: () => void }

/** So many agents are named; the rest are counted. */
const NAMED = 5

/** Mount to open. */
export function DeprecateDialog({ metric, tenant, onClose }: DeprecateDialogProps) {
  const router = useRouter()
  const uses = useUses(tenant, metric)
  return (
    <ActDialog
      open
      onClose={onClose}
      act={() => endMetric(tenant, { metricId: metric.id })}
      onDone={() => {
        notify.success(`${metric.name} deprecated`)
        router.refresh()
        onClose()
      }}
      title={`Deprecate ${metric.name}?`}
      description={
        metric.agentCount === 0
          ? 'No agent uses it. Versions and past scores stay, and it can be restored.'
          : `${agentsWords(metric.agentCount)} will no longer be scored by it: from the next run on, their other metrics make up the whole 100%. Versions and past scores stay, and it can be restored.`
      }
      confirmLabel="Deprecate metric"
      problemTitle="The metric was not deprecated"
    >
      {metric.agentCount > 0 ? (
        <ul aria-label="Agents that use it" className="flex min-h-6 flex-col gap-1 text-sm">
          {(uses ?? []).slice(0, NAMED).map(({ agent, share }) => (
            <li key={agent} className="flex justify-between gap-4">
              <span className="truncate text-ink">{agent}</span>
              <span className="whitespace-nowrap text-muted tabular-nums">
                {share}% of its score
              </span>
            </li>
          ))}
          {uses && uses.length > NAMED ? (
            <li className="text-muted">and {agentsWords(uses.length - NAMED)} more</li>
          ) : null}
        </ul>
      ) : null}
    </ActDialog>
  )
}

function useUses(tenant: string, { id, agentCount }: Metric): readonly MetricUse[] | null {
  const [uses, setUses] = useState<readonly MetricUse[] | null>(null)
  // The server is the external system: who uses it is as of the opening.
  useEffect(() => {
    if (agentCount === 0) return
    let current = true
    void attempt(() => loadMetricUse(tenant, { metricId: id })).then((outcome) => {
      if (current && outcome.ok) setUses(outcome.data)
    })
    return () => {
      current = false
    }
  }, [tenant, id, agentCount])
  return uses
}
