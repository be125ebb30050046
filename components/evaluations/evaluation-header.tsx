import type { ReactNode } from 'react'
import { MadeBy } from '@/components/agents/made-by'
import { amountText } from '@/components/charts/amount'
import { datasetHref } from '@/components/datasets/dataset-words'
import { BackLink } from '@/components/ui/back-link'
import { Callout } from '@/components/ui/callout'
import { DescriptionList } from '@/components/ui/description-list'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusDot } from '@/components/ui/status-dot'
import { TextLink } from '@/components/ui/text-link'
import type { AgentSummary } from '@/lib/agents/model'
import { type Evaluation, failureWords } from '@/lib/evaluations/model'
import {
  EVALUATION_STATUS_WORDS,
  type EvaluationSetting,
  evaluationsHref,
  judgeWords,
  revisionsWords,
} from './evaluation-words'

export type EvaluationHeaderProps = {
  run: Evaluation
  agent: Pick<AgentSummary, 'id' | 'displayName'>
  setting: EvaluationSetting
  actions: ReactNode
}

/** Which evaluation this is, on what, by whom, and how far. */
export function EvaluationHeader({ run, agent, setting, actions }: EvaluationHeaderProps) {
  const { label, tone } = EVALUATION_STATUS_WORDS[run.status]
  return (
    <header className="flex flex-col gap-5">
      <div className="flex flex-col gap-3">
        <BackLink href={evaluationsHref(setting.tenant, agent.id)}>
          Evaluations of {agent.displayName}
        </BackLink>
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 font-semibold text-ink text-xl">{revisionsWords(run)}</h1>
            <span className="text-sm">
              <StatusDot tone={tone}>{label}</StatusDot>
            </span>
          </div>
          <div className="flex flex-wrap items-center gap-2">{actions}</div>
        </div>
      </div>
      {run.errorCode === null ? null : (
        <Callout tone="danger" title="The evaluation failed">
          {failureWords(run.errorCode)} What was scored before is shown below.
        </Callout>
      )}
      <DescriptionList layout="columns" items={factsOf(run, setting)} />
    </header>
  )
}

function factsOf(run: Evaluation, { tenant, now, seesAccounts }: EvaluationSetting) {
  const dataset = `${run.datasetName} v${run.datasetVersion}`
  return [
    {
      term: 'Dataset',
      detail:
        run.datasetId === null ? (
          `${dataset} (deleted)`
        ) : (
          <TextLink href={datasetHref(tenant, run.datasetId)}>{dataset}</TextLink>
        ),
    },
    { term: 'Cases', detail: run.caseCount.toLocaleString('en-US') },
    { term: 'Judged by', detail: capitalized(judgeWords(run.judge)) },
    { term: 'Judging cost', detail: judgingWords(run) },
    {
      term: 'Started by',
      detail: <MadeBy maker={run.startedBy} viewer={{ tenant, seesAccounts }} />,
    },
    { term: 'Started', detail: <RelativeTime at={run.createdAt} now={now} /> },
  ]
}

function judgingWords({ judge, judging }: Evaluation): string {
  if (judge === null) return '$0.00'
  const cost = amountText('usd', judging.totalCost)
  return judging.unpriced > 0 ? `${cost}, ${judging.unpriced} unpriced` : cost
}

function capitalized(words: string): string {
  return words === 'the local judge' ? 'Local judge' : words
}
