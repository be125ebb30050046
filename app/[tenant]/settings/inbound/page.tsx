import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { InboundTabs } from '@/app/[tenant]/settings/inbound/_inbound-tabs'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { CreateWebhookButton } from '@/components/inbound/create-webhook-button'
import { WebhookTable } from '@/components/inbound/webhook-table'
import { PageHeader } from '@/components/settings/page-header'
import { listRunnableAgents } from '@/lib/execution/runnable-agents'
import { listWebhooks } from '@/lib/inbound/queries'

const SECTION = sectionOf('inbound')

export const metadata: Metadata = { title: SECTION.title }

type PageProps = { params: Promise<{ tenant: string }> }

export default async function InboundPage({ params }: PageProps) {
  const { tenant } = await params
  const ctx = await dashboardContext(tenant)
  if (!SECTION.visibleTo(ctx.principal)) notFound()
  const [webhooks, agents] = await Promise.all([listWebhooks(ctx), listRunnableAgents(ctx)])
  const create = <CreateWebhookButton tenant={tenant} agents={agents} />
  return (
    <>
      <PageHeader
        title={SECTION.title}
        description={SECTION.description}
        actions={webhooks.length > 0 ? create : undefined}
      />
      <InboundTabs tenant={tenant} current="endpoints" />
      <WebhookTable tenant={tenant} now={ctx.now} webhooks={webhooks} create={create} />
    </>
  )
}
