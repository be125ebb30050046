import { SectionCard } from '@/components/settings/section-card'
import { Badge } from '@/components/ui/badge'
import type { MetricDefinition } from '@/lib/evaluation-metrics/model'

export type DefinitionViewProps = { definition: MetricDefinition; isMeasured: boolean }

/** What a metric asks, and what its scores mean. */
export function DefinitionView({ definition, isMeasured }: DefinitionViewProps) {
  const { description, levels, passScore } = definition
  return (
    <div className="flex flex-col gap-6">
      <SectionCard
        title={isMeasured ? 'What is measured' : 'Instructions for the judge'}
        description={
          isMeasured ? undefined : 'Sent word for word with every answer that is scored.'
        }
      >
        <p className="max-w-3xl whitespace-pre-line text-ink text-sm leading-relaxed [overflow-wrap:anywhere]">
          {description}
        </p>
      </SectionCard>
      {levels.length > 0 ? (
        <SectionCard title="Scale" description={`An answer passes from ${passScore} on.`} flush>
          <ol className="divide-y divide-subtle">
            {[...levels].reverse().map((level) => (
              <li key={level.score} className="flex items-start gap-4 px-5 py-3">
                <span
                  className={`grid size-8 shrink-0 place-items-center rounded-md border font-medium text-sm tabular-nums ${
                    passScore !== null && level.score >= passScore
                      ? 'border-success-line bg-success-soft text-success-text'
                      : 'border-subtle bg-inset text-muted'
                  }`}
                >
                  {level.score}
                </span>
                <div className="flex min-w-0 flex-col gap-0.5 text-sm">
                  <span className="flex flex-wrap items-center gap-2 font-medium text-ink">
                    {level.label}
                    {level.score === passScore ? (
                      <Badge tone="success">Passes from here</Badge>
                    ) : null}
                  </span>
                  <span className="text-muted [overflow-wrap:anywhere]">{level.description}</span>
                </div>
              </li>
            ))}
          </ol>
        </SectionCard>
      ) : null}
    </div>
  )
}
