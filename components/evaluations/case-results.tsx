'use client'

import { useState } from 'react'
import { loadResults } from '@/app/[tenant]/settings/agents/evaluation-actions'
import { MoreRows } from '@/components/agents/more-rows'
import { asksWords, excerpt } from '@/components/datasets/dataset-words'
import { useMorePages } from '@/components/settings/use-more-pages'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { StatusDot } from '@/components/ui/status-dot'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { TabsNav } from '@/components/ui/tabs-nav'
import {
  type CaseResult,
  type Evaluation,
  isUnderWay,
  type ResultOrder,
} from '@/lib/evaluations/model'
import type { Page } from '@/lib/paging'
import { caseName, SIDE_STATE_WORDS } from './case-words'
import { ChangeBadge } from './change-badge'
import { type EvaluationSetting, evaluationHref, scoreWords } from './evaluation-words'

const CaseResultSheet = lazyOverlay(
  () => import('./case-result-sheet').then((module) => module.CaseResultSheet),
  { close: (props) => props.onClose() },
)

export type CaseResultsProps = {
  setting: EvaluationSetting
  run: Evaluation
  order: ResultOrder
  firstPage: Page<CaseResult>
}

/** Cases with what came of them; those that got worst first. */
export function CaseResults({ setting, run, order, firstPage }: CaseResultsProps) {
  const [open, setOpen] = useState<number | null>(null)
  const ended = !isUnderWay(run.status)
  const more = useMorePages(
    // What is under way is still moving between pages.
    ended ? firstPage : { ...firstPage, nextPageToken: '' },
    (pageToken) =>
      loadResults(setting.tenant, { agent: run.agentId, evaluation: run.id, order, pageToken }),
  )
  const base = evaluationHref(setting.tenant, run.agentId, run.id)
  const compares = run.baselineRevision !== null
  const opened = more.items.find(({ position }) => position === open)
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="font-medium text-base text-ink">Cases</h2>
        <TabsNav
          label="Order"
          variant="segmented"
          items={[
            {
              href: base,
              label: compares ? 'Worst change first' : 'Worst first',
              current: order === 'CHANGE',
            },
            {
              href: `${base}?order=POSITION`,
              label: 'As in the dataset',
              current: order === 'POSITION',
            },
          ]}
        />
      </div>
      <Table label="Cases">
        <THead className="max-sm:sr-only">
          <tr>
            <Th align="right" className="w-12">
              #
            </Th>
            <Th>Case</Th>
            <Th align="right" className="w-32">
              Revision {run.candidateRevision}
            </Th>
            {compares ? (
              <>
                <Th align="right" className="w-32">
                  Revision {run.baselineRevision}
                </Th>
                <Th align="right" className="w-24">
                  Change
                </Th>
              </>
            ) : null}
          </tr>
        </THead>
        <TBody>
          {more.items.map((result) => (
            <ResultRow
              key={result.position}
              result={result}
              compares={compares}
              onOpen={() => setOpen(result.position)}
            />
          ))}
        </TBody>
      </Table>
      <MoreRows noun={{ one: 'case', many: 'cases' }} total={firstPage.totalCount} more={more} />
      {opened ? (
        <CaseResultSheet
          tenant={setting.tenant}
          run={run}
          result={opened}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </div>
  )
}

type ResultRowProps = { result: CaseResult; compares: boolean; onOpen: () => void }

function ResultRow({ result, compares, onOpen }: ResultRowProps) {
  const asks = asksWords(result)
  return (
    <Tr className="max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:py-2.5">
      <Td align="right" className="text-faint tabular-nums max-sm:hidden">
        {result.position}
      </Td>
      <Td className={`${stacked} max-w-96 max-sm:col-span-2`}>
        <span className="flex min-w-0 flex-col items-start sm:py-2">
          <button
            type="button"
            onClick={onOpen}
            className="max-w-full truncate rounded-xs text-left font-medium text-ink underline-offset-4 hover:underline"
          >
            {caseName(result)}
          </button>
          {result.name !== null && asks ? (
            <span className="max-w-full truncate text-muted text-xs">{excerpt(asks)}</span>
          ) : null}
        </span>
      </Td>
      <Td align="right" className={`${stacked} tabular-nums max-sm:text-left`}>
        <SideCell side={result.candidate} />
      </Td>
      {compares ? (
        <>
          <Td align="right" className="text-muted tabular-nums max-sm:hidden">
            {result.baseline ? <SideCell side={result.baseline} /> : '–'}
          </Td>
          <Td align="right" className={stacked}>
            {result.change === null ? (
              <span className="text-muted">–</span>
            ) : (
              <ChangeBadge change={result.change} />
            )}
          </Td>
        </>
      ) : null}
    </Tr>
  )
}

function SideCell({ side: { state, overall } }: { side: CaseResult['candidate'] }) {
  if (overall !== null) return scoreWords(overall)
  const { label, tone } = SIDE_STATE_WORDS[state]
  return <StatusDot tone={tone}>{label}</StatusDot>
}

const stacked = 'max-sm:h-auto max-sm:py-0.5 max-sm:pl-4'
