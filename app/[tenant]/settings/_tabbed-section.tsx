import { notFound } from 'next/navigation'
import { type ReactNode, Suspense } from 'react'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { tabLinks, tabOf } from '@/app/[tenant]/settings/_tabs'
import type { Section } from '@/app/[tenant]/settings/sections'
import { PageHeader } from '@/components/settings/page-header'
import { ListSkeleton } from '@/components/settings/page-skeleton'
import { SkeletonRegion } from '@/components/ui/skeleton'
import { TabsNav } from '@/components/ui/tabs-nav'

export type SearchParams = Record<string, string | string[] | undefined>

export type TabContentProps = { tenant: string; searchParams: SearchParams }

export type SectionTab = {
  id: string
  label: string
  /** Reads what it shows; nothing else of the section is read. */
  Content(props: TabContentProps): ReactNode | Promise<ReactNode>
}

export type TabbedSectionProps = TabContentProps & {
  section: Section
  tabs: readonly [SectionTab, ...SectionTab[]]
  /** Above the tabs, whichever is open. */
  notice?: ReactNode
}

/** A section in tabs: heading and tabs are there at once, what the tab shows follows. */
export async function TabbedSection({
  section,
  tabs,
  tenant,
  searchParams,
  notice,
}: TabbedSectionProps) {
  const { principal } = await dashboardContext(tenant)
  // Asked before anything is sent, because after that the status could only be 200.
  if (!section.visibleTo(principal)) notFound()
  const current = tabOf(tabs, searchParams)
  return (
    <>
      <PageHeader title={section.title} description={section.description} />
      {notice}
      <TabsNav
        label={section.title}
        items={tabLinks(tabs, current, `/${tenant}/settings/${section.slug}`)}
      />
      <Suspense
        key={current.id}
        fallback={
          <SkeletonRegion>
            <ListSkeleton />
          </SkeletonRegion>
        }
      >
        <current.Content tenant={tenant} searchParams={searchParams} />
      </Suspense>
    </>
  )
}
