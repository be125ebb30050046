import type { Metadata } from 'next'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { DeliveryLogTab, InboxTab } from '@/app/[tenant]/notifications/_tabs'
import { tabLinks, tabOf } from '@/app/[tenant]/settings/_tabs'
import { preferencesHref } from '@/components/notifications/preferences-href'
import { PageHeader } from '@/components/settings/page-header'
import { LinkButton } from '@/components/ui/link-button'
import { TabsNav } from '@/components/ui/tabs-nav'

type SearchParams = Record<string, string | string[] | undefined>
type PageProps = { params: Promise<{ tenant: string }>; searchParams: Promise<SearchParams> }

const TABS = [
  { id: 'inbox', label: 'Inbox', Content: InboxTab },
  { id: 'log', label: 'Delivery log', Content: DeliveryLogTab },
] as const

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  return { title: `${tabOf(TABS, await searchParams).label} · Notifications` }
}

export default async function NotificationsPage({ params, searchParams }: PageProps) {
  const { tenant } = await params
  const query = await searchParams
  const ctx = await dashboardContext(tenant)
  const current = tabOf(TABS, query)
  return (
    <>
      <PageHeader
        title="Notifications"
        description="What happened that concerns you, in all your organizations, and how you were told."
        actions={<LinkButton href={preferencesHref(tenant)}>Preferences</LinkButton>}
      />
      <TabsNav label="Notifications" items={tabLinks(TABS, current, `/${tenant}/notifications`)} />
      <current.Content ctx={ctx} tenant={tenant} query={query} />
    </>
  )
}
