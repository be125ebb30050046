import { pageReadAt, SIGNAL_STREAM_HEADERS, signalStream } from '@/app/_serving/signal-stream'
import { currentSession } from '@/app/_session/current-session'
import { sessionContext } from '@/app/_session/dashboard-context'
import { requestFacts } from '@/app/_session/request-facts'
import { presentedSessionSecret } from '@/app/_session/session-cookie'
import { resolveSession } from '@/lib/auth/sessions'
import { isDomainError } from '@/lib/errors'
import { isUuid } from '@/lib/ids'
import { runtime } from '@/lib/runtime'
import { getToken } from '@/lib/tokens/queries'

export const dynamic = 'force-dynamic'

type RouteContext = { params: Promise<{ tenant: string; token: string }> }

/** Signals that the token was used; the rows themselves are read through the action, with its own check. */
export async function GET(request: Request, { params }: RouteContext): Promise<Response> {
  const { tenant, token } = await params
  const familyId = isUuid(token) ? await visibleFamily(tenant, token) : null
  if (familyId === null) return new Response(null, { status: 404 })
  const secret = await presentedSessionSecret()
  const { changes } = runtime()
  const channel = `activity:${familyId}`
  const stream = signalStream({
    subscribe: (listener) => changes.subscribe(channel, listener),
    changedBefore: () => changes.changedSince(channel, pageReadAt(request)),
    // A session that was revoked, or that lost sight of the token, must not keep listening.
    stillAllowed: async () => secret !== null && stillVisible(secret, tenant, token),
    aborted: request.signal,
  })
  return new Response(stream, { headers: SIGNAL_STREAM_HEADERS })
}

async function visibleFamily(tenant: string, tokenId: string): Promise<string | null> {
  const session = await currentSession()
  const ctx = session && sessionContext(session, tenant, await requestFacts())
  if (!ctx) return null
  try {
    return (await getToken(ctx, { tokenId })).familyId
  } catch (error) {
    if (isDomainError(error)) return null
    throw error
  }
}

async function stillVisible(secret: string, tenant: string, tokenId: string): Promise<boolean> {
  // Not `currentSession`: it remembers its answer for the length of a request, and this one never ends.
  const session = await resolveSession(runtime().db, secret)
  const ctx =
    session &&
    sessionContext(session, tenant, { id: '', channel: 'dashboard', ip: null, userAgent: null })
  if (!ctx) return false
  try {
    await getToken(ctx, { tokenId })
    return true
  } catch (error) {
    if (isDomainError(error)) return false
    throw error
  }
}
