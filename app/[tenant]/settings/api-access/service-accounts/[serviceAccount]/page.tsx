import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { type DashboardContext, dashboardContext } from '@/app/_session/dashboard-context'
import { formFacts } from '@/app/[tenant]/settings/api-access/_service-accounts-tab'
import { readActivityFilter } from '@/components/activity/activity-filter'
import { AccountAccess } from '@/components/service-accounts/account-access'
import { AccountActions } from '@/components/service-accounts/account-actions'
import { AccountActivity } from '@/components/service-accounts/account-activity'
import { AccountHeader } from '@/components/service-accounts/account-header'
import { AccountHistory } from '@/components/service-accounts/account-history'
import { AccountTokens } from '@/components/service-accounts/account-tokens'
import { TabsNav } from '@/components/ui/tabs-nav'
import { isDomainError } from '@/lib/errors'
import { isUuid } from '@/lib/ids'
import type { ServiceAccountDetail } from '@/lib/service-accounts/model'
import {
  getServiceAccount,
  listServiceAccountActivity,
  listServiceAccountAuditEvents,
} from '@/lib/service-accounts/queries'

type SearchParams = Record<string, string | string[] | undefined>
type PageProps = {
  params: Promise<{ tenant: string; serviceAccount: string }>
  searchParams: Promise<SearchParams>
}
type TabProps = { ctx: DashboardContext; account: ServiceAccountDetail; query: SearchParams }

const TABS = [
  { id: 'tokens', label: 'Tokens', Content: TokensTab },
  { id: 'access', label: 'Access', Content: AccessTab },
  { id: 'activity', label: 'Activity', Content: ActivityTab },
  { id: 'history', label: 'History', Content: HistoryTab },
] as const

/** The account, or the page that a missing, foreign or unseen one all get. */
const accountOf = cache(async (tenant: string, id: string): Promise<ServiceAccountDetail> => {
  const ctx = await dashboardContext(tenant)
  if (!isUuid(id)) notFound()
  try {
    return await getServiceAccount(ctx, { serviceAccountId: id })
  } catch (error) {
    if (isDomainError(error) && (error.kind === 'not-found' || error.kind === 'forbidden')) {
      notFound()
    }
    throw error
  }
})

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { tenant, serviceAccount } = await params
  return { title: `${(await accountOf(tenant, serviceAccount)).name} · Service accounts` }
}

export default async function ServiceAccountPage({ params, searchParams }: PageProps) {
  const { tenant, serviceAccount } = await params
  const query = await searchParams
  const ctx = await dashboardContext(tenant)
  const account = await accountOf(tenant, serviceAccount)
  const current = TABS.find((tab) => tab.id === query.tab) ?? TABS[0]
  const apiAccess = `/${tenant}/settings/api-access`
  const base = `${apiAccess}/service-accounts/${account.id}`
  return (
    <>
      <AccountHeader
        account={account}
        now={ctx.now}
        listHref={`${apiAccess}?tab=service-accounts`}
        actions={<AccountActions account={account} setting={formFacts(ctx, tenant)} />}
      />
      <TabsNav
        label={account.name}
        items={TABS.map((tab) => ({
          href: tab.id === 'tokens' ? base : `${base}?tab=${tab.id}`,
          label: tab.label,
          current: tab.id === current.id,
        }))}
      />
      <current.Content ctx={ctx} account={account} query={query} />
    </>
  )
}

function TokensTab({ ctx, account }: TabProps) {
  return <AccountTokens account={account} setting={formFacts(ctx, ctx.organization.slug)} />
}

function AccessTab({ account }: TabProps) {
  return <AccountAccess account={account} />
}

async function ActivityTab({ ctx, account, query }: TabProps) {
  const filter = readActivityFilter(query)
  const firstPage = await listServiceAccountActivity(ctx, {
    serviceAccountId: account.id,
    search: filter.search,
    statusClass: filter.statusClass ?? undefined,
    method: filter.method ?? undefined,
  })
  return <AccountActivity {...subject(ctx, account)} firstPage={firstPage} initialFilter={filter} />
}

async function HistoryTab({ ctx, account, query }: TabProps) {
  const firstPage = await listServiceAccountAuditEvents(ctx, { serviceAccountId: account.id })
  const openEventId = typeof query.event === 'string' ? query.event : null
  return (
    <AccountHistory {...subject(ctx, account)} firstPage={firstPage} openEventId={openEventId} />
  )
}

function subject(ctx: DashboardContext, account: ServiceAccountDetail) {
  return {
    tenant: ctx.organization.slug,
    serviceAccountId: account.id,
    name: account.name,
    now: ctx.now,
  }
}
