import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { parseArgs } from 'node:util'
import { getRequestListener } from '@hono/node-server'
import next from 'next'
import { withActionStatus } from '@/app/_serving/action-status'
import { refuseMalformed } from '@/app/_serving/malformed-request'
import { refuseForeignOrigin } from '@/app/_serving/same-origin'
import { staticFiles } from '@/app/_serving/static-files'
import { createApi } from '@/app/v1/_api/api'
import { clientAddress, trustedProxies } from '@/app/v1/_api/client-ip'
import { refuseUnreadable } from '@/app/v1/_api/unreadable'
import { ROLE_FACTS } from '@/lib/access/roles'
import { DEMO_PASSWORD, listDemoLogins } from '@/lib/auth/demo'
import { createSetupLink } from '@/lib/auth/setup'
import {
  type Environment,
  EnvironmentError,
  publishAddressForNextAuth,
  readEnvironment,
} from '@/lib/env'
import { newId } from '@/lib/ids'
import { type StartedProduct, startProduct } from '@/lib/start'
import { seedDemo } from '@/prisma/seed'

/**
 * The production and development entry: one process, one port. `/v1`, the probes and webhooks go straight to
 * the API; everything else goes to Next (docs/decisions/0001-one-core-two-doors.md).
 */

type Listener = (request: IncomingMessage, response: ServerResponse) => void

const API_PATH =
  /^\/(?:v1(?:\/|\?|$)|(?:healthz|readyz|metrics|webhooks\/stripe|\.well-known\/security\.txt)(?:\?|$))/
const HEADERS_TIMEOUT_MS = 15_000
/** Longer than load balancers keep theirs (60 s): whoever closes first must not be the one who is just being asked. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000
const DRAIN_LIMIT_MS = 10_000

const { values: flags } = parseArgs({
  options: {
    dev: { type: 'boolean', default: false },
    demo: { type: 'boolean', default: false },
    'api-only': { type: 'boolean', default: false },
  },
})

/** Starts with what an operator reads; everything later is structured log lines. */
function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** In development Next builds at each request: there is nothing to serve before it. */
const passOn: ReturnType<typeof staticFiles> = (_request, _response, next) => next()

async function pagesListener(environment: Environment): Promise<{
  handle: Listener
  upgrade: ReturnType<ReturnType<typeof next>['getUpgradeHandler']> | null
  close(): Promise<void>
}> {
  const app = next({
    dev: flags.dev,
    dir: process.cwd(),
    hostname: environment.HOST,
    port: environment.PORT,
  })
  await app.prepare()
  const handle = app.getRequestHandler()
  const proxies = trustedProxies(environment)
  const serveStatic = flags.dev ? passOn : staticFiles(environment.NEXT_DIST_DIR)
  const secure = environment.PUBLIC_URL.startsWith('https:')
  return {
    upgrade: flags.dev ? app.getUpgradeHandler() : null,
    close: () => app.close(),
    handle(request, response) {
      // Set here and nowhere else, so that pages may believe them.
      request.headers['x-fruxon-client-ip'] = clientAddress(request, proxies) ?? ''
      request.headers['x-request-id'] = newId()
      if (secure)
        response.setHeader('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
      if (refuseForeignOrigin(request, response, environment.PUBLIC_URL)) return
      serveStatic(request, response, () =>
        withActionStatus(response, () => void handle(request, response)),
      )
    },
  }
}

/** All at once and last: whoever waits for "Ready" then has everything. */
async function announce(product: StartedProduct, environment: Environment): Promise<void> {
  const { db } = product.runtime
  const link = await createSetupLink(db)
  const logins = flags.demo ? await listDemoLogins(db) : []
  const lines = [`Ready: ${environment.PUBLIC_URL}`]
  if (link) {
    lines.push('Nobody is here yet. Make the first organization and admin with this one-time link:')
    lines.push(`${environment.PUBLIC_URL}/setup?link=${link}`)
  }
  if (logins.length > 0) lines.push(`Demo logins, all with the password ${DEMO_PASSWORD}:`)
  for (const { email, role, organizationNames } of logins) {
    const label = ROLE_FACTS[role].label
    lines.push(`  ${email.padEnd(24)}${label.padEnd(9)}${organizationNames.join(', ')}`)
  }
  say(`\n  ${lines.join('\n  ')}\n`)
}

async function main(): Promise<void> {
  const environment = readEnvironment()
  publishAddressForNextAuth(environment)
  const product = await startProduct(environment)
  const { log } = product.runtime
  const api = getRequestListener(createApi(product.runtime).fetch, {
    overrideGlobalObjects: false,
    errorHandler: () => refuseUnreadable(environment.PUBLIC_URL),
  })
  const pages = flags['api-only'] ? null : await pagesListener(environment)

  /** Streams of signals, which no answer ends. */
  const streams = new Set<ServerResponse>()
  const listen: Listener = (request, response) => {
    if (request.headers.accept === 'text/event-stream') {
      streams.add(response)
      response.once('close', () => streams.delete(response))
    }
    const isApi = request.headers.host === undefined || API_PATH.test(request.url ?? '')
    if (!pages || isApi) void api(request, response)
    else pages.handle(request, response)
  }
  // Without a Host the API refuses, with a problem; node would with an empty 400.
  const options = {
    headersTimeout: HEADERS_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    requireHostHeader: false,
  }
  const server = createServer(options, listen)
  // Without it node answers a bare 417, past every door; RFC 9110 lets a server ignore what it does not know.
  server.on('checkExpectation', listen)
  server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
    refuseMalformed(error, socket, environment.PUBLIC_URL),
  )
  server.on('upgrade', (request, socket, head) => {
    if (pages?.upgrade) void pages.upgrade(request, socket, head)
    else socket.destroy()
  })
  let stopping = false
  const stop = async (reason: string, exitCode: number) => {
    if (stopping) return
    stopping = true
    log.info({ reason }, 'stopping')
    const drained = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeIdleConnections()
    // Not drained: every open page has one, and its browser opens it again at whoever answers then.
    for (const stream of streams) stream.destroy()
    const limit = setTimeout(() => server.closeAllConnections(), DRAIN_LIMIT_MS)
    await drained
    clearTimeout(limit)
    await pages?.close()
    await product.close()
    process.exit(exitCode)
  }
  process.on('SIGINT', () => void stop('SIGINT', 0))
  process.on('SIGTERM', () => void stop('SIGTERM', 0))
  void product.databaseEnded.then(() => stop('the embedded database ended', 1))

  // Before anyone is let in, so that whoever comes finds everything.
  if (flags.demo) await seedDemo(product.runtime)
  if (stopping) return
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(environment.PORT, environment.HOST, resolve)
  })
  await announce(product, environment)
}

main().catch((error: unknown) => {
  const message =
    error instanceof EnvironmentError ? error.message : String((error as Error)?.stack ?? error)
  process.stderr.write(`${message}\n`)
  process.exit(1)
})
