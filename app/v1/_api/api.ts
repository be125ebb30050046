import { OpenAPIHono } from '@hono/zod-openapi'
import { Admission } from '@/app/v1/_api/admission'
import { trustedProxies } from '@/app/v1/_api/client-ip'
import { type Door, serve } from '@/app/v1/_api/door'
import { addInboundDelivery } from '@/app/v1/_api/inbound-delivery'
import { DELIVERY_OPERATION } from '@/app/v1/_api/inbound-operation'
import { addLeakIntake } from '@/app/v1/_api/leak-intake'
import { HttpMetrics } from '@/app/v1/_api/metrics'
import { serveAnyone } from '@/app/v1/_api/open-door'
import { openApiDocument, registerOperations } from '@/app/v1/_api/openapi'
import type { AnyOperation } from '@/app/v1/_api/operation'
import { OPERATIONS } from '@/app/v1/_api/operations'
import { servePerson } from '@/app/v1/_api/person-door'
import { addProbes } from '@/app/v1/_api/probes'
import { problemOf } from '@/app/v1/_api/problem'
import { FixedWindow } from '@/app/v1/_api/rate-limit'
import { standingHeaders } from '@/app/v1/_api/reply'
import { addSecurityTxt } from '@/app/v1/_api/security-txt'
import { send } from '@/app/v1/_api/send'
import { SessionAdmission } from '@/app/v1/_api/session-admission'
import { addStripeWebhook } from '@/app/v1/_api/stripe-webhook'
import { sendProblem, unmatched } from '@/app/v1/_api/unmatched'
import { routedPath, routePattern } from '@/app/v1/_api/verb-path'
import type { ApiEnv } from '@/app/v1/_api/visit'
import { newId } from '@/lib/ids'
import type { Runtime } from '@/lib/runtime'

const MINUTE_MS = 60_000
const DOCUMENT_HEADERS = {
  'Content-Type': 'application/json',
  'Cache-Control': 'public, max-age=300',
} as const

function handlerOf(door: Door, operation: AnyOperation) {
  if (operation.isOpen) return serveAnyone(door, operation)
  return operation.peopleOnly ? servePerson(door, operation) : serve(door, operation)
}

/**
 * The whole API over a running product: /v1, its OpenAPI document, the probes and webhooks. Nothing happens at
 * import; every app keeps its own rate windows and metrics.
 */
export function createApi(runtime: Runtime): OpenAPIHono<ApiEnv> {
  const { environment } = runtime
  const admission = new Admission(runtime)
  const minute = { limit: environment.API_RATE_LIMIT_PER_MINUTE, windowMs: MINUTE_MS }
  const door: Door = {
    runtime,
    admission,
    sessions: new SessionAdmission(runtime, admission),
    tokenLimit: new FixedWindow(minute),
    sessionLimit: new FixedWindow(minute),
    metrics: new HttpMetrics(),
    proxies: trustedProxies(environment),
    standingHeaders: standingHeaders(environment.PUBLIC_URL),
    policyHeader: `"token";q=${environment.API_RATE_LIMIT_PER_MINUTE};w=60`,
  }
  const app = new OpenAPIHono<ApiEnv>({ getPath: routedPath })
  registerOperations(app.openAPIRegistry, OPERATIONS)
  for (const operation of OPERATIONS) {
    // Deliveries come with other credentials than calls.
    if (operation === DELIVERY_OPERATION) continue
    app.on(operation.method.toUpperCase(), routePattern(operation.path), handlerOf(door, operation))
  }
  let documentText: string | undefined
  app.get('/v1/openapi.json', (c) => {
    const requestId = newId()
    documentText ??= JSON.stringify(openApiDocument(app))
    const reply = { status: 200, body: documentText, headers: DOCUMENT_HEADERS }
    return send(c, reply, { ...door.standingHeaders, 'X-Request-Id': requestId, ...reply.headers })
  })
  addInboundDelivery(app, door)
  addProbes(app, door)
  addLeakIntake(app, door)
  addSecurityTxt(app, door)
  if (runtime.billing.collector) addStripeWebhook(app, door, runtime.billing.collector)
  app.notFound(unmatched(door, app))
  app.onError((error, c) => {
    const requestId = newId()
    runtime.log.error({ err: error, requestId }, 'request failed outside of any operation')
    return sendProblem(door, c, problemOf(error), requestId)
  })
  return app
}
