'use client'

import { lazyOverlay } from '@/components/ui/lazy-overlay'
import type { Metric } from '@/lib/evaluation-metrics/model'
import type { MetricSetting } from './metric-words'

const MetricSheet = lazyOverlay(
  () => import('./metric-sheet').then((module) => module.MetricSheet),
  { close: (props) => props.onClose() },
)
const DeprecateDialog = lazyOverlay(
  () => import('./deprecate-dialog').then((module) => module.DeprecateDialog),
  { close: (props) => props.onClose() },
)

/** A metric to change, or to deprecate; the form of a new one where there is none. */
export type OpenMetric =
  | { what: 'form'; metric: Metric | null }
  | { what: 'deprecation'; metric: Metric }

export type MetricOverlaysProps = {
  open: OpenMetric | null
  setting: MetricSetting
  onClose: () => void
}

/** The form and the question, wherever they are asked for. */
export function MetricOverlays({ open, setting, onClose }: MetricOverlaysProps) {
  if (open?.what === 'form') {
    return <MetricSheet metric={open.metric} tenant={setting.tenant} onClose={onClose} />
  }
  if (open?.what === 'deprecation') {
    return <DeprecateDialog metric={open.metric} tenant={setting.tenant} onClose={onClose} />
  }
  return null
}
