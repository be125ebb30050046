import type { IncomingMessage } from 'node:http'
import type { Context as HonoContext } from 'hono'
import { type Accepted, type Admission, quotaExceeded } from '@/app/v1/_api/admission'
import type { TrustedProxies } from '@/app/v1/_api/client-ip'
import { addDeprecation } from '@/app/v1/_api/deprecation'
import { readIdempotencyKey } from '@/app/v1/_api/idempotency-key'
import { instanceOf } from '@/app/v1/_api/instance'
import { LiveCall } from '@/app/v1/_api/live-call'
import type { HttpMetrics } from '@/app/v1/_api/metrics'
import type { AnyOperation, Operation } from '@/app/v1/_api/operation'
import {
  asJsonRpcError,
  type Problem,
  ProblemError,
  problem,
  problemOf,
} from '@/app/v1/_api/problem'
import type { FixedWindow } from '@/app/v1/_api/rate-limit'
import { problemReply, type Reply } from '@/app/v1/_api/reply'
import { readBody } from '@/app/v1/_api/request-body'
import { send } from '@/app/v1/_api/send'
import type { SessionAdmission } from '@/app/v1/_api/session-admission'
import { type ApiEnv, arrive, type Visit } from '@/app/v1/_api/visit'
import { actorOf } from '@/lib/access/principal'
import { channelOf } from '@/lib/access/request-channel'
import { DomainError, isDomainError, notFound } from '@/lib/errors'
import { organizationAtAddress } from '@/lib/organization/address'
import type { Runtime } from '@/lib/runtime'

/** What all operations of one app share. */
export interface Door {
  runtime: Runtime
  admission: Admission
  sessions: SessionAdmission
  tokenLimit: FixedWindow
  sessionLimit: FixedWindow
  metrics: HttpMetrics
  proxies: TrustedProxies
  standingHeaders: Readonly<Record<string, string>>
  /** `RateLimit-Policy` of tokens. */
  policyHeader: string
}

type Ctx = HonoContext<ApiEnv>
type Headers = Readonly<Record<string, string>>
/** Who calls. @throws ProblemError */
type Admit = (c: Ctx, visit: Visit) => Promise<Accepted>

/**
 * The one way in for tokens. A single function a route, because Hono skips its middleware machinery then: this runs
 * for every call of every program.
 */
export function serve(
  door: Door,
  operation: Operation,
  ownHeaders: Headers = {},
  admit: Admit = (c, visit) =>
    door.admission.admit(c.req.raw, incomingOf(c), visit, operation.rotates === true),
): (c: Ctx) => Promise<Response> {
  const standingHeaders = { ...door.standingHeaders, ...ownHeaders }
  const meter = door.metrics.meter(operation.path)
  return async (c) => {
    const visit = arrive(c, door.proxies)
    const headers: Record<string, string> = {
      ...standingHeaders,
      'X-Request-Id': visit.requestId,
    }
    let accepted: Accepted | null = null
    let reply: Reply
    try {
      accepted = await admit(c, visit)
      if (accepted.principal.expiresAt !== null) {
        headers['Fruxon-Token-Expiration'] = new Date(accepted.principal.expiresAt).toISOString()
      }
      if (!operation.unlimited) countCall(door, accepted, visit, headers)
      reply = await perform(door, operation, c, visit, accepted)
    } catch (error) {
      reply = failed(door, operation, c.req.raw.url, visit, error)
    }
    Object.assign(headers, reply.headers)
    if (operation.successor) addDeprecation(headers, c.req.raw.url)
    const latencyMs = performance.now() - visit.startedAt
    if (accepted) record(door, operation, visit, accepted, reply.status, latencyMs)
    meter(visit.method, reply.status, latencyMs / 1000)
    return send(c, reply, headers)
  }
}

export function incomingOf(c: Ctx): IncomingMessage | undefined {
  return (c.env as ApiEnv['Bindings'] | undefined)?.incoming as IncomingMessage | undefined
}

/** Counts against the token, and says where it stands. @throws ProblemError 429 */
function countCall(
  door: Door,
  accepted: Accepted,
  visit: Visit,
  headers: Record<string, string>,
): void {
  const { tokenLimit } = door
  const count = tokenLimit.hit(accepted.token.id, visit.now)
  const seconds = tokenLimit.secondsLeft(visit.now)
  const left = count < tokenLimit.limit ? tokenLimit.limit - count : 0
  headers['RateLimit-Policy'] = door.policyHeader
  headers.RateLimit = `"token";r=${left};t=${seconds}`
  if (count > tokenLimit.limit) {
    throw new ProblemError(
      quotaExceeded('token', seconds, `This token may call ${tokenLimit.limit} times a minute.`),
    )
  }
}

