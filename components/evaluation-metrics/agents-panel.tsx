'use client'

import { Bot, Pencil, Plus } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { preloadOnIntent } from '@/components/ui/preload'
import { RelativeTime } from '@/components/ui/relative-time'
import type { ListedAgentMetrics } from '@/lib/evaluation-metrics/agent-metrics'
import type { AgentMetricSet } from '@/lib/evaluation-metrics/agent-rows'
import type { Metric } from '@/lib/evaluation-metrics/model'
import { type MetricSetting, metricHref } from './metric-words'
import { WeightBar, WeightSwatch } from './weight-bar'

const WeightSheet = lazyOverlay(
  () => import('./weight-sheet').then((module) => module.WeightSheet),
  { close: (props) => props.onClose() },
)

export type AgentsPanelProps = {
  setting: MetricSetting
  metrics: readonly Metric[]
  sets: readonly ListedAgentMetrics[]
  /** Of the agents that the reader sees, by id; others only a program has named. */
  names: ReadonlyMap<string, string>
}

/** What each agent is scored by. */
export function AgentsPanel({ setting, metrics, sets, names }: AgentsPanelProps) {
  const { tenant, mayWrite } = setting
  const [open, setOpen] = useState<AgentMetricSet | 'new' | null>(null)
  const choose = mayWrite ? (
    <Button
      variant="primary"
      onClick={() => setOpen('new')}
      {...preloadOnIntent(WeightSheet.preload)}
    >
      <Plus aria-hidden />
      Choose for an agent
    </Button>
  ) : null
  return (
    <div className="flex flex-col gap-3">
      {sets.length === 0 ? (
        <EmptyState
          icon={<Bot />}
          title="Choose what your first agent is scored by"
          description="Agents that have run in the last 90 days are listed here, and those that have metrics."
          actions={choose}
        />
      ) : (
        <>
          <div className="flex justify-end empty:hidden">{choose}</div>
          <ul className="divide-y divide-subtle overflow-clip rounded-lg border border-subtle bg-surface shadow-card">
            {sets.map((set) => (
              <li key={set.agent} className="flex flex-col gap-2.5 px-4 py-3.5">
                <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                  <div className="flex min-w-0 flex-col [overflow-wrap:anywhere]">
                    <h2 className="font-medium text-ink text-sm">
                      {names.get(set.agent) ?? set.agent}
                    </h2>
                    {names.has(set.agent) ? (
                      <code className="text-muted text-xs">{set.agent}</code>
                    ) : null}
                  </div>
                  <span className="flex items-center justify-end gap-3 max-sm:grow">
                    {set.modifiedAt === null ? null : (
                      <span className="text-muted text-xs max-sm:mr-auto">
                        {set.modifiedBy}, <RelativeTime at={set.modifiedAt} now={setting.now} />
                      </span>
                    )}
                    {set.mayChoose ? (
                      <Button
                        size="sm"
                        aria-label={`Choose metrics of ${names.get(set.agent) ?? set.agent}`}
                        onClick={() => setOpen(set)}
                        {...preloadOnIntent(WeightSheet.preload)}
                      >
                        <Pencil aria-hidden />
                        Choose
                      </Button>
                    ) : null}
                  </span>
                </div>
                {set.metrics.length === 0 ? (
                  <p className="text-muted text-sm">
                    Not scored yet: it has opted in to no metric.
                  </p>
                ) : (
                  <SetOfAgent set={set} tenant={tenant} />
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {open ? (
        <WeightSheet
          metrics={metrics}
          agent={open}
          names={names}
          tenant={tenant}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </div>
  )
}

function SetOfAgent({ set, tenant }: { set: AgentMetricSet; tenant: string }) {
  const counting = set.metrics.filter(({ share }) => share > 0)
  return (
    <>
      <WeightBar
        parts={set.metrics.map(({ metricId, name, share }) => ({ id: metricId, name, share }))}
      />
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {set.metrics.map((metric) => (
          <li key={metric.metricId} className="flex items-center gap-1.5">
            {metric.share > 0 ? <WeightSwatch index={counting.indexOf(metric)} /> : null}
            <Link
              href={metricHref(tenant, metric.metricId)}
              className={`rounded-xs hover:underline ${metric.isDeprecated ? 'text-muted line-through' : 'text-ink'}`}
            >
              {metric.name}
            </Link>
            <span className="text-muted tabular-nums">
              {metric.isDeprecated ? 'deprecated' : `${metric.share}%`}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
