import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { currentSession } from '@/app/_session/current-session'
import { requestFacts } from '@/app/_session/request-facts'
import type { UserPrincipal } from '@/lib/access/principal'
import { safeReturnTo } from '@/lib/auth/return-to'
import type { ActiveSession } from '@/lib/auth/sessions'
import { buildContext, type Context, type RequestFacts } from '@/lib/context'
import { runtime } from '@/lib/runtime'

export type DashboardContext = Context<UserPrincipal>

/** The context of a session in one organization, or null for an organization it has no part in. */
export function sessionContext(
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

/**
 * What every page and layout of an organization begins with. Logged-out people are sent to sign in and
 * back; someone else's organization is the same 404 as one that does not exist.
 */
export const dashboardContext = cache(async (tenant: string): Promise<DashboardContext> => {
  const session = await currentSession()
  if (!session) redirect(await signInPath())
  return sessionContext(session, tenant, await requestFacts()) ?? notFound()
})

async function signInPath(): Promise<string> {
  const returnTo = safeReturnTo((await headers()).get('x-fruxon-path'))
  return returnTo === '/' ? '/sign-in' : `/sign-in?returnTo=${encodeURIComponent(returnTo)}`
}
