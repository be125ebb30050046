import { amountText } from '@/components/charts/amount'
import { durationWords } from '@/components/execution/run-words'
import { SectionCard } from '@/components/settings/section-card'
import { DescriptionList } from '@/components/ui/description-list'
import { type Evaluation, isUnderWay } from '@/lib/evaluations/model'
import type { MeasuredSide } from '@/lib/evaluations/score'
import { ChangeBadge } from './change-badge'
import { changeWords, directionOf, scoreWords } from './evaluation-words'
import { MetricBars } from './metric-bars'
import { OutcomeBar } from './outcome-bar'

/** What the run says: better or worse, by how much, in what, and what it takes and costs. */
export function Verdict({ run }: { run: Evaluation }) {
  const { overall, outcomes, scored, total, measured } = run.comparison
  const soFar = isUnderWay(run.status) ? ' so far' : ''
  return (
    <>
      <SectionCard
        title="Verdict"
        description={`By ${scored} of ${total} cases${soFar}, each from 0 to 100 by the shares of its metrics.`}
      >
        <div className="grid items-center gap-x-10 gap-y-6 md:grid-cols-2">
          {overall === null ? (
            <p className="text-muted text-sm">
              {soFar ? 'Nothing is scored yet.' : 'No case could be scored.'}
            </p>
          ) : (
            <div className="flex flex-col gap-1.5">
              <p className="flex flex-wrap items-baseline gap-x-3">
                <span className="font-semibold text-ink text-xl tabular-nums">
                  {scoreWords(overall.candidate)}
                </span>
                {overall.baseline === null ? null : (
                  <span className="text-muted text-sm tabular-nums">
                    against {scoreWords(overall.baseline)}
                  </span>
                )}
                {overall.change === null ? null : (
                  <span className="self-center">
                    <ChangeBadge change={overall.change} />
                  </span>
                )}
              </p>
              <p className="text-ink text-sm">{sentence(run)}</p>
            </div>
          )}
          {outcomes ? <OutcomeBar outcomes={outcomes} /> : null}
        </div>
      </SectionCard>
      <SectionCard
        title="By metric"
        description="Mean score of each, and how many answers pass."
        flush
      >
        <MetricBars run={run} />
      </SectionCard>
      <SectionCard
        title="Time and cost"
        description="Measured at each run of the agent; no part of the score."
      >
        <div className="grid gap-x-10 gap-y-6 md:grid-cols-2">
          <Measured title={`Revision ${run.candidateRevision}`} side={measured.candidate} />
          {measured.baseline && run.baselineRevision !== null ? (
            <Measured
              title={`Revision ${run.baselineRevision} (baseline)`}
              side={measured.baseline}
            />
          ) : null}
        </div>
      </SectionCard>
    </>
  )
}

function sentence({ candidateRevision, baselineRevision, comparison }: Evaluation): string {
  const change = comparison.overall?.change ?? null
  if (change === null || baselineRevision === null) {
    return `Revision ${candidateRevision}, with nothing to compare with.`
  }
  const direction = directionOf(change)
  if (direction === 'same') {
    return `Revision ${candidateRevision} is as good as revision ${baselineRevision}.`
  }
  const points = changeWords(Math.abs(change)).slice(1)
  return `Revision ${candidateRevision} is ${direction} than revision ${baselineRevision} by ${points} points.`
}

function Measured({ title, side }: { title: string; side: MeasuredSide }) {
  const time = (ms: number | null) => (ms === null ? '–' : durationWords(ms))
  const priced = side.answered - side.unpriced
  const cost = amountText('usd', side.totalCost)
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <h3 className="font-medium text-ink text-sm">{title}</h3>
      <DescriptionList
        layout="columns"
        items={[
          { term: 'Median time', detail: time(side.medianMs) },
          { term: '95th percentile', detail: time(side.p95Ms) },
          {
            term: 'Cost of all',
            detail: priced === 0 && side.answered > 0 ? 'Unpriced' : cost,
          },
        ]}
      />
      {side.unpriced > 0 && priced > 0 ? (
        <p className="text-muted text-xs">{side.unpriced} runs have no price.</p>
      ) : null}
    </div>
  )
}
