import type { Context, Hono } from 'hono'
import type { Door } from '@/app/v1/_api/door'
import { unmatchedInstanceOf } from '@/app/v1/_api/instance'
import { type Problem, problem, problemOf } from '@/app/v1/_api/problem'
import { problemReply } from '@/app/v1/_api/reply'
import { send } from '@/app/v1/_api/send'
import { type ApiEnv, arrive } from '@/app/v1/_api/visit'
import { notFound } from '@/lib/errors'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Answers what no route takes: 405 where the path has other methods, else 404. Nobody is asked who they are. */
export function unmatched(door: Door, app: Hono<ApiEnv>): (c: Context<ApiEnv>) => Response {
  const meter = door.metrics.meter('unmatched')
  return (c) => {
    const visit = arrive(c, door.proxies)
    const allowed = METHODS.filter((method) => app.router.match(method, c.req.path)[0].length > 0)
    const answer = allowed.length > 0 ? methodNotAllowed(allowed) : problemOf(notFound())
    meter(visit.method, answer.status, (performance.now() - visit.startedAt) / 1000)
    return sendProblem(door, c, answer, visit.requestId)
  }
}

function methodNotAllowed(allowed: readonly string[]): Problem {
  const withHead = allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  return problem('method_not_allowed', `This path takes ${withHead.join(', ')}.`, {
    headers: { Allow: withHead.join(', ') },
  })
}

/** A problem outside of any operation. */
export function sendProblem(
  door: Door,
  c: Context<ApiEnv>,
  answer: Problem,
  requestId: string,
): Response {
  const reply = problemReply(answer, {
    instance: unmatchedInstanceOf(c.req.raw.url),
    id: requestId,
  })
  return send(c, reply, { ...door.standingHeaders, 'X-Request-Id': requestId, ...reply.headers })
}
