import { currentSession } from '@/app/_session/current-session'
import { accountContextAnywhere } from '@/app/_session/dashboard-context'
import { requestFacts } from '@/app/_session/request-facts'
import { unreadCount } from '@/lib/notifications/inbox'

export const dynamic = 'force-dynamic'

type RouteContext = { params: Promise<{ tenant: string }> }

/** How many notices of this person are unread. A route and not an action: those wait for each other. */
export async function GET(_request: Request, { params }: RouteContext): Promise<Response> {
  const session = await currentSession()
  const ctx =
    session && (await accountContextAnywhere(session, (await params).tenant, await requestFacts()))
  if (!ctx) return new Response(null, { status: 404 })
  const count = await unreadCount(ctx.db, ctx.principal.userId)
  return Response.json({ count, asOf: ctx.now }, { headers: { 'cache-control': 'no-store' } })
}
