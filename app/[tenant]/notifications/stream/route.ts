import { pageReadAt, SIGNAL_STREAM_HEADERS, signalStream } from '@/app/_serving/signal-stream'
import { currentSession } from '@/app/_session/current-session'
import { accountContextAnywhere } from '@/app/_session/dashboard-context'
import { requestFacts } from '@/app/_session/request-facts'
import { presentedSessionSecret } from '@/app/_session/session-cookie'
import { resolveSession } from '@/lib/auth/sessions'
import { NOTIFICATIONS_CHANNEL } from '@/lib/notifications/notify'
import { runtime } from '@/lib/runtime'

export const dynamic = 'force-dynamic'

type RouteContext = { params: Promise<{ tenant: string }> }

/** Signals that the notices of this person have changed; what they are is read apart. */
export async function GET(request: Request, { params }: RouteContext): Promise<Response> {
  const session = await currentSession()
  const secret = await presentedSessionSecret()
  const ctx =
    session && (await accountContextAnywhere(session, (await params).tenant, await requestFacts()))
  if (!ctx || secret === null) return new Response(null, { status: 404 })
  const { userId } = ctx.principal
  const { changes } = runtime()
  const channel = `${NOTIFICATIONS_CHANNEL}/${userId}`
  const stream = signalStream({
    subscribe: (listener) => changes.subscribe(channel, listener),
    changedBefore: () => changes.changedSince(channel, pageReadAt(request)),
    // Not `currentSession`: it remembers its answer for the length of a request, and this one never ends.
    stillAllowed: async () => (await resolveSession(runtime().db, secret))?.userId === userId,
    aborted: request.signal,
  })
  return new Response(stream, { headers: SIGNAL_STREAM_HEADERS })
}
