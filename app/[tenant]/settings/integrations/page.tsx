import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { CreateIntegrationButton } from '@/components/integrations/create-integration-button'
import { IntegrationTable } from '@/components/integrations/integration-table'
import { PageHeader } from '@/components/settings/page-header'
import { listIntegrations } from '@/lib/integrations/queries'

const SECTION = sectionOf('integrations')

export const metadata: Metadata = { title: SECTION.title }

type PageProps = { params: Promise<{ tenant: string }> }

export default async function IntegrationsPage({ params }: PageProps) {
  const { tenant } = await params
  const ctx = await dashboardContext(tenant)
  if (!SECTION.visibleTo(ctx.principal)) notFound()
  const integrations = await listIntegrations(ctx)
  const create = <CreateIntegrationButton tenant={tenant} />
  return (
    <>
      <PageHeader
        title={SECTION.title}
        description={SECTION.description}
        actions={integrations.length > 0 ? create : undefined}
      />
      <IntegrationTable tenant={tenant} now={ctx.now} integrations={integrations} create={create} />
    </>
  )
}
