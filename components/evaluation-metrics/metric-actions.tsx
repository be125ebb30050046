'use client'

import { Archive, ArchiveRestore, Copy, Pencil } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import type { Metric } from '@/lib/evaluation-metrics/model'
import { MetricOverlays, type OpenMetric } from './metric-overlays'
import type { MetricSetting } from './metric-words'
import { useMetricActs } from './use-metric-acts'

export type MetricActionsProps = { metric: Metric; setting: MetricSetting }

/** What can be done with one metric, on its page. */
export function MetricActions({ metric, setting }: MetricActionsProps) {
  const [open, setOpen] = useState<OpenMetric | null>(null)
  const acts = useMetricActs(setting.tenant, metric)
  if (!setting.mayWrite) return null
  const isOpen = !metric.isSystem && !metric.isDeprecated
  return (
    <>
      {isOpen ? (
        <Button variant="primary" onClick={() => setOpen({ what: 'form', metric })}>
          <Pencil aria-hidden />
          Edit
        </Button>
      ) : null}
      {metric.kind === 'JUDGED' ? (
        <Button onClick={acts.clone} loading={acts.busy}>
          <Copy aria-hidden />
          Clone
        </Button>
      ) : null}
      {metric.isDeprecated ? (
        <Button onClick={acts.restore} loading={acts.busy}>
          <ArchiveRestore aria-hidden />
          Restore
        </Button>
      ) : null}
      {isOpen ? (
        <Button variant="danger-outline" onClick={() => setOpen({ what: 'deprecation', metric })}>
          <Archive aria-hidden />
          Deprecate
        </Button>
      ) : null}
      <MetricOverlays open={open} setting={setting} onClose={() => setOpen(null)} />
    </>
  )
}
