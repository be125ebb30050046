'use client'

import { Download, Plus, Scale, Upload } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import type { ListFilters } from '@/components/settings/list-filters'
import { ListTable } from '@/components/settings/list-table'
import { Button } from '@/components/ui/button'
import { buttonStyles } from '@/components/ui/button-styles'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { preloadOnIntent } from '@/components/ui/preload'
import type { Metric } from '@/lib/evaluation-metrics/model'
import { metricCells } from './metric-cells'
import { METRIC_COLUMNS } from './metric-columns'
import { MetricMenu } from './metric-menu'
import { MetricOverlays, type OpenMetric } from './metric-overlays'
import { METRIC_FILTERS, type MetricSetting } from './metric-words'

const ImportSheet = lazyOverlay(
  () => import('./import-sheet').then((module) => module.ImportSheet),
  { close: (props) => props.onClose() },
)
const WeightSheet = lazyOverlay(
  () => import('./weight-sheet').then((module) => module.WeightSheet),
  { close: (props) => props.onClose() },
)

const NOUN = { one: 'metric', many: 'metrics' }
const SORTED_BY = { id: 'name', desc: false }
const idOf = (metric: Metric) => metric.id
const cellClass = (metric: Metric) => (metric.isDeprecated ? 'text-muted' : undefined)

export type MetricsPanelProps = {
  setting: MetricSetting
  metrics: readonly Metric[]
  initialFilters: ListFilters
}

/** The whole library in one list, and what can be done with it. */
export function MetricsPanel({ setting, metrics, initialFilters }: MetricsPanelProps) {
  const { tenant, mayWrite } = setting
  const [open, setOpen] = useState<OpenMetric | null>(null)
  const [sheet, setSheet] = useState<'import' | 'weights' | null>(null)
  const cells = useMemo(() => metricCells(tenant), [tenant])
  const rowActions = useCallback(
    (metric: Metric) => <MetricMenu metric={metric} setting={setting} onOpen={setOpen} />,
    [setting],
  )
  const hasOwn = metrics.some(({ isSystem, isDeprecated }) => !isSystem && !isDeprecated)
  return (
    <>
      <ListTable
        noun={NOUN}
        columns={METRIC_COLUMNS}
        rows={metrics}
        rowId={idOf}
        searchedColumn="name"
        sortedBy={SORTED_BY}
        filters={METRIC_FILTERS}
        initialFilters={initialFilters}
        searchPlaceholder="Search names, instructions"
        cells={cells}
        rowActions={rowActions}
        interactive
        cellClass={cellClass}
        actions={
          <>
            <Button onClick={() => setSheet('weights')} {...preloadOnIntent(WeightSheet.preload)}>
              <Scale aria-hidden />
              Preview weights
            </Button>
            {hasOwn ? (
              <a
                href={`/${tenant}/settings/evaluation-metrics/export`}
                download
                className={buttonStyles({})}
              >
                <Download aria-hidden />
                Export
              </a>
            ) : null}
            {mayWrite ? (
              <>
                <Button
                  onClick={() => setSheet('import')}
                  {...preloadOnIntent(ImportSheet.preload)}
                >
                  <Upload aria-hidden />
                  Import
                </Button>
                <Button variant="primary" onClick={() => setOpen({ what: 'form', metric: null })}>
                  <Plus aria-hidden />
                  Create metric
                </Button>
              </>
            ) : null}
          </>
        }
      />
      {mayWrite ? null : (
        <p className="text-muted text-sm">
          Only admins change the library. You may read and try it.
        </p>
      )}
      <MetricOverlays open={open} setting={setting} onClose={() => setOpen(null)} />
      {sheet === 'import' ? <ImportSheet tenant={tenant} onClose={() => setSheet(null)} /> : null}
      {sheet === 'weights' ? (
        <WeightSheet
          metrics={metrics}
          agent={null}
          tenant={tenant}
          onClose={() => setSheet(null)}
        />
      ) : null}
    </>
  )
}
