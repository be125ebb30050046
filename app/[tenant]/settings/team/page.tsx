import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { emailAvailable } from '@/app/_session/email-available'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { PageHeader } from '@/components/settings/page-header'
import type { MemberFilters } from '@/components/team/member-table'
import { TeamPanel } from '@/components/team/team-panel'
import { can } from '@/lib/access/principal'
import { ROLES } from '@/lib/access/roles'
import { runtime } from '@/lib/runtime'
import { listInvitations, listMembers } from '@/lib/team/queries'

const SECTION = sectionOf('team')

export const metadata: Metadata = { title: SECTION.title }

type SearchParams = Record<string, string | string[] | undefined>
type PageProps = { params: Promise<{ tenant: string }>; searchParams: Promise<SearchParams> }

export default async function TeamPage({ params, searchParams }: PageProps) {
  const { tenant } = await params
  const query = await searchParams
  const ctx = await dashboardContext(tenant)
  if (!SECTION.visibleTo(ctx.principal)) notFound()
  const mayManage = can(ctx.principal, 'members:write')
  const [members, invitations] = await Promise.all([
    listMembers(ctx),
    mayManage ? listInvitations(ctx) : null,
  ])
  return (
    <>
      <PageHeader
        title={SECTION.title}
        description={
          mayManage
            ? SECTION.description
            : `${SECTION.description} Only admins invite people and change roles.`
        }
      />
      <TeamPanel
        members={members}
        invitations={invitations}
        facts={{
          tenant,
          organizationName: ctx.organization.name,
          publicUrl: runtime().environment.PUBLIC_URL,
          sendsEmail: emailAvailable(),
          now: ctx.now,
        }}
        initialFilters={filtersOf(query)}
      />
    </>
  )
}

function filtersOf(query: SearchParams): MemberFilters {
  const roles = [query.role ?? []].flat()
  const search = [query.q ?? ''].flat()[0] ?? ''
  return { search: search.slice(0, 200), roles: ROLES.filter((role) => roles.includes(role)) }
}
