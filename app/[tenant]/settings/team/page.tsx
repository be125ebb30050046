import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { currentSession } from '@/app/_session/current-session'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { emailAvailable } from '@/app/_session/email-available'
import { sectionOf } from '@/app/[tenant]/settings/sections'
import { readListFilters } from '@/components/settings/list-filters'
import { PageHeader } from '@/components/settings/page-header'
import { memberFilters } from '@/components/team/team-facts'
import { TeamPanel } from '@/components/team/team-panel'
import { TwoFactorCard } from '@/components/team/two-factor-card'
import { can } from '@/lib/access/principal'
import { getTwoFactorPolicy } from '@/lib/organization/two-factor-policy'
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
  const [members, invitations, twoFactor, session] = await Promise.all([
    listMembers(ctx),
    mayManage ? listInvitations(ctx) : null,
    mayManage ? getTwoFactorPolicy(ctx) : null,
    currentSession(),
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
        initialFilters={readListFilters(query, memberFilters(mayManage))}
      />
      {twoFactor ? (
        <TwoFactorCard
          tenant={tenant}
          policy={twoFactor}
          ownMissing={session?.hasSecondFactor === false && session.signInMethod === 'PASSWORD'}
        />
      ) : null}
    </>
  )
}
