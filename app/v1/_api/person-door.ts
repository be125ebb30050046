import type { Context as HonoContext } from 'hono'
import { quotaExceeded } from '@/app/v1/_api/admission'
import { hasCredentialInQuery, presentedHeaders } from '@/app/v1/_api/credential'
import { addDeprecation } from '@/app/v1/_api/deprecation'
import { type Door, failed, incomingOf, serve } from '@/app/v1/_api/door'
import type { Operation, PersonOperation } from '@/app/v1/_api/operation'
import { SessionCall, TokenPersonCall } from '@/app/v1/_api/person-call'
import { ProblemError } from '@/app/v1/_api/problem'
import type { Reply } from '@/app/v1/_api/reply'
import { readBody } from '@/app/v1/_api/request-body'
import { send } from '@/app/v1/_api/send'
import { type ApiEnv, arrive, requestFacts, type Visit } from '@/app/v1/_api/visit'
import type { UserPrincipal } from '@/lib/access/principal'
import { secondFactorMissing } from '@/lib/auth/second-factor-missing'
import { type ActiveSession, lacksSecondFactor } from '@/lib/auth/sessions'
import { buildContext, type Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import { organizationAtAddress } from '@/lib/organization/address'

type Ctx = HonoContext<ApiEnv>

/** Besides the standing headers: no cache and no page of another site has any use of what a cookie opened. */
const HEADERS = { Vary: 'Cookie', 'Cross-Origin-Resource-Policy': 'same-origin' } as const

/**
 * The way in for people. RFC 6750 lets a request have one credential: the cookie counts only where nothing
 * else is presented, and whatever else is goes the way of the tokens.
 */
export function servePerson(door: Door, operation: PersonOperation): (c: Ctx) => Promise<Response> {
  const meter = door.metrics.meter(operation.path)
  const serveToken = serve(door, asTokensMeetIt(operation), HEADERS)
  return async (c) => {
    if (presentsAnother(c)) return serveToken(c)
    const visit = arrive(c, door.proxies)
    const headers: Record<string, string> = {
      ...door.standingHeaders,
      ...HEADERS,
      'X-Request-Id': visit.requestId,
    }
    let reply: Reply
    try {
      const session = await door.sessions.admit(c.req.raw, visit)
      countCall(door, session, visit, headers)
      reply = await perform(door, operation, c, visit, session)
    } catch (error) {
      reply = failed(door, operation, c.req.raw.url, visit, error)
    }
    Object.assign(headers, reply.headers)
    if (operation.successor) addDeprecation(headers, c.req.raw.url)
    meter(visit.method, reply.status, (performance.now() - visit.startedAt) / 1000)
    return send(c, reply, headers)
  }
}

function presentsAnother(c: Ctx): boolean {
  const { authorization, repeated, apiKey } = presentedHeaders(c.req.raw, incomingOf(c))
  return authorization !== null || repeated || apiKey || hasCredentialInQuery(c.req.raw.url)
}

/** A token passes the door as everywhere, and hears from the core that this is not for it. */
function asTokensMeetIt(operation: PersonOperation): Operation {
  const { peopleOnly: _peopleOnly, permission: _permission, run, ...facts } = operation
  return { ...facts, scope: null, run: (call) => run(new TokenPersonCall(call)) }
}

/** Counts against the session, and says where it stands. @throws ProblemError 429 */
function countCall(
  { sessionLimit }: Door,
  session: ActiveSession,
  visit: Visit,
  headers: Record<string, string>,
): void {
  const count = sessionLimit.hit(session.id, visit.now)
  const seconds = sessionLimit.secondsLeft(visit.now)
  headers['RateLimit-Policy'] = `"session";q=${sessionLimit.limit};w=60`
  headers.RateLimit = `"session";r=${Math.max(0, sessionLimit.limit - count)};t=${seconds}`
  if (count > sessionLimit.limit) {
    const detail = `This session may call ${sessionLimit.limit} times a minute.`
    throw new ProblemError(quotaExceeded('session', seconds, detail))
  }
}

async function perform(
  door: Door,
  operation: PersonOperation,
  c: Ctx,
  visit: Visit,
  session: ActiveSession,
): Promise<Reply> {
  const tenant = c.req.param('tenant')
  const ctx = tenant === undefined ? null : await contextAt(door, session, tenant, visit)
  const call = new SessionCall({ c, runtime: door.runtime, visit, session, ctx })
  if (operation.body) call.body = await readBody(c.req.raw, operation.body)
  return operation.run(call)
}

/** @throws DomainError not-found for an organization of others | forbidden `two_factor_required` */
async function contextAt(
  { runtime: { db, crypto } }: Door,
  session: ActiveSession,
  tenant: string,
  visit: Visit,
): Promise<Context<UserPrincipal>> {
  const { memberships } = session
  const isNamed = ({ id, slug }: { id: string; slug: string }) =>
    slug === tenant || id === tenant.toLowerCase()
  let here = memberships.find(({ organization }) => isNamed(organization))
  if (!here) {
    const ids = memberships.map(({ organization }) => organization.id)
    const moved = await organizationAtAddress(db.pool, tenant, ids)
    here = memberships.find(({ organization }) => organization.id === moved)
  }
  if (!here) throw notFound()
  const { organization, role } = here
  if (lacksSecondFactor(session, organization.id)) throw secondFactorMissing(organization.name)
  const { id: sessionId, userId, displayName, email, reauthenticatedAt, now } = session
  return buildContext<UserPrincipal>({
    principal: { kind: 'user', userId, sessionId, displayName, email, role, reauthenticatedAt },
    organization,
    db,
    crypto,
    // The clock that the session's times were written by, so that their differences mean something.
    now,
    request: requestFacts(visit),
  })
}
