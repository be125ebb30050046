'use client'

import { Play } from 'lucide-react'
import { loadRuns } from '@/app/[tenant]/settings/agents/run-actions'
import type { Viewer } from '@/components/agents/agent-words'
import { MoreRows } from '@/components/agents/more-rows'
import { amountText, exactAmount } from '@/components/charts/amount'
import { useMorePages } from '@/components/settings/use-more-pages'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusDot } from '@/components/ui/status-dot'
import { RowLink, Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { TabsNav } from '@/components/ui/tabs-nav'
import type { AgentSummary } from '@/lib/agents/model'
import type { Execution } from '@/lib/execution/model'
import { COUNTED_TO, type Page } from '@/lib/paging'
import { ORIGINS, type Origin } from '@/lib/usage/origin'
import {
  costOf,
  costWords,
  durationWords,
  failureWords,
  STATUS_WORDS,
  tokenSums,
} from './run-words'
import { StartedBy } from './started-by'

export type RunsTableProps = {
  agent: AgentSummary
  /** Null: all of them. */
  origin: Origin | null
  firstPage: Page<Execution>
  viewer: Viewer
  now: number
}

/** Every run of the agent or those of one origin, newest first: an evaluation alone makes hundreds. */
export function RunsTable({ agent, origin, firstPage, viewer, now }: RunsTableProps) {
  const { tenant } = viewer
  const base = `/${tenant}/settings/agents/${agent.id}`
  const more = useMorePages(firstPage, (pageToken) =>
    loadRuns(tenant, { agent: agent.id, pageToken, ...(origin && { origin }) }),
  )
  if (origin === null && more.items.length === 0) {
    return (
      <EmptyState
        icon={<Play />}
        title="It has not run yet"
        description="Each run is kept here with who started it, how long it took and what it cost. What went in and what came out is not kept."
        actions={<LinkButton href={`${base}?tab=try`}>Try it</LinkButton>}
      />
    )
  }
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <TabsNav
        label="Origin"
        variant="segmented"
        items={[null, ...ORIGINS].map((one) => ({
          href: `${base}?tab=runs${one ? `&origin=${one}` : ''}`,
          label: one ? ORIGIN_WORDS[one] : 'All',
          current: one === origin,
        }))}
      />
      {origin && more.items.length === 0 ? (
        <EmptyState title={NONE_WORDS[origin]} description="Runs of all kinds are under All." />
      ) : (
        <>
          <Table label="Runs">
            <THead className="max-sm:sr-only">
              <tr>
                <Th>Run</Th>
                <Th>Status</Th>
                <Th>Started by</Th>
                <Th align="right">Revision</Th>
                <Th align="right">Took</Th>
                <Th align="right">Tokens</Th>
                <Th align="right">Cost</Th>
              </tr>
            </THead>
            <TBody>
              {more.items.map((run) => (
                <RunRow key={run.id} run={run} base={base} viewer={viewer} now={now} />
              ))}
            </TBody>
          </Table>
          <MoreRows
            noun={{ one: 'run', many: 'runs' }}
            total={firstPage.totalCount}
            countedTo={COUNTED_TO}
            more={more}
          />
        </>
      )}
    </div>
  )
}

const ORIGIN_WORDS: Record<Origin, string> = { PRODUCTION: 'Production', TEST: 'Tests' }
const NONE_WORDS: Record<Origin, string> = {
  PRODUCTION: 'It has not run in production yet',
  TEST: 'Nobody has tried or evaluated it yet',
}

/** On phones a run is two lines: when and how, by whom and for how much. The rest is in its detail. */
const stacked = 'max-sm:h-auto max-sm:py-0.5 max-sm:pl-4'

type RunRowProps = { run: Execution; base: string } & Pick<RunsTableProps, 'viewer' | 'now'>

function RunRow({ run, base, viewer, now }: RunRowProps) {
  const { label, tone } = STATUS_WORDS[run.status]
  const failure = failureWords(run)
  const local = run.modelOrigin === 'LOCAL'
  const { input, output } = tokenSums(run.tokens)
  const cost = costOf(run)
  return (
    <Tr
      interactive
      className="max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:gap-x-2 max-sm:py-2.5"
    >
      <Td className={`${stacked} whitespace-nowrap`}>
        <span className="flex items-center gap-2">
          <RowLink href={`${base}?tab=runs&run=${run.id}`} prefetch={false}>
            <RelativeTime at={run.startedAt} now={now} />
          </RowLink>
          {run.origin === 'TEST' ? <Badge>Test</Badge> : null}
        </span>
      </Td>
      <Td className={`${stacked} max-w-56`}>
        <span className="flex min-w-0 flex-col">
          <StatusDot tone={tone}>{label}</StatusDot>
          {failure ? (
            <span className="truncate pl-4 text-muted text-xs" title={failure}>
              {failure}
            </span>
          ) : null}
        </span>
      </Td>
      <Td className={stacked}>
        <StartedBy starter={run.startedBy} viewer={viewer} />
      </Td>
      <Td align="right" className="max-sm:hidden">
        {run.revision}
      </Td>
      <Td align="right" className="whitespace-nowrap max-sm:hidden">
        {run.durationMs === null ? '–' : durationWords(run.durationMs)}
      </Td>
      <Td align="right" className="whitespace-nowrap max-sm:hidden">
        {run.status === 'RUNNING' || local ? (
          <span className="text-muted">{local ? 'Local' : '–'}</span>
        ) : (
          amountText('tokens', input + output)
        )}
      </Td>
      <Td
        align="right"
        className={`${stacked} whitespace-nowrap`}
        title={cost ? exactAmount('usd', cost.input + cost.output) : undefined}
      >
        {run.status === 'RUNNING' ? '–' : costWords(cost)}
      </Td>
    </Tr>
  )
}
