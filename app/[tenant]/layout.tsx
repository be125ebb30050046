import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { currentSession } from '@/app/_session/current-session'
import { accountContext, type DashboardContext } from '@/app/_session/dashboard-context'
import { visibleQuickActions } from '@/app/[tenant]/settings/quick-actions'
import { SECTION_GROUPS, sectionPath, visibleSections } from '@/app/[tenant]/settings/sections'
import { Shell } from '@/components/shell/shell'
import type { OrganizationLink, ShellFacts } from '@/components/shell/shell-facts'
import { THEME_COOKIE, themeChoiceOf } from '@/components/shell/theme'
import { ROLE_FACTS } from '@/lib/access/roles'
import type { SessionMembership } from '@/lib/auth/sessions'
import { unreadCount } from '@/lib/notifications/inbox'

type TenantLayoutProps = { params: Promise<{ tenant: string }>; children: ReactNode }

/** Never refuses: what is thrown here would take the title from the "not found" page too. */
export async function generateMetadata({ params }: TenantLayoutProps): Promise<Metadata> {
  const { tenant } = await params
  const memberships = (await currentSession())?.memberships ?? []
  const name = memberships.find(({ organization }) => organization.slug === tenant)?.organization
    .name
  return name ? { title: { default: name, template: `%s · ${name} · Fruxon` } } : {}
}

export default async function TenantLayout({ params, children }: TenantLayoutProps) {
  const ctx = await accountContext((await params).tenant)
  const theme = themeChoiceOf((await cookies()).get(THEME_COOKIE)?.value)
  return (
    <Shell facts={await shellFacts(ctx)} theme={theme}>
      {children}
    </Shell>
  )
}

async function shellFacts(ctx: DashboardContext): Promise<ShellFacts> {
  const { principal, organization } = ctx
  const [session, unread] = await Promise.all([
    currentSession(),
    unreadCount(ctx.db, principal.userId),
  ])
  const memberships = session?.memberships ?? []
  const sections = visibleSections(principal)
  const here = memberships.find((membership) => membership.organization.id === organization.id)
  return {
    organization: linkTo(here ?? { organization, role: principal.role, logoId: null }),
    organizations: memberships.map(linkTo),
    person: {
      userId: principal.userId,
      displayName: principal.displayName,
      email: principal.email,
      avatarId: session?.avatarId ?? null,
    },
    unread: { count: unread, asOf: ctx.now },
    sectionGroups: SECTION_GROUPS.map((label) => ({
      label,
      sections: sections
        .filter(({ group }) => group === label)
        .map((section) => ({
          href: sectionPath(organization.slug, section),
          title: section.title,
          icon: section.icon,
          keywords: [...section.keywords],
        })),
    })).filter((group) => group.sections.length > 0),
    commands: visibleQuickActions(principal).map(({ title, path, keywords }) => ({
      title,
      href: `/${organization.slug}/settings/${path}`,
      keywords: [...keywords],
    })),
  }
}

function linkTo({
  organization,
  role,
  logoId,
}: Pick<SessionMembership, 'organization' | 'role' | 'logoId'>): OrganizationLink {
  const { slug, name } = organization
  return { slug, name, logoId, roleLabel: ROLE_FACTS[role].label }
}
