import { pageReadAt, SIGNAL_STREAM_HEADERS, signalStream } from '@/app/_serving/signal-stream'
import { currentSession } from '@/app/_session/current-session'
import { sessionContext } from '@/app/_session/dashboard-context'
import { requestFacts } from '@/app/_session/request-facts'
import { presentedSessionSecret } from '@/app/_session/session-cookie'
import { can } from '@/lib/access/principal'
import { type ActiveSession, resolveSession } from '@/lib/auth/sessions'
import { runtime } from '@/lib/runtime'
import { usageChannel } from '@/lib/usage/usage-signals'

export const dynamic = 'force-dynamic'

type RouteContext = { params: Promise<{ tenant: string }> }

/** Signals that something was counted; the page reads it anew, with its own check. */
export async function GET(request: Request, { params }: RouteContext): Promise<Response> {
  const { tenant } = await params
  const organizationId = await readable(await currentSession(), tenant)
  if (organizationId === null) return new Response(null, { status: 404 })
  const secret = await presentedSessionSecret()
  const { changes } = runtime()
  const channel = usageChannel(organizationId)
  const stream = signalStream({
    subscribe: (listener) => changes.subscribe(channel, listener),
    changedBefore: () => changes.changedSince(channel, pageReadAt(request)),
    // Not `currentSession`: it remembers its answer for the length of a request, and this one never ends.
    stillAllowed: async () =>
      secret !== null &&
      (await readable(await resolveSession(runtime().db, secret), tenant)) !== null,
    aborted: request.signal,
  })
  return new Response(stream, { headers: SIGNAL_STREAM_HEADERS })
}

async function readable(session: ActiveSession | null, tenant: string): Promise<string | null> {
  const ctx = session && sessionContext(session, tenant, await requestFacts())
  return ctx && can(ctx.principal, 'usage:read') ? ctx.organization.id : null
}
