import type { Context, Hono } from 'hono'
import { quotaExceeded } from '@/app/v1/_api/admission'
import type { Door } from '@/app/v1/_api/door'
import { parseJson } from '@/app/v1/_api/json-body'
import { ProblemError, problem, problemOf } from '@/app/v1/_api/problem'
import { FixedWindow, networkOf } from '@/app/v1/_api/rate-limit'
import { json, type Reply } from '@/app/v1/_api/reply'
import { readBody, readLimited } from '@/app/v1/_api/request-body'
import { send } from '@/app/v1/_api/send'
import { sendProblem } from '@/app/v1/_api/unmatched'
import { type ApiEnv, arrive, requestFacts, type Visit } from '@/app/v1/_api/visit'
import { queueLeakReport, settleGithubReports } from '@/lib/leaks/receive'
import { githubReportsSchema, leakReportSchema } from '@/lib/leaks/schema'

/**
 * Where leaked tokens are reported (docs/decisions/0022): by anybody, who learns nothing, and by GitHub's secret
 * scanning, which is known by its signature. Neither has an organization in its path: whose the token is, its
 * digest says.
 */

const ANYBODY = '/v1/leakReports'
const GITHUB = '/v1/leakReports/github'
const MINUTE_MS = 60_000
/** Of one network. Somebody who has found a hundred tokens has five minutes of work. */
const REPORTS_PER_MINUTE = 20
const REPORT_MAX_BYTES = 8 * 1024
const GITHUB_MAX_BYTES = 1024 * 1024

/** For a token that exists and one that does not. */
const THANKS = {
  status: 'received',
  detail:
    'Thank you. If this is a token of this service, the organization it belongs to is told and acts on it.',
}

export function addLeakIntake(app: Hono<ApiEnv>, door: Door): void {
  const window = new FixedWindow({ limit: REPORTS_PER_MINUTE, windowMs: MINUTE_MS })
  app.post(
    ANYBODY,
    answering(door, ANYBODY, async (c, visit) => {
      countReport(window, visit)
      const report = await readBody(c.req.raw, {
        schema: leakReportSchema,
        required: true,
        form: true,
        maxBytes: REPORT_MAX_BYTES,
      })
      await queueLeakReport(door.runtime, report, requestFacts(visit))
      return json(THANKS, 202)
    }),
  )
  app.post(
    GITHUB,
    answering(door, GITHUB, async (c, visit) => {
      const { headers } = c.req.raw
      const body = await readLimited(c.req.raw, GITHUB_MAX_BYTES).catch(brokenOff)
      const signed = {
        body,
        identifier: headers.get('github-public-key-identifier'),
        signature: headers.get('github-public-key-signature'),
      }
      if (!(await door.runtime.githubKeys.isSigned(signed, visit.now))) {
        throw door.admission.failed(visit, notSigned())
      }
      // Whoever signs may hear of each token whether it exists; nobody else comes this far.
      const reports = githubReportsSchema.parse(parseJson(Buffer.from(body).toString('utf8')))
      return json(await settleGithubReports(door.runtime, reports, requestFacts(visit)))
    }),
  )
}

function answering(
  door: Door,
  path: string,
  work: (c: Context<ApiEnv>, visit: Visit) => Promise<Reply>,
) {
  const meter = door.metrics.meter(path)
  return async (c: Context<ApiEnv>): Promise<Response> => {
    const visit = arrive(c, door.proxies)
    const { requestId } = visit
    const count = (status: number) =>
      meter(visit.method, status, (performance.now() - visit.startedAt) / 1000)
    try {
      const reply = await work(c, visit)
      count(reply.status)
      return send(c, reply, {
        ...door.standingHeaders,
        'X-Request-Id': requestId,
        ...reply.headers,
      })
    } catch (error) {
      const answer = problemOf(error)
      if (answer.status >= 500) {
        door.runtime.log.error({ err: error, requestId }, 'a leak report failed')
      }
      count(answer.status)
      return sendProblem(door, c, answer, requestId)
    }
  }
}

/** @throws ProblemError 429 */
function countReport(window: FixedWindow, { ip, now }: Visit): void {
  if (window.hit(networkOf(ip ?? ''), now) <= REPORTS_PER_MINUTE) return
  const seconds = window.secondsLeft(now)
  throw new ProblemError(
    quotaExceeded('reports', seconds, 'Too many reports from this network. Send the rest later.', {
      'RateLimit-Policy': `"reports";q=${REPORTS_PER_MINUTE};w=60`,
      RateLimit: `"reports";r=0;t=${seconds}`,
    }),
  )
}

/** Nothing of why: that would help only who tries some. */
function notSigned() {
  return problem(
    'signature_invalid',
    'The signature is missing or wrong, or its key is not known.',
    {
      headers: { 'WWW-Authenticate': 'Github-Public-Key-Signature' },
    },
  )
}

function brokenOff(error: unknown): never {
  if (error instanceof ProblemError) throw error
  throw new ProblemError(problem('invalid_request', 'The body broke off before its end.'))
}
