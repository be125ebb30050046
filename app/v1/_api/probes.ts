import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Context, Hono } from 'hono'
import { type Door, incomingOf } from '@/app/v1/_api/door'
import { type Problem, ProblemError, problem, problemOf } from '@/app/v1/_api/problem'
import { json, type Reply } from '@/app/v1/_api/reply'
import { send } from '@/app/v1/_api/send'
import { sendProblem } from '@/app/v1/_api/unmatched'
import type { ApiEnv } from '@/app/v1/_api/visit'
import { notFound } from '@/lib/errors'
import { newId } from '@/lib/ids'

const READY_WITHIN_MS = 2000
const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/

type Ctx = Context<ApiEnv>

/** /healthz: the process answers. /readyz: so does the database. /metrics: for the scraper only. */
export function addProbes(app: Hono<ApiEnv>, door: Door): void {
  const answering = (work: (c: Ctx) => Reply | Promise<Reply>) => async (c: Ctx) => {
    const requestId = newId()
    try {
      const reply = await work(c)
      return send(c, reply, {
        ...door.standingHeaders,
        'X-Request-Id': requestId,
        ...reply.headers,
      })
    } catch (error) {
      return sendProblem(door, c, problemOf(error), requestId)
    }
  }
  app.get(
    '/healthz',
    answering(() => json({ status: 'ok' })),
  )
  app.get(
    '/readyz',
    answering(() => ready(door)),
  )
  app.get(
    '/metrics',
    answering((c) => metrics(door, c)),
  )
}

async function ready(door: Door): Promise<Reply> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ProblemError(notReady())), READY_WITHIN_MS)
  })
  try {
    await Promise.race([door.runtime.db.pool.query('SELECT 1'), late])
    return json({ status: 'ready' })
  } catch {
    throw new ProblemError(notReady())
  } finally {
    clearTimeout(timer)
  }
}

function notReady(): Problem {
  return problem('unavailable', 'The database does not answer.', {
    headers: { 'Retry-After': '5' },
  })
}

async function metrics(door: Door, c: Ctx): Promise<Reply> {
  const token = door.runtime.environment.METRICS_TOKEN
  if (token !== undefined) requireMetricsToken(c.req.raw.headers.get('authorization'), token)
  else if (!isLocal(incomingOf(c))) throw notFound()
  const { body, contentType } = await door.metrics.text()
  return { status: 200, body, headers: { 'Content-Type': contentType } }
}

function requireMetricsToken(header: string | null, token: string): void {
  const presented = /^bearer +(\S+)$/i.exec(header ?? '')?.[1] ?? ''
  const digest = (text: string) => createHash('sha256').update(text).digest()
  if (timingSafeEqual(digest(presented), digest(token))) return
  throw new ProblemError(
    problem('unauthenticated', 'Send METRICS_TOKEN as Authorization: Bearer <token>.', {
      headers: { 'WWW-Authenticate': 'Bearer' },
    }),
  )
}

/** A proxy on this host also connects from loopback, but says for whom: that is not local. */
function isLocal(incoming: IncomingMessage | undefined): boolean {
  const peer = incoming?.socket?.remoteAddress
  if (!incoming || !peer || !LOOPBACK.test(peer)) return false
  const { headers } = incoming
  return !headers['x-forwarded-for'] && !headers.forwarded && !headers.via && !headers['x-real-ip']
}
