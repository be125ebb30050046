'use client'

import { Ban, ShieldCheck } from 'lucide-react'
import { loadLeakReports } from '@/app/[tenant]/settings/api-access/leak-actions'
import { SectionCard } from '@/components/settings/section-card'
import { useMorePages } from '@/components/settings/use-more-pages'
import { StateBadge } from '@/components/tokens/state-badge'
import { tokenHref } from '@/components/tokens/token-href'
import type { useRevocation } from '@/components/tokens/use-revocation'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowMenu } from '@/components/ui/row-menu'
import { StatusDot } from '@/components/ui/status-dot'
import { RowLink, Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { LeakReport } from '@/lib/leaks/model'
import type { Page } from '@/lib/paging'
import { OUTCOME_WORDS } from './leak-words'
import { ReportPlaces } from './report-places'

export type ReportListProps = {
  tenant: string
  now: number
  firstPage: Page<LeakReport>
  revocation: ReturnType<typeof useRevocation>
}

/** Every token that was reported, the last reported first. */
export function ReportList({ tenant, now, firstPage, revocation }: ReportListProps) {
  const pages = useMorePages(firstPage, (pageToken) => loadLeakReports(tenant, { pageToken }))
  if (firstPage.items.length === 0) return <NoReports />
  return (
    <SectionCard
      title="Reported tokens"
      description="What GitHub’s secret scanning and finders reported. All reports of one token are one line."
      flush
    >
      <Table label="Tokens that were reported" framed={false}>
        <THead className="max-sm:sr-only">
          <tr>
            <Th>Token</Th>
            <Th>Owner</Th>
            <Th>Found</Th>
            <Th>Reported</Th>
            <Th>What was done</Th>
            <Th srOnly>Actions</Th>
          </tr>
        </THead>
        <TBody>
          {pages.items.map((report) => (
            <ReportRow
              key={report.token.id}
              report={report}
              tenant={tenant}
              now={now}
              revocation={revocation}
            />
          ))}
        </TBody>
      </Table>
      {pages.failure ? (
        <Callout tone="danger" live title="Older reports could not be loaded" className="m-4">
          {pages.failure}
        </Callout>
      ) : null}
      {pages.loadMore ? (
        <div className="flex justify-center border-subtle border-t p-3">
          <Button loading={pages.loading} onClick={pages.loadMore}>
            Load older reports
          </Button>
        </div>
      ) : null}
    </SectionCard>
  )
}

/** On phones the cells of a row stand below each other. */
const stacked = 'max-sm:h-auto max-sm:py-0.5 max-sm:pl-4'

type ReportRowProps = Omit<ReportListProps, 'firstPage'> & { report: LeakReport }

function ReportRow({ report, tenant, now, revocation }: ReportRowProps) {
  const { token, outcome, reports, lastReportedAt } = report
  const { label, tone, meaning } = OUTCOME_WORDS[outcome]
  const lives = token.revokedAt === null || token.state === 'overlap'
  return (
    <Tr
      interactive
      pending={revocation.pending.has(token.id)}
      className="max-sm:flex max-sm:flex-col max-sm:py-2.5"
    >
      <Td className={`${stacked} py-2.5 align-top`}>
        <span className="flex min-w-36 max-w-44 flex-col">
          <RowLink href={tokenHref(tenant, token)} className="truncate">
            {token.name}
          </RowLink>
          <code className="text-faint text-xs">
            {token.displayPrefix}…{token.last4}
          </code>
        </span>
      </Td>
      <Td className={`${stacked} py-2.5 align-top`}>
        <span className="flex max-w-40 flex-col">
          <span className="truncate">{token.owner.label}</span>
          {token.owner.type === 'user' ? null : (
            <span className="text-muted text-xs">
              {token.owner.type === 'integration' ? 'Integration, MCP key' : 'Service account'}
            </span>
          )}
        </span>
      </Td>
      <Td actions className={`${stacked} py-2.5 align-top`}>
        <ReportPlaces places={report.places} tokenName={token.name} now={now} />
      </Td>
      <Td className={`${stacked} whitespace-nowrap py-2.5 align-top`}>
        <span className="flex flex-col">
          <RelativeTime at={lastReportedAt} now={now} />
          {reports > 1 ? (
            <span className="text-muted text-xs">{reports.toLocaleString('en-US')} times</span>
          ) : null}
        </span>
      </Td>
      <Td className={`${stacked} whitespace-nowrap py-2.5 align-top`}>
        <span className="flex flex-col gap-0.5">
          <span title={meaning}>
            <StatusDot tone={tone}>{label}</StatusDot>
          </span>
          {outcome === 'NOTIFIED' ? (
            <span className="flex gap-1 text-muted text-xs">
              Now
              <StateBadge
                state={token.state}
                reason={token.stateReason}
                expiresAt={token.effectiveExpiresAt}
                now={now}
              />
            </span>
          ) : null}
        </span>
      </Td>
      <Td actions align="right" className="align-top max-sm:absolute max-sm:top-1 max-sm:right-0">
        {lives ? (
          <RowMenu
            name={token.name}
            actions={[
              {
                label: 'Revoke…',
                icon: <Ban aria-hidden />,
                tone: 'danger',
                onSelect: () => void revocation.ask(token),
              },
            ]}
          />
        ) : null}
      </Td>
    </Tr>
  )
}

function NoReports() {
  return (
    <SectionCard title="Reported tokens">
      <EmptyState
        framed={false}
        icon={<ShieldCheck />}
        title="No token was reported as leaked"
        description="When one is found in public, it stands here with where it was seen and what was done."
      />
    </SectionCard>
  )
}
