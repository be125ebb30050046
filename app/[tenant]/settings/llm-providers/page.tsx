import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { AddProviderButton } from '@/components/llm-providers/add-provider-button'
import { ProvidersPanel } from '@/components/llm-providers/providers-panel'
import { PageHeader } from '@/components/settings/page-header'
import { can, seesOrganizationInventory } from '@/lib/access/principal'
import { listProviderUse } from '@/lib/agents/provider-use'
import { listLlmProviders } from '@/lib/llm-providers/queries'

const SECTION = sectionOf('llm-providers')

export const metadata: Metadata = { title: SECTION.title }

type PageProps = { params: Promise<{ tenant: string }> }

export default async function LlmProvidersPage({ params }: PageProps) {
  const { tenant } = await params
  const ctx = await dashboardContext(tenant)
  const { principal } = ctx
  if (!SECTION.visibleTo(principal)) notFound()
  const mayWrite = can(principal, 'llm_providers:write')
  const seesAgents = can(principal, 'agents:read') && seesOrganizationInventory(principal)
  const [providers, uses] = await Promise.all([
    listLlmProviders(ctx),
    seesAgents ? listProviderUse(ctx) : [],
  ])
  const rights = { mayWrite, mayTest: can(principal, 'llm_providers:test') }
  return (
    <>
      <PageHeader
        title={SECTION.title}
        description={SECTION.description}
        actions={mayWrite ? <AddProviderButton tenant={tenant} /> : undefined}
      />
      <ProvidersPanel
        setting={{ tenant, now: ctx.now, ...rights }}
        providers={providers}
        uses={uses}
      />
    </>
  )
}
