import { Gauge } from 'lucide-react'
import { SectionCard } from '@/components/settings/section-card'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { ProgressBar } from '@/components/ui/progress-bar'
import type { Metric } from '@/lib/evaluation-metrics/model'
import type { Trial } from '@/lib/evaluation-metrics/try-metric'
import { SpentFacts } from './spent-facts'

export type TrialResultProps = {
  trial: Trial | null
  metric: Metric
  /** Whether the judge of the next trial compares words. */
  isLocal: boolean
}

/** What the judge said, and by what. */
export function TrialResult({ trial, metric, isLocal }: TrialResultProps) {
  return (
    <section aria-label="Score" aria-live="polite">
      {trial ? (
        <SectionCard
          title="Score"
          description={`By version ${trial.version}. ${trial.judge.model ? `Judged by ${trial.judge.label}` : trial.judge.label}.`}
        >
          <div className="flex flex-col gap-5">
            <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
              <span className="font-semibold text-xl text-ink tabular-nums">{trial.score}</span>
              <span className="text-muted text-sm">
                of {metric.levels.at(-1)?.score}, {trial.levelLabel}
              </span>
              <Badge tone={trial.passed ? 'success' : 'danger'} className="self-center">
                {trial.passed ? 'Passes' : `Fails: ${trial.passScore} would pass`}
              </Badge>
            </div>
            <p className="whitespace-pre-line break-words text-ink text-sm">{trial.reason}</p>
            {trial.spent ? <SpentFacts spent={trial.spent} /> : null}
            <ul className="flex flex-col gap-3 empty:hidden">
              {trial.signals.map(({ label, value }) => (
                <li key={label} className="flex flex-col gap-1.5 text-sm">
                  <span className="flex justify-between gap-4">
                    <span className="text-muted">{label}</span>
                    <span className="text-ink tabular-nums">{Math.round(value * 100)}%</span>
                  </span>
                  <ProgressBar value={value * 100} label={label} />
                </li>
              ))}
            </ul>
          </div>
        </SectionCard>
      ) : (
        <EmptyState
          icon={<Gauge />}
          title="No score yet"
          description={
            isLocal
              ? 'This judge compares words and asks no model: it shows what scale and threshold do, not how good an answer is.'
              : 'The judge reads the instructions, the scale and your texts.'
          }
        />
      )}
    </section>
  )
}
