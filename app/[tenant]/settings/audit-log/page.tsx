import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { type DashboardContext, dashboardContext } from '@/app/_session/dashboard-context'
import { recentChainReport } from '@/app/[tenant]/settings/audit-log/_chain-check'
import { verifyChain } from '@/app/[tenant]/settings/audit-log/actions'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import {
  coreAuditFilters,
  parseAuditFilters,
  type SearchParams,
} from '@/components/audit/audit-filters'
import { AuditLog } from '@/components/audit/audit-log'
import { AuditLogSkeleton } from '@/components/audit/audit-log-skeleton'
import { ChainBadge } from '@/components/audit/chain-badge'
import { ExportButton } from '@/components/audit/export-button'
import { PageHeader } from '@/components/settings/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { listAuditEvents } from '@/lib/audit/queries'
import { isUuid } from '@/lib/ids'

const SECTION = sectionOf('audit-log')

export const metadata: Metadata = { title: SECTION.title }

type PageProps = { params: Promise<{ tenant: string }>; searchParams: Promise<SearchParams> }

export default async function AuditLogPage({ params, searchParams }: PageProps) {
  const { tenant } = await params
  const query = await searchParams
  const ctx = await dashboardContext(tenant)
  // The section does not exist for others, so its address answers like any that does not. Asked before
  // anything is sent (there is no loading.tsx), because after that the status could only be 200.
  if (!SECTION.visibleTo(ctx.principal)) notFound()
  return (
    <Suspense fallback={<AuditLogSkeleton />}>
      <AuditLogContent ctx={ctx} tenant={tenant} query={query} />
    </Suspense>
  )
}

type ContentProps = { ctx: DashboardContext; tenant: string; query: SearchParams }

async function AuditLogContent({ ctx, tenant, query }: ContentProps) {
  const filters = parseAuditFilters(query)
  const firstPage = await listAuditEvents(ctx, coreAuditFilters(filters))
  const openEventId = typeof query.event === 'string' && isUuid(query.event) ? query.event : null
  return (
    <>
      <PageHeader
        title={SECTION.title}
        description={SECTION.description}
        actions={
          <ExportButton tenant={tenant} filters={filters} totalCount={firstPage.totalCount} />
        }
      />
      <Suspense fallback={<Skeleton className="h-11 rounded-lg" />}>
        <ChainStatus ctx={ctx} tenant={tenant} />
      </Suspense>
      <AuditLog
        tenant={tenant}
        now={ctx.now}
        filters={filters}
        firstPage={firstPage}
        openEventId={openEventId}
      />
    </>
  )
}

/** Apart, because checking a long chain takes longer than showing its newest events. */
async function ChainStatus({ ctx, tenant }: { ctx: DashboardContext; tenant: string }) {
  const report = await recentChainReport(ctx)
  return <ChainBadge initial={report} now={ctx.now} verify={verifyChain.bind(null, tenant, {})} />
}