function perform(
  door: Door,
  operation: Operation,
  c: Ctx,
  visit: Visit,
  accepted: Accepted,
): Reply | Promise<Reply> {
  const { organization } = accepted
  const tenant = c.req.param('tenant')
  if (tenant === undefined) return performHere(door, operation, c, visit, accepted)
  return tenant === organization.slug || tenant.toLowerCase() === organization.id
    ? performHere(door, operation, c, visit, accepted)
    : performAtFormerAddress(tenant, door, operation, c, visit, accepted)
}

/** Programs that were told of an address keep it when the organization moves. */
async function performAtFormerAddress(
  tenant: string,
  ...[door, operation, c, visit, accepted]: Parameters<typeof perform>
): Promise<Reply> {
  const own = accepted.organization.id
  if ((await organizationAtAddress(door.runtime.db.pool, tenant, [own])) !== own) {
    throw new ProblemError(operation.tellsWrongTenant ? wrongTenant() : problemOf(notFound()))
  }
  return performHere(door, operation, c, visit, accepted)
}

function performHere(
  door: Door,
  operation: Operation,
  c: Ctx,
  visit: Visit,
  accepted: Accepted,
): Reply | Promise<Reply> {
  requirePurpose(operation, accepted)
  const call = new LiveCall({ accepted, runtime: door.runtime, c, visit })
  if (operation.idempotent) {
    call.idempotencyKey = readIdempotencyKey(c.req.raw.headers.get('idempotency-key'))
  }
  return operation.body ? withBody(operation, operation.body, call, c.req.raw) : operation.run(call)
}

/** What was made for an integration calls its MCP server: it has no business with anything else, however small. */
function requirePurpose({ scope }: Operation, { principal }: Accepted): void {
  if (principal.owner.type !== 'integration' || scope === 'mcp:invoke') return
  throw new DomainError(
    'forbidden',
    'insufficient_scope',
    'This is the key of an MCP server: it calls that, and nothing else of the API.',
    { missingScopes: scope === null ? [] : [scope] },
  )
}

async function withBody(
  operation: Operation,
  rule: NonNullable<Operation['body']>,
  call: LiveCall,
  request: Request,
): Promise<Reply> {
  call.body = await readBody(request, rule)
  return operation.run(call)
}

function wrongTenant(): Problem {
  return problem('wrong_tenant', 'The token is good, but it belongs to another organization.')
}

/** Tells the caller what it may know and the log what we must. */
export function failed(
  door: Door,
  operation: AnyOperation,
  url: string,
  visit: Visit,
  error: unknown,
): Reply {
  const answer = operation.jsonRpc ? asJsonRpcError(problemOf(error)) : problemOf(error)
  const place = { requestId: visit.requestId, route: operation.path, method: visit.method }
  if (isDomainError(error)) {
    // Of others on whom the answer depends, and no fault of ours.
    if (answer.status >= 500) door.runtime.log.warn({ ...place, code: answer.code }, 'unavailable')
  } else if (answer.status >= 500) {
    const event = answer.status === 503 ? 'database away' : 'request failed'
    door.runtime.log.error({ err: error, ...place }, event)
  }
  const instance = operation.secretInPath ? operation.path : instanceOf(url)
  return problemReply(answer, { instance, id: visit.requestId })
}

function record(
  door: Door,
  operation: Operation,
  visit: Visit,
  { principal, token }: Accepted,
  status: number,
  latencyMs: number,
): void {
  door.runtime.activity.record({
    organizationId: token.organizationId,
    familyId: token.familyId,
    tokenId: token.id,
    serviceAccountId: token.ownerType === 'service-account' ? token.ownerId : null,
    at: visit.now,
    method: visit.method,
    route: operation.path,
    status,
    latencyMs,
    ip: visit.ip,
    userAgent: visit.userAgent,
    actor: actorOf(principal).label,
    // A call refused for want of a scope is no use of it: right-sizing reads this.
    scope: status === 403 ? null : operation.scope,
    channel: channelOf(operation.scope, principal.granted),
    requestId: visit.requestId,
    lastUsedAt: token.lastUsedAt,
  })
}
