import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { after } from 'next/server'
import { cache } from 'react'
import { currentSession } from '@/app/_session/current-session'
import { requestFacts } from '@/app/_session/request-facts'
import type { UserPrincipal } from '@/lib/access/principal'
import { safeReturnTo } from '@/lib/auth/return-to'
import { type ActiveSession, lacksSecondFactor } from '@/lib/auth/sessions'
import { buildContext, type Context, type RequestFacts } from '@/lib/context'
import { organizationAtAddress } from '@/lib/organization/address'
import { runtime } from '@/lib/runtime'
import { noteVisit } from '@/lib/team/presence'

export type DashboardContext = Context<UserPrincipal>

/**
 * The context of a session in one organization, for what is about the person's own account: open to those
 * too who lack the second factor that the organization requires. Null for an organization it has no part in.
 */
function accountContextAt(
  session: ActiveSession,
  tenant: string,
  request: RequestFacts,
): DashboardContext | null {
  const membership = session.memberships.find(({ organization }) => organization.slug === tenant)
  if (!membership) return null
  const { db, crypto } = runtime()
  return buildContext<UserPrincipal>({
    principal: {
      kind: 'user',
      userId: session.userId,
      sessionId: session.id,
      displayName: session.displayName,
      email: session.email,
      role: membership.role,
      reauthenticatedAt: session.reauthenticatedAt,
    },
    organization: membership.organization,
    db,
    crypto,
    // The clock that the session's times were written by, so that their differences mean something.
    now: session.now,
    request,
  })
}

/** The context of a session in one organization, or null where it may do nothing. */
export function sessionContext(
  session: ActiveSession,
  tenant: string,
  request: RequestFacts,
): DashboardContext | null {
  const ctx = accountContextAt(session, tenant, request)
  return ctx && !lacksSecondFactor(session, ctx.organization.id) ? ctx : null
}

/**
 * The same as `accountContextAt` for an address that the organization had before: pages that were open when
 * it moved go on.
 */
export async function accountContextAnywhere(
  session: ActiveSession,
  tenant: string,
  request: RequestFacts,
): Promise<DashboardContext | null> {
  const here = accountContextAt(session, tenant, request)
  if (here) return here
  const slug = await presentSlug(session, tenant)
  return slug === null ? null : accountContextAt(session, slug, request)
}

/** Where an organization of this person is now that was at `tenant` before; null for everybody else's. */
async function presentSlug(session: ActiveSession, tenant: string): Promise<string | null> {
  const organizations = session.memberships.map(({ organization }) => organization)
  const ids = organizations.map(({ id }) => id)
  const id = await organizationAtAddress(runtime().db.pool, tenant, ids)
  return organizations.find((organization) => organization.id === id)?.slug ?? null
}

/**
 * What every page of an organization begins with. Logged-out people are sent to sign in and back, from a
 * former address to the present one, and those who lack the second factor that the organization requires to
 * where they can set it up; someone else's organization is the same 404 as one that does not exist.
 */
export async function dashboardContext(tenant: string): Promise<DashboardContext> {
  const ctx = await accountContext(tenant)
  const session = await currentSession()
  if (session && lacksSecondFactor(session, ctx.organization.id)) {
    redirect(`/${ctx.organization.slug}/settings/profile?tab=security`)
  }
  return ctx
}

/**
 * The same for the frame around the pages and for pages about the person's own account, which are open to
 * those too who lack a second factor.
 */
export const accountContext = cache(async (tenant: string): Promise<DashboardContext> => {
  const session = await currentSession()
  if (!session) redirect(await signInPath())
  const here = accountContextAt(session, tenant, await requestFacts())
  if (here) {
    after(() => rememberVisit(here))
    return here
  }
  const slug = await presentSlug(session, tenant)
  // Not for ever, as a 308 would be: the organization may go back to where it was.
  if (slug !== null && slug !== tenant) redirect(await samePathAt(slug))
  notFound()
})

/** For "last active"; after the response, which must not wait for it or fail with it. */
async function rememberVisit({ db, organization, principal }: DashboardContext): Promise<void> {
  await noteVisit(db, { organizationId: organization.id, userId: principal.userId }).catch(
    (error: unknown) => runtime().log.warn({ err: error }, 'visit not noted'),
  )
}

/** The path and query of this request, in the organization at `slug`. */
async function samePathAt(slug: string): Promise<string> {
  const asked = safeReturnTo((await headers()).get('x-fruxon-path'))
  return asked === '/' ? `/${slug}/settings` : asked.replace(/^\/[^/?#]+/, `/${slug}`)
}

async function signInPath(): Promise<string> {
  const returnTo = safeReturnTo((await headers()).get('x-fruxon-path'))
  return returnTo === '/' ? '/sign-in' : `/sign-in?returnTo=${encodeURIComponent(returnTo)}`
}
