import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { refuseForeignOrigin } from '@/app/_serving/same-origin'
import { GET, POST } from '@/app/unsubscribe/[secret]/one-click/route'
import {
  type PersonContext,
  tell,
  tokenChanged,
  unsubscribeSecretFor,
} from '@/lib/notifications/notifications-fixture'
import { listPreferences } from '@/lib/notifications/preferences'
import { installRuntime, type Runtime } from '@/lib/runtime'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

let product: ProductFixture
let ctx: PersonContext
let secret: string

beforeAll(async () => {
  product = await createProductFixture()
  ctx = await (await product.organization()).member('MEMBER')
  installRuntime({ db: product.db, crypto: ctx.crypto } as Runtime)
})
afterAll(() => product.close())
beforeEach(async () => {
  await product.db.pool.query('TRUNCATE notification_preferences, notifications, outgoing_emails')
  await tell(ctx, tokenChanged(ctx))
  secret = await unsubscribeSecretFor(ctx)
})

const address = () => `https://settings.example.com/unsubscribe/${secret}/one-click`
const params = () => ({ params: Promise.resolve({ secret }) })

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  POST(new Request(address(), { method: 'POST', body, headers }), params())

async function cadence(): Promise<string | undefined> {
  return (await listPreferences(ctx)).kinds.find(({ kind }) => kind === 'token-changed')?.email
}

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }

describe('the address for mail programs', () => {
  it.each([
    ['a form', () => [new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }), {}] as const],
    ['raw bytes with the type of a form', () => ['List-Unsubscribe=One-Click', FORM] as const],
    [
      'parts',
      () => {
        const form = new FormData()
        form.set('List-Unsubscribe', 'One-Click')
        return [form, {}] as const
      },
    ],
  ])('ends the e-mails by %s, and again without harm', async (_name, made) => {
    for (let round = 0; round < 2; round++) {
      const [body, headers] = made()
      expect((await post(body, headers)).status).toBe(200)
      expect(await cadence()).toBe('OFF')
    }
  })

  it.each([
    ['nothing', ''],
    ['something else', 'List-Unsubscribe=Two-Clicks'],
    ['too much', `List-Unsubscribe=One-Click&x=${'x'.repeat(5000)}`],
  ])('does nothing for %s', async (_name, body) => {
    expect((await post(body, FORM)).status).toBe(400)
    expect((await post(body, { 'Content-Type': 'text/plain' })).status).toBe(400)
    expect(await cadence()).toBe('INSTANT')
  })

  it('does nothing for an unknown secret', async () => {
    secret = 'unknown'
    expect((await post('List-Unsubscribe=One-Click', FORM)).status).toBe(404)
  })

  it('leads a person to the page that asks, and ends nothing', async () => {
    const answer = await GET(new Request(address()), params())
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(`/unsubscribe/${secret}`)
    expect(await cadence()).toBe('INSTANT')
  })
})

describe('the guard of origins', () => {
  let server: Server
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (refuseForeignOrigin(request, response, 'https://settings.example.com')) return
      response.end('let through')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  /** By node:http, which sends a path as it is. */
  const knock = (path: string, method = 'POST', headers: Record<string, string> = {}) =>
    new Promise<number | undefined>((resolve, reject) => {
      const { port } = server.address() as AddressInfo
      httpRequest({ port, host: '127.0.0.1', path, method, headers, agent: false }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .once('error', reject)
        .end()
    })

  it('lets the servers of mail programs post to that address, whatever their Origin', async () => {
    expect(await knock('/unsubscribe/Some-secret_1/one-click')).toBe(200)
    const foreign = { Origin: 'https://mail.example.com', 'Sec-Fetch-Site': 'cross-site' }
    expect(await knock('/unsubscribe/Some-secret_1/one-click', 'POST', foreign)).toBe(200)
  })

  it.each([
    '/unsubscribe/secret',
    '/unsubscribe/secret/one-click/',
    '/unsubscribe/secret/one-click?x',
    '/unsubscribe//one-click',
    '/unsubscribe/a/b/one-click',
    '/unsubscribe/../one-click',
    '/unsubscribe/%2e%2e/one-click',
    '/unsubscribe/secret/one-click/../../../acme/settings',
    '//unsubscribe/secret/one-click',
    '/x/unsubscribe/secret/one-click',
    '/acme/settings',
  ])('lets nobody else by: %s', async (path) => {
    expect(await knock(path)).toBe(403)
  })

  it('lets no other method by', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      expect(await knock('/unsubscribe/secret/one-click', method)).toBe(403)
    }
  })
})
