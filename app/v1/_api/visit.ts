import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { clientAddress, type TrustedProxies } from '@/app/v1/_api/client-ip'
import type { RequestFacts } from '@/lib/context'
import { newId } from '@/lib/ids'

/** Set by the Node server; absent where Next hands over a bare Request. */
export type ApiEnv = { Bindings: Partial<HttpBindings> }

/** One request as it arrived. */
export interface Visit {
  requestId: string
  /** Epoch ms. */
  now: number
  /** performance.now() at arrival. */
  startedAt: number
  method: string
  ip: string | null
  userAgent: string | null
}

const USER_AGENT_MAX = 200

/** The request id is always ours: one from outside could forge another's log lines. */
export function arrive(c: Context<ApiEnv>, proxies: TrustedProxies): Visit {
  // Hono leaves `env` undefined where `fetch` is called without bindings.
  const incoming = (c.env as ApiEnv['Bindings'] | undefined)?.incoming as
    | import('node:http').IncomingMessage
    | undefined
  const userAgent = incoming
    ? (incoming.headers['user-agent'] ?? null)
    : c.req.raw.headers.get('user-agent')
  return {
    requestId: newId(),
    now: Date.now(),
    startedAt: performance.now(),
    method: c.req.raw.method,
    ip: incoming ? clientAddress(incoming, proxies) : null,
    userAgent:
      userAgent && userAgent.length > USER_AGENT_MAX
        ? userAgent.slice(0, USER_AGENT_MAX)
        : userAgent,
  }
}

export function requestFacts(visit: Visit): RequestFacts {
  return { id: visit.requestId, channel: 'api', ip: visit.ip, userAgent: visit.userAgent }
}
