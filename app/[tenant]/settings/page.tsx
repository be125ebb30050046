import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { sectionPath, visibleSections } from '@/app/[tenant]/settings/sections'

type SettingsPageProps = { params: Promise<{ tenant: string }> }

/** Refuses as the page does, so that the "not found" page comes with its own title. */
export async function generateMetadata({ params }: SettingsPageProps): Promise<Metadata> {
  await dashboardContext((await params).tenant)
  return {}
}

export default async function SettingsPage({ params }: SettingsPageProps) {
  const { tenant } = await params
  const { principal } = await dashboardContext(tenant)
  const [first] = visibleSections(principal)
  if (!first) notFound()
  redirect(sectionPath(tenant, first))
}
