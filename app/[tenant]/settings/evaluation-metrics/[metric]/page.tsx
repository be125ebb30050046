import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { type DashboardContext, dashboardContext } from '@/app/_session/dashboard-context'
import { tabLinks, tabOf } from '@/app/[tenant]/settings/_tabs'
import { DefinitionView } from '@/components/evaluation-metrics/definition-view'
import { MetricActions } from '@/components/evaluation-metrics/metric-actions'
import { MetricHeader } from '@/components/evaluation-metrics/metric-header'
import { TryPanel } from '@/components/evaluation-metrics/try-panel'
import { UseTable } from '@/components/evaluation-metrics/use-table'
import { VersionsPanel } from '@/components/evaluation-metrics/versions-panel'
import { TabsNav } from '@/components/ui/tabs-nav'
import { can, seesOrganizationInventory } from '@/lib/access/principal'
import type { Scope } from '@/lib/access/scopes'
import { isDomainError } from '@/lib/errors'
import { listJudgeChoices } from '@/lib/evaluation-metrics/judge-choices'
import type { Metric } from '@/lib/evaluation-metrics/model'
import { getMetric, listAllMetricVersions, listMetricUse } from '@/lib/evaluation-metrics/queries'
import { isUuid } from '@/lib/ids'
import { runtime } from '@/lib/runtime'

type SearchParams = Record<string, string | string[] | undefined>
type PageProps = {
  params: Promise<{ tenant: string; metric: string }>
  searchParams: Promise<SearchParams>
}
type TabProps = { ctx: DashboardContext; metric: Metric; query: SearchParams }

const TABS = [
  { id: 'definition', label: 'Definition', Content: DefinitionTab },
  { id: 'versions', label: 'Versions', Content: VersionsTab },
  { id: 'used-by', label: 'Used by', Content: UseTab },
  { id: 'try', label: 'Try it', Content: TryTab },
] as const

/** The metric, or the page that a missing, foreign or unseen one all get. */
const metricOf = cache(async (tenant: string, metricId: string): Promise<Metric> => {
  const ctx = await dashboardContext(tenant)
  if (!isUuid(metricId)) notFound()
  try {
    return await getMetric(ctx, { metricId })
  } catch (error) {
    if (isDomainError(error) && error.kind === 'not-found') notFound()
    throw error
  }
})

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { tenant, metric } = await params
  return { title: `${(await metricOf(tenant, metric)).name} · Evaluation Metrics` }
}

export default async function MetricPage({ params, searchParams }: PageProps) {
  const { tenant, metric: id } = await params
  const query = await searchParams
  const ctx = await dashboardContext(tenant)
  const metric = await metricOf(tenant, id)
  const current = tabOf(TABS, query)
  const section = `/${tenant}/settings/evaluation-metrics`
  return (
    <>
      <MetricHeader
        metric={metric}
        now={ctx.now}
        listHref={section}
        actions={<MetricActions metric={metric} setting={settingOf(ctx)} />}
      />
      <TabsNav label={metric.name} items={tabLinks(TABS, current, `${section}/${metric.id}`)} />
      <current.Content ctx={ctx} metric={metric} query={query} />
    </>
  )
}

function settingOf({ organization, principal, now }: DashboardContext) {
  const mayWrite = can(principal, 'datasets:write') && seesOrganizationInventory(principal)
  return { tenant: organization.slug, mayWrite, now }
}

function DefinitionTab({ metric }: TabProps) {
  return <DefinitionView definition={metric} isMeasured={metric.kind === 'MEASURED'} />
}

async function VersionsTab({ ctx, metric, query }: TabProps) {
  return (
    <VersionsPanel
      metric={metric}
      versions={await listAllMetricVersions(ctx, { metricId: metric.id })}
      setting={settingOf(ctx)}
      asked={{ from: Number(query.from), to: Number(query.to) }}
    />
  )
}

async function UseTab({ ctx, metric }: TabProps) {
  return (
    <UseTable
      uses={await listMetricUse(ctx, { metricId: metric.id })}
      metric={metric}
      tenant={ctx.organization.slug}
    />
  )
}

async function TryTab({ ctx, metric }: TabProps) {
  const may = (scope: Scope) => can(ctx.principal, scope)
  const mayPay = may('llm_providers:read') && may('agents:test')
  const maySetUp = mayPay && may('llm_providers:write')
  return (
    <TryPanel
      metric={metric}
      tenant={ctx.organization.slug}
      judge={runtime().judging.local.label}
      choices={mayPay ? await listJudgeChoices(ctx) : []}
      providersHref={maySetUp ? `/${ctx.organization.slug}/settings/llm-providers` : null}
    />
  )
}
