import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '@/lib/ids'
import { httpTarget } from '@/lib/inbound/http-target'
import { isSignedBy, newSigningSecret } from '@/lib/inbound/signatures'
import type { Firing } from '@/lib/inbound/trigger-target'

interface Seen {
  path: string | undefined
  headers: IncomingMessage['headers']
  body: Buffer
}

let server: Server
let origin: string
const seen: Seen[] = []
const secret = newSigningSecret()

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    seen.push({ path: request.url, headers: request.headers, body: Buffer.concat(chunks) })
    if (request.url === '/silent') return
    if (request.url === '/endless') {
      response.writeHead(200)
      response.write('more to come')
      return
    }
    if (request.url === '/moved') response.writeHead(307, { Location: `${origin}/elsewhere` })
    else response.writeHead(request.url === '/bad' ? 503 : 202)
    response.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const firing = (): Firing => ({
  organizationId: newId(),
  webhookId: newId(),
  webhookName: 'Orders',
  subscriptionId: newId(),
  deliveryId: newId(),
  attempt: 2,
  provider: 'GITHUB',
  eventType: 'push',
  contentType: 'application/json',
  body: Buffer.from('{"ünï":"côdé"}'),
  secrets: [secret],
})

const fire = (
  path: string,
  allowed: readonly string[] = [origin],
  timeoutMs = 2000,
  facts: Partial<Firing> = {},
) =>
  httpTarget({ timeoutMs, allowedOrigins: allowed }).fire(
    { kind: 'HTTP', url: path.startsWith('http') ? path : origin + path },
    { ...firing(), ...facts },
  )

describe('a forward', () => {
  it.each([
    ['order.paid 100%', 'order.paid 100%'],
    ['заказ.создан', encodeURIComponent('заказ.создан')],
    ['café', 'caf%C3%A9'],
    ['a\r\nX-Evil: 1', 'a%0D%0AX-Evil%3A%201'],
    ['half \ud800', 'half%20%EF%BF%BD'],
  ])('names the event %j as a header can', async (eventType, header) => {
    expect(await fire('/in', [origin], 2000, { eventType })).toMatchObject({ succeeded: true })
    expect(seen.at(-1)?.headers).toMatchObject({ 'fruxon-event': header })
    expect(seen.at(-1)?.headers).not.toHaveProperty('x-evil')
  })

  it('carries the body as it came, and a signature that its receiver can check', async () => {
    expect(await fire('/in?a=b')).toEqual({
      succeeded: true,
      status: 202,
      outcome: 'Answered 202.',
    })
    const got = seen.at(-1)
    expect(got?.path).toBe('/in?a=b')
    expect(got?.body.toString()).toBe('{"ünï":"côdé"}')
    expect(got?.headers).toMatchObject({ 'fruxon-event': 'push', 'fruxon-attempt': '2' })
    const headers = new Headers(got?.headers as Record<string, string>)
    const request = { headers, body: got?.body ?? Buffer.alloc(0), now: Date.now() }
    expect(isSignedBy('STANDARD', [secret], request)).toBe(true)
  })

  it('ends with the status: an answer without end holds up nobody', async () => {
    expect(await fire('/endless')).toMatchObject({ succeeded: true, status: 200 })
  })

  it('follows no redirect, and takes whatever is not 2xx for a failure', async () => {
    expect(await fire('/moved')).toMatchObject({
      succeeded: false,
      status: 307,
      outcome: 'Answered 307: redirects are not followed.',
    })
    expect(seen.at(-1)?.path).toBe('/moved')
    expect(await fire('/bad')).toMatchObject({ succeeded: false, status: 503 })
  })

  it('gives up in time', async () => {
    expect(await fire('/silent', [origin], 200)).toMatchObject({
      succeeded: false,
      status: null,
      outcome: 'No answer within 0.2 seconds.',
    })
  })

  it('goes into no private network, by address or by name', async () => {
    const before = seen.length
    const port = new URL(origin).port
    const forbidden = [
      origin,
      `https://127.0.0.1:${port}/`,
      `https://localhost:${port}/`,
      'https://169.254.169.254/latest/meta-data/',
    ]
    for (const url of forbidden) {
      expect(await fire(url, []), url).toMatchObject({ succeeded: false, status: null })
    }
    expect(seen).toHaveLength(before)
  })
})
