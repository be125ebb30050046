import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { emailAvailable } from '@/app/_session/email-available'
import { tabLinks, tabOf } from '@/app/[tenant]/settings/_tabs'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { Outbox } from '@/components/outbox/outbox'
import { PageHeader } from '@/components/settings/page-header'
import { Callout } from '@/components/ui/callout'
import { TabsNav } from '@/components/ui/tabs-nav'
import { listOutgoingEmails } from '@/lib/email/queries'

const SECTION = sectionOf('outbox')

const TABS = [
  { id: 'all', label: 'All', state: null },
  { id: 'waiting', label: 'Waiting', state: 'WAITING' },
  { id: 'sent', label: 'Sent', state: 'SENT' },
  { id: 'failed', label: 'Not sent', state: 'FAILED' },
] as const

export const metadata: Metadata = { title: SECTION.title }

type PageProps = {
  params: Promise<{ tenant: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function OutboxPage({ params, searchParams }: PageProps) {
  const { tenant } = await params
  const ctx = await dashboardContext(tenant)
  if (!SECTION.visibleTo(ctx.principal)) notFound()
  const current = tabOf(TABS, await searchParams)
  const firstPage = await listOutgoingEmails(ctx, { state: current.state ?? undefined })
  return (
    <>
      <PageHeader title={SECTION.title} description={SECTION.description} />
      {emailAvailable() ? null : (
        <Callout tone="warning" title="This installation sends no e-mail">
          New e-mails wait here until whoever runs it sets SMTP_URL and MAIL_FROM. Open one to see
          what would be sent.
        </Callout>
      )}
      <TabsNav
        label={SECTION.title}
        items={tabLinks(TABS, current, `/${tenant}/settings/outbox`)}
      />
      <Outbox
        key={current.id}
        tenant={tenant}
        now={ctx.now}
        state={current.state}
        firstPage={firstPage}
      />
    </>
  )
}
