import type { Metadata } from 'next'
import { tabLinks, tabOf } from '@/app/[tenant]/settings/_tabs'
import { NotificationsTab } from '@/app/[tenant]/settings/profile/_notifications-tab'
import { ProfileTab } from '@/app/[tenant]/settings/profile/_profile-tab'
import { SecurityTab } from '@/app/[tenant]/settings/profile/_security-tab'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { PageHeader } from '@/components/settings/page-header'
import { TabsNav } from '@/components/ui/tabs-nav'

const SECTION = sectionOf('profile')

type SearchParams = Record<string, string | string[] | undefined>
type PageProps = { params: Promise<{ tenant: string }>; searchParams: Promise<SearchParams> }

/** Each reads what it shows, and nothing else is read. */
const TABS = [
  { id: 'profile', label: 'Profile', Content: ProfileTab },
  { id: 'security', label: 'Security', Content: SecurityTab },
  { id: 'notifications', label: 'Notifications', Content: NotificationsTab },
] as const

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  const { label } = tabOf(TABS, await searchParams)
  return { title: label === SECTION.title ? label : `${label} · ${SECTION.title}` }
}

export default async function ProfilePage({ params, searchParams }: PageProps) {
  const { tenant } = await params
  const current = tabOf(TABS, await searchParams)
  return (
    <>
      <PageHeader title={SECTION.title} description={SECTION.description} />
      <TabsNav
        label={SECTION.title}
        items={tabLinks(TABS, current, `/${tenant}/settings/${SECTION.slug}`)}
      />
      <current.Content tenant={tenant} />
    </>
  )
}
