'use client'

import { Archive, ArchiveRestore, Copy, Download, Pencil } from 'lucide-react'
import { RowMenu } from '@/components/ui/row-menu'
import type { Metric } from '@/lib/evaluation-metrics/model'
import type { OpenMetric } from './metric-overlays'
import type { MetricSetting } from './metric-words'
import { useMetricActs } from './use-metric-acts'

export type MetricMenuProps = {
  metric: Metric
  setting: MetricSetting
  onOpen: (open: OpenMetric) => void
}

export function MetricMenu({ metric, setting, onOpen }: MetricMenuProps) {
  const { tenant, mayWrite } = setting
  const acts = useMetricActs(tenant, metric)
  const { isSystem, isDeprecated, kind, key } = metric
  return (
    <RowMenu
      name={metric.name}
      actions={[
        ...(mayWrite && !isSystem && !isDeprecated
          ? [
              {
                label: 'Edit…',
                icon: <Pencil />,
                onSelect: () => onOpen({ what: 'form', metric }),
              },
            ]
          : []),
        ...(mayWrite && kind === 'JUDGED'
          ? [{ label: 'Clone', icon: <Copy />, onSelect: acts.clone }]
          : []),
        ...(isSystem
          ? []
          : [
              {
                label: 'Export',
                icon: <Download />,
                onSelect: () =>
                  window.location.assign(
                    `/${tenant}/settings/evaluation-metrics/export?key=${encodeURIComponent(key)}`,
                  ),
              },
            ]),
        ...(mayWrite && isDeprecated
          ? [{ label: 'Restore', icon: <ArchiveRestore />, onSelect: acts.restore }]
          : []),
        ...(mayWrite && !isSystem && !isDeprecated
          ? [
              {
                label: 'Deprecate…',
                icon: <Archive />,
                tone: 'danger' as const,
                onSelect: () => onOpen({ what: 'deprecation', metric }),
              },
            ]
          : []),
      ]}
    />
  )
}
