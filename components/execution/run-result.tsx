import { exactAmount } from '@/components/charts/amount'
import { SectionCard } from '@/components/settings/section-card'
import { CodeBlock } from '@/components/ui/code-block'
import { DescriptionList } from '@/components/ui/description-list'
import { TextLink } from '@/components/ui/text-link'
import type { FinishedRun } from '@/lib/execution/run-deployed-agent'
import { LocalNotice } from './run-detail'
import { costWords, durationWords } from './run-words'

export type RunResultProps = { tenant: string; run: FinishedRun }

/** The answer of a run, and the way to its record. */
export function RunResult({ tenant, run }: RunResultProps) {
  const { cost } = run
  const record = `/${tenant}/settings/agents/${run.agentId}?tab=runs&run=${run.executionId}`
  return (
    <SectionCard title="Answer" actions={<TextLink href={record}>See the run</TextLink>}>
      <div aria-live="polite" className="flex min-w-0 flex-col gap-4">
        {run.modelOrigin === 'LOCAL' ? <LocalNotice /> : null}
        {run.response === '' ? (
          <p className="text-muted text-sm">The model answered nothing.</p>
        ) : (
          <CodeBlock
            code={run.response}
            label="answer"
            wrap
            className="max-h-112 overflow-y-auto"
          />
        )}
        <DescriptionList
          layout="columns"
          items={[
            { term: 'Took', detail: durationWords(run.durationMs) },
            {
              term: 'Cost',
              detail: (
                <span title={cost ? exactAmount('usd', cost.input + cost.output) : undefined}>
                  {costWords(cost)}
                </span>
              ),
            },
            { term: 'Ended because', detail: run.finishReason },
          ]}
        />
      </div>
    </SectionCard>
  )
}
