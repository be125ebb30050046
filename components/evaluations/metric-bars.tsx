import { ProgressBar } from '@/components/ui/progress-bar'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { sharesOf } from '@/lib/evaluation-metrics/weights'
import type { Evaluation, FrozenMetric } from '@/lib/evaluations/model'
import type { MetricComparison, SideScore } from '@/lib/evaluations/score'
import { ChangeBadge } from './change-badge'
import { scoreWords } from './evaluation-words'

/** Each judged metric: both means as bars, the change, and how many answers pass. */
export function MetricBars({ run }: { run: Evaluation }) {
  const named = new Map(run.metrics.map((metric) => [metric.metricId, metric]))
  const compares = run.baselineRevision !== null
  const counted = sharesOf(run.comparison.metrics.map(({ metricId }) => shareOf(named, metricId)))
  return (
    <Table label="Scores by metric" framed={false}>
      <THead className="max-sm:sr-only">
        <tr>
          <Th>Metric</Th>
          <Th>Mean score</Th>
          {compares ? (
            <Th align="right" className="w-24">
              Change
            </Th>
          ) : null}
          <Th align="right" className="w-40">
            Pass
          </Th>
        </tr>
      </THead>
      <TBody>
        {run.comparison.metrics.map((metric, index) => {
          const name = named.get(metric.metricId)?.name ?? 'Metric'
          return (
            <Tr
              key={metric.metricId}
              className="max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:py-2.5"
            >
              <Td className={`${stacked} max-w-56`}>
                <span className="flex min-w-0 flex-col sm:py-2.5">
                  <span className="truncate font-medium text-ink">{name}</span>
                  <span className="text-muted text-xs">
                    {counted[index]}% of the score
                    {metric.scored < metric.total
                      ? `, ${metric.scored} of ${metric.total} cases`
                      : ''}
                  </span>
                </span>
              </Td>
              <Td className={`${stacked} max-sm:order-3 max-sm:col-span-2`}>
                <span className="flex min-w-48 flex-col gap-1.5 py-2.5">
                  <Bar
                    side={metric.candidate}
                    revision={run.candidateRevision}
                    tone="accent"
                    name={name}
                  />
                  {run.baselineRevision === null ? null : (
                    <Bar
                      side={metric.baseline}
                      revision={run.baselineRevision}
                      tone="neutral"
                      name={name}
                    />
                  )}
                </span>
              </Td>
              {compares ? (
                <Td align="right" className={stacked}>
                  {metric.change === null ? '–' : <ChangeBadge change={metric.change} />}
                </Td>
              ) : null}
              <Td
                align="right"
                className={`${stacked} whitespace-nowrap text-muted tabular-nums max-sm:order-4 max-sm:col-span-2 max-sm:text-left`}
              >
                {passWords(metric)}
              </Td>
            </Tr>
          )
        })}
      </TBody>
    </Table>
  )
}

type BarProps = {
  side: SideScore | null
  revision: number
  tone: 'accent' | 'neutral'
  name: string
}

function Bar({ side, revision, tone, name }: BarProps) {
  return (
    <span className="grid grid-cols-[5.5rem_1fr_3rem] items-center gap-3 text-xs">
      <span className="truncate text-muted">Revision {revision}</span>
      <ProgressBar
        value={side?.mean ?? 0}
        label={`${name}, revision ${revision}`}
        valueText={side ? `${scoreWords(side.mean)} of 100` : 'not scored'}
        tone={tone}
      />
      <span className="text-right text-ink tabular-nums">{scoreWords(side?.mean ?? null)}</span>
    </span>
  )
}

function passWords({ candidate, baseline }: MetricComparison): string {
  if (!candidate) return '–'
  const passes = `${Math.round(candidate.passRate)}%`
  return baseline ? `${passes} pass, ${Math.round(baseline.passRate)}% before` : `${passes} pass`
}

/** What is measured has a share of the set, and none of the score. */
function shareOf(named: ReadonlyMap<string, FrozenMetric>, metricId: string) {
  return { weight: named.get(metricId)?.share ?? 0, isDeprecated: false }
}

const stacked = 'max-sm:h-auto max-sm:py-0.5 max-sm:pl-4'
