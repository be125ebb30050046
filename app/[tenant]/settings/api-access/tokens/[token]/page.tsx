import type { Metadata } from 'next'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { TokenHeader } from '@/components/tokens/page/token-header'
import { TokenPageSheets } from '@/components/tokens/page/token-page-sheets'
import { Callout } from '@/components/ui/callout'
import { TabsNav } from '@/components/ui/tabs-nav'
import { runtime } from '@/lib/runtime'
import { isUsable } from '@/lib/tokens/model'
import { scopeUsage } from '@/lib/tokens/scope-usage'
import { grantable, tokenOfPage } from './_token-of-page'
import { ActivityTab, HistoryTab, OverviewTab } from './_token-tabs'

type PageProps = {
  params: Promise<{ tenant: string; token: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const TABS = [
  { id: 'overview', label: 'Overview', Content: OverviewTab },
  { id: 'history', label: 'Audit history', Content: HistoryTab },
  { id: 'activity', label: 'Activity', Content: ActivityTab },
] as const

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { tenant, token } = await params
  return { title: `${(await tokenOfPage(tenant, token)).name} · API Access` }
}

export default async function TokenPage({ params, searchParams }: PageProps) {
  const { tenant, token: tokenId } = await params
  const query = await searchParams
  const token = await tokenOfPage(tenant, tokenId)
  const ctx = await dashboardContext(tenant)
  const [usage, ceiling] = await Promise.all([
    scopeUsage(ctx, { tokenId: token.id }),
    grantable(tenant, token),
  ])
  const current = TABS.find((tab) => tab.id === query.tab) ?? TABS[0]
  const base = `/${tenant}/settings/api-access/tokens/${token.id}`
  return (
    <>
      <TokenHeader token={token} tenant={tenant} now={ctx.now} />
      {token.format === 'LEGACY' && isUsable(token.state) ? (
        <Callout tone="warning" title="A key of the older system">
          It works as a Bearer token until you rotate it. Rotation gives it a current secret that
          leak scanners recognise.
        </Callout>
      ) : null}
      <TabsNav
        label={token.name}
        items={TABS.map((tab) => ({
          href: tab.id === 'overview' ? base : `${base}?tab=${tab.id}`,
          label: tab.label,
          current: tab.id === current.id,
        }))}
      />
      <current.Content ctx={ctx} tenant={tenant} token={token} usage={usage} query={query} />
      <TokenPageSheets
        token={token}
        setting={{
          tenant,
          publicUrl: runtime().environment.PUBLIC_URL,
          now: ctx.now,
          policy: ctx.organization.policy,
          ceiling,
        }}
        usedScopes={usage.used
          .map((entry) => entry.scope)
          .filter((scope) => token.scopes.includes(scope))}
      />
    </>
  )
}
