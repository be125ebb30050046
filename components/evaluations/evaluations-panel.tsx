'use client'

import { FlaskConical } from 'lucide-react'
import { loadEvaluations } from '@/app/[tenant]/settings/agents/evaluation-actions'
import { MoreRows } from '@/components/agents/more-rows'
import { RefreshWhile } from '@/components/inbound/refresh-while'
import { useMorePages } from '@/components/settings/use-more-pages'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusDot } from '@/components/ui/status-dot'
import { RowLink, Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { type EvaluationSummary, isUnderWay } from '@/lib/evaluations/model'
import type { Page } from '@/lib/paging'
import { ChangeBadge } from './change-badge'
import { EvaluateButton, type EvaluateButtonProps } from './evaluate-button'
import {
  EVALUATION_STATUS_WORDS,
  type EvaluationSetting,
  evaluationHref,
  revisionsWords,
  scoreWords,
} from './evaluation-words'

export type EvaluationsPanelProps = {
  setting: EvaluationSetting
  agentId: string
  firstPage: Page<EvaluationSummary>
  /** Null for who may only read. */
  offer: EvaluateButtonProps['offer'] | null
}

/** Every evaluation of the agent, newest first. */
export function EvaluationsPanel({ setting, agentId, firstPage, offer }: EvaluationsPanelProps) {
  const more = useMorePages(firstPage, (pageToken) =>
    loadEvaluations(setting.tenant, { agent: agentId, pageToken }),
  )
  const start = offer ? <EvaluateButton tenant={setting.tenant} offer={offer} /> : null
  if (more.items.length === 0) {
    return (
      <EmptyState
        icon={<FlaskConical />}
        title={offer ? 'Evaluate your first revision' : 'Nothing was evaluated yet'}
        description="An evaluation runs every case of a dataset on a revision, and on another one to compare with. A judge scores each answer by the metrics of the agent."
        actions={start}
      />
    )
  }
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <RefreshWhile waiting={firstPage.items.some(({ status }) => isUnderWay(status))} />
      <div className="flex justify-end empty:hidden">{start}</div>
      <Table label="Evaluations">
        <THead className="max-sm:sr-only">
          <tr>
            <Th>Evaluation</Th>
            <Th>Dataset</Th>
            <Th>Status</Th>
            <Th align="right" className="w-24">
              Score
            </Th>
            <Th align="right" className="w-24">
              Change
            </Th>
            <Th>Started</Th>
          </tr>
        </THead>
        <TBody>
          {more.items.map((run) => (
            <EvaluationRow key={run.id} run={run} setting={setting} />
          ))}
        </TBody>
      </Table>
      <MoreRows
        noun={{ one: 'evaluation', many: 'evaluations' }}
        total={firstPage.totalCount}
        more={more}
      />
    </div>
  )
}

type EvaluationRowProps = { run: EvaluationSummary; setting: EvaluationSetting }

function EvaluationRow({ run, setting: { tenant, now } }: EvaluationRowProps) {
  const { label, tone } = EVALUATION_STATUS_WORDS[run.status]
  const { done, failed, total } = run.progress
  const change =
    run.candidateScore === null || run.baselineScore === null
      ? null
      : run.candidateScore - run.baselineScore
  return (
    <Tr
      interactive
      className="max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:gap-x-2 max-sm:py-2.5"
    >
      <Td className={stacked}>
        <RowLink href={evaluationHref(tenant, run.agentId, run.id)} prefetch={false}>
          {revisionsWords(run)}
        </RowLink>
      </Td>
      <Td className={`${stacked} max-w-52 max-sm:order-3`}>
        <span className="block truncate text-muted">
          {run.datasetName} v{run.datasetVersion}
        </span>
      </Td>
      <Td className={`${stacked} whitespace-nowrap max-sm:order-2`}>
        <StatusDot tone={tone}>{label}</StatusDot>
        {run.status === 'IN_PROGRESS' ? (
          <span className="text-muted tabular-nums">
            {' '}
            {done + failed} of {total}
          </span>
        ) : null}
      </Td>
      <Td align="right" className={`${stacked} tabular-nums max-sm:order-4`}>
        {scoreWords(run.candidateScore)}{' '}
        {change === null ? null : (
          <span className="sm:hidden">
            <ChangeBadge change={change} />
          </span>
        )}
      </Td>
      <Td align="right" className="max-sm:hidden">
        {change === null ? <span className="text-muted">–</span> : <ChangeBadge change={change} />}
      </Td>
      <Td className={`${stacked} text-muted max-sm:order-5`}>
        <span className="block truncate">
          <RelativeTime at={run.createdAt} now={now} />
          <span className="max-sm:hidden"> by {run.startedBy.label}</span>
        </span>
      </Td>
    </Tr>
  )
}

const stacked = 'max-sm:h-auto max-sm:py-0.5 max-sm:pl-4'
