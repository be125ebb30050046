import type { Context as HonoContext } from 'hono'
import { CallPath } from '@/app/v1/_api/call-path'
import { type Door, failed } from '@/app/v1/_api/door'
import type { OpenCall, OpenOperation } from '@/app/v1/_api/operation'
import type { Reply } from '@/app/v1/_api/reply'
import { readBody } from '@/app/v1/_api/request-body'
import { send } from '@/app/v1/_api/send'
import { type ApiEnv, arrive, requestFacts, type Visit } from '@/app/v1/_api/visit'
import type { RequestFacts } from '@/lib/context'
import type { Runtime } from '@/lib/runtime'

type Ctx = HonoContext<ApiEnv>

/**
 * The way in for devices that nobody has signed in yet. Whatever credential they bring is not read; the core counts
 * them by their address.
 */
export function serveAnyone(door: Door, operation: OpenOperation): (c: Ctx) => Promise<Response> {
  const meter = door.metrics.meter(operation.path)
  return async (c) => {
    const visit = arrive(c, door.proxies)
    let reply: Reply
    try {
      const call = new AnonymousCall(c, door.runtime, visit)
      if (operation.body) call.body = await readBody(c.req.raw, operation.body)
      reply = await operation.run(call)
    } catch (error) {
      reply = failed(door, operation, c.req.raw.url, visit, error)
    }
    meter(visit.method, reply.status, (performance.now() - visit.startedAt) / 1000)
    return send(c, reply, {
      ...door.standingHeaders,
      'X-Request-Id': visit.requestId,
      ...reply.headers,
    })
  }
}

class AnonymousCall extends CallPath implements OpenCall {
  body: unknown = undefined
  readonly runtime: Runtime
  readonly request: RequestFacts

  constructor(c: Ctx, runtime: Runtime, visit: Visit) {
    super(c, runtime)
    this.runtime = runtime
    this.request = requestFacts(visit)
  }
}
