import type { Hono, Context as HonoContext } from 'hono'
import { type Accepted, badCredential, invalidToken, noCredential } from '@/app/v1/_api/admission'
import { presentedHeaders } from '@/app/v1/_api/credential'
import { type Door, failed, incomingOf, serve } from '@/app/v1/_api/door'
import { DELIVERY_OPERATION, TOKEN_IN_PATH, TOKEN_IN_QUERY } from '@/app/v1/_api/inbound-operation'
import { ProblemError } from '@/app/v1/_api/problem'
import { json, type Reply } from '@/app/v1/_api/reply'
import { readLimited } from '@/app/v1/_api/request-body'
import { send } from '@/app/v1/_api/send'
import { routePattern } from '@/app/v1/_api/verb-path'
import { type ApiEnv, arrive, type Visit } from '@/app/v1/_api/visit'
import { addRequests, sumRequests } from '@/lib/activity/request-sums'
import { isDomainError } from '@/lib/errors'
import { isUuid } from '@/lib/ids'
import { DELIVERY_MAX_BYTES } from '@/lib/inbound/limits'
import { providerAt } from '@/lib/inbound/model'
import { deliverSigned } from '@/lib/inbound/receive'
import { InboundSignal } from '@/lib/inbound/signal'

type Ctx = HonoContext<ApiEnv>

/**
 * Deliveries from outside: by a Bearer as every call, by a token in the URL where a sender can do nothing else, or by
 * its provider's signature alone. What stands in the URL is in no log, no activity and no answer: all of them name
 * the pattern of the path.
 */
export function addInboundDelivery(app: Hono<ApiEnv>, door: Door): void {
  const signal = new InboundSignal(door.runtime.db.pool, (error) =>
    door.runtime.log.warn({ err: error }, 'delivery not signalled'),
  )
  const byToken = serve(door, DELIVERY_OPERATION, {}, (c, visit) => admitCarrier(door, c, visit))
  const bySignature = serveSigned(door)
  const handle = async (c: Ctx) => {
    const answer = await (carriersOf(c).count === 0 ? bySignature(c) : byToken(c))
    // A refusal left nothing to fire: strangers cause no work.
    if (answer.ok) signal.tell()
    return answer
  }
  app.post(routePattern(DELIVERY_OPERATION.path), handle)
  app.post(routePattern(`${DELIVERY_OPERATION.path}/{${TOKEN_IN_PATH}}`), handle)
}

interface Carriers {
  count: number
  header: boolean
  /** In the URL; empty where it is named without a value. */
  inUrl: string | null
}

function carriersOf(c: Ctx): Carriers {
  const { authorization, apiKey } = presentedHeaders(c.req.raw, incomingOf(c))
  const url = c.req.raw.url
  const start = url.indexOf('?')
  const inQuery = [...new URLSearchParams(start === -1 ? '' : url.slice(start + 1))]
    .filter(([name]) => /^(?:api_?key|access_token)$/i.test(name))
    .map(([name, value]) => (name === TOKEN_IN_QUERY ? value : ''))
  const inPath = c.req.param(TOKEN_IN_PATH)
  const header = authorization !== null || apiKey
  const inUrl = inPath ?? inQuery[0] ?? null
  return { header, inUrl, count: Number(header) + inQuery.length + Number(inPath !== undefined) }
}

/** @throws ProblemError 400 for two credentials, 401 for one that is not accepted where it stands */
async function admitCarrier(door: Door, c: Ctx, visit: Visit): Promise<Accepted> {
  const { count, inUrl } = carriersOf(c)
  const { admission } = door
  if (count > 1) {
    throw new ProblemError(
      badCredential('Send the token once: in the Authorization header, or in the URL, not both.'),
    )
  }
  if (inUrl === null) {
    return admission.admit(c.req.raw, incomingOf(c), visit, false)
  }
  const accepted = await admission.admitSecret(inUrl, visit, false)
  const { granted } = accepted.principal
  if (granted.length > 0 && granted.every((scope) => scope === 'inbound:deliver')) return accepted
  throw admission.failed(
    visit,
    invalidToken(
      'A token in the URL may hold inbound:deliver and nothing else. This one holds more: rotate it, since URLs end in logs.',
      {},
    ),
  )
}

/** No token at all: the signature is the whole credential. */
function serveSigned(door: Door): (c: Ctx) => Promise<Response> {
  const meter = door.metrics.meter(DELIVERY_OPERATION.path)
  return async (c) => {
    const visit = arrive(c, door.proxies)
    let reply: Reply
    try {
      reply = await takeSigned(door, c, visit)
    } catch (error) {
      reply = failed(door, DELIVERY_OPERATION, c.req.raw.url, visit, refusalOf(door, visit, error))
    }
    meter(visit.method, reply.status, (performance.now() - visit.startedAt) / 1000)
    return send(c, reply, {
      ...door.standingHeaders,
      'X-Request-Id': visit.requestId,
      ...reply.headers,
    })
  }
}

async function takeSigned({ runtime }: Door, c: Ctx, { now }: Visit): Promise<Reply> {
  const body = await readLimited(c.req.raw, DELIVERY_MAX_BYTES)
  const provider = providerAt(c.req.param('webhookProvider') ?? '')
  const webhookId = c.req.param('webhookId') ?? ''
  if (!provider || !isUuid(webhookId)) throw new ProblemError(noCredential(NO_PROOF))
  const { id, organizationId } = await deliverSigned(
    { pool: runtime.db.pool, crypto: runtime.crypto },
    c.req.param('tenant') ?? '',
    { webhookId: webhookId.toLowerCase(), provider, headers: c.req.raw.headers, body, now },
  )
  // It is no token's activity, but a request of the organization all the same.
  const sums = sumRequests([{ organizationId, at: now, channel: 'CONNECTOR', status: 200 }])
  await addRequests(runtime.db.pool, sums).catch((error: unknown) =>
    runtime.log.error({ err: error }, 'request not counted'),
  )
  return json({ id })
}

const NO_PROOF = 'This delivery has neither an accepted token nor an accepted signature.'

/** Guessing signatures is throttled as guessing tokens is. */
function refusalOf(door: Door, visit: Visit, error: unknown): unknown {
  const isUnproven =
    (isDomainError(error) && error.kind === 'unauthenticated') ||
    (error instanceof ProblemError && error.problem.status === 401)
  return isUnproven ? door.admission.failed(visit, noCredential(NO_PROOF)) : error
}
