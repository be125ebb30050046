import type { ChartData } from '@/components/charts/chart-data'
import { ChartTable } from '@/components/charts/chart-table'
import { StackedBars } from '@/components/charts/stacked-bars'
import { SectionCard } from '@/components/settings/section-card'
import { TabsNav } from '@/components/ui/tabs-nav'
import type { Span } from '@/lib/usage/series'
import { ChartChoices } from './chart-choices'
import { UNIT_OF } from './usage-chart'
import { MEASURES, type UsageView, usageQueryString } from './usage-view'
import { BY_WORDS, MEASURE_WORDS, SPAN_WORDS, SPLIT_WORDS } from './usage-words'

export type UsageChartCardProps = {
  view: UsageView
  span: Span
  spans: readonly Span[]
  base: string
  data: ChartData
}

/** The chart, what it is told apart by, and its numbers as a table. */
export function UsageChartCard({ view, span, spans, base, data }: UsageChartCardProps) {
  const unit = UNIT_OF[view.measure]
  const by = view.by === 'time' ? SPAN_WORDS[span] : BY_WORDS[view.by]
  const split = view.split === 'none' ? '' : `, split by ${SPLIT_WORDS[view.split].toLowerCase()}`
  const label = `${MEASURE_WORDS[view.measure]} by ${by.toLowerCase()}${split}`
  return (
    <SectionCard title={label} actions={<ChartChoices view={view} span={span} spans={spans} />}>
      <div className="flex flex-col gap-4">
        <TabsNav
          variant="segmented"
          label="Measure"
          className="w-fit"
          items={MEASURES.map((measure) => ({
            href: addressOf(base, { ...view, measure }),
            label: MEASURE_WORDS[measure],
            current: measure === view.measure,
          }))}
        />
        <StackedBars label={label} unit={unit} {...data} />
        <details className="group">
          <summary className="w-fit rounded-sm text-muted text-sm hover:text-ink">
            The same as a table
          </summary>
          <div className="mt-3 max-h-112 overflow-auto rounded-lg border border-subtle">
            <ChartTable label={`${label}, as a table`} unit={unit} heading={by} {...data} />
          </div>
        </details>
      </div>
    </SectionCard>
  )
}

function addressOf(base: string, view: UsageView): string {
  const query = usageQueryString(view)
  return query ? `${base}?${query}` : base
}
