import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rawExchange } from '@/e2e/api/support/raw-http'
import {
  type Caller,
  callerOf,
  callKeeping,
  createWorld,
  type Organization,
  type Person,
  type World,
} from '@/e2e/api/support/world'
import { type Product, startProduct } from '@/e2e/support/product'
import { ALL_SCOPES } from '@/lib/access/scopes'

const CALLS_A_MINUTE = 5
const FAILURES_A_MINUTE = 300

let world: World
/** A second process with small limits, behind a proxy on this host that says who called. */
let strict: Product
let org: Organization
let person: Person
let caller: Caller

beforeAll(async () => {
  world = await createWorld()
  const env = { API_RATE_LIMIT_PER_MINUTE: String(CALLS_A_MINUTE), TRUSTED_PROXIES: 'loopback' }
  strict = await startProduct({ apiOnly: true, sharing: world.product, env })
  org = await world.organization()
  person = await org.person('ADMIN')
  caller = world.as(await org.token(person, ALL_SCOPES))
})
afterAll(async () => {
  await strict.stop()
  await world.close()
})

const callStrict: World['call'] = (call) => callKeeping(world.contract, strict.url, call)

describe('calls of one token', () => {
  it('are counted down in RateLimit, then answered 429 with a time to come back', async () => {
    const path = `${org.path}/tokens/current`
    const first = callerOf(callStrict, (await org.token(person, ALL_SCOPES)).secret)
    for (let left = CALLS_A_MINUTE - 1; left >= 0; left--) {
      const answer = await first.get(path)
      expect(answer.status).toBe(200)
      expect(answer.headers['ratelimit-policy']).toBe(`"token";q=${CALLS_A_MINUTE};w=60`)
      expect(answer.headers.ratelimit).toMatch(new RegExp(`^"token";r=${left};t=\\d+$`))
      expect(answer.headers).not.toHaveProperty('retry-after')
    }
    const over = await first.get(path)
    expect(over.json()).toMatchObject({
      status: 429,
      code: 'quota_exceeded',
      type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
      'violated-policies': ['token'],
    })
    const reset = Number(/^"token";r=0;t=(\d+)$/.exec(String(over.headers.ratelimit))?.[1])
    const wait = Number(over.headers['retry-after'])
    expect(wait).toBeGreaterThanOrEqual(reset)
    expect(wait).toBeLessThanOrEqual(60)
    expect((await first.post(`${org.path}/tokens:generate`, { preset: 'runner' })).status).toBe(429)
    // auth/health is how a program finds out what is wrong: it answers all the same.
    expect((await first.get(`${org.path}/auth/health`)).status).toBe(200)
    const second = callerOf(callStrict, (await org.token(person, ALL_SCOPES)).secret)
    expect((await second.get(path)).status).toBe(200)
  })
})

describe('failures of one network', () => {
  it('become 429; other networks, and accepted tokens of this one, go on', async () => {
    const path = `${org.path}/tokens/current`
    const from = (address: string) => ({ 'X-Forwarded-For': address })
    const statuses: number[] = []
    for (let burst = 0; burst <= FAILURES_A_MINUTE; burst += 50) {
      const answers = await Promise.all(
        Array.from({ length: 50 }, () =>
          callStrict({ path, token: 'guess', headers: from('192.0.2.1') }),
        ),
      )
      statuses.push(...answers.map(({ status }) => status))
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(FAILURES_A_MINUTE)
    expect(statuses.at(-1)).toBe(429)
    const refused = await callStrict({ path, headers: from('192.0.2.1') })
    expect(refused.json()).toMatchObject({ status: 429, 'violated-policies': ['failures'] })
    expect((await callStrict({ path, headers: from('192.0.2.2') })).status).toBe(401)
    // Networks of IPv6 are /64: an address inside costs an attacker nothing.
    const { secret } = await org.token(person, ALL_SCOPES)
    const good = await callStrict({ path, token: secret, headers: from('192.0.2.1') })
    expect(good.status).toBe(200)
  })
})

describe('what is not there', () => {
  it.each([
    '/',
    '/v1',
    '/v1/',
    '/v1/tenants',
    '/v2/tenants/x/tokens',
    '/v1/nowhere',
    '/admin',
    '/.env',
    '/v1/organizations/{org}',
    '/v1/tenants/{org}/',
    '/v1/tenants/{org}/tokens/',
    '/v1//tenants/{org}/tokens',
    '/v1/tenants/{org}/tokens/current/x',
    '/v1/tenants/{org}/Tokens',
    '/V1/tenants/{org}/tokens',
    '/v1/tenants/{org}/tokens/@rotate',
    '/v1/tenants/{org}/tokens@current',
    '/v1/tenants/{org}/tokens%40current',
    '/v1/tenants/{org}/members',
    '/v1/tenants/{org}%2ftokens',
    '/v1/tenants/{org}/tokens%00',
    '/v1/openapi.yaml',
  ])('%s is a 404 problem, with a token or without', async (template) => {
    const path = template.replace('{org}', org.slug)
    for (const answer of [await world.call({ path }), await caller.get(path)]) {
      // A path that is close to a real one may be taken for an item of that name.
      expect([401, 404]).toContain(answer.status)
    }
    expect((await caller.get(path)).json()).toMatchObject({ status: 404, code: 'not_found' })
  })

  it('is a 404 for an id that is no id, on every item route', async () => {
    for (const id of ['1', 'current2', 'null', '%00', '%ff', "'--", '01a1fdea-e1ef-7349-bbf7']) {
      for (const path of [`tokens/${id}`, `tokens/${id}/auditEvents`, `serviceAccounts/${id}`]) {
        const answer = await caller.get(`${org.path}/${path}`)
        expect(answer.json(), path).toMatchObject({ status: 404, code: 'not_found' })
      }
    }
  })
})

describe('methods', () => {
  it.each([
    ['PUT', '/tokens', 'GET, HEAD'],
    ['POST', '/tokens', 'GET, HEAD'],
    ['DELETE', '/tokens', 'GET, HEAD'],
    ['GET', '/tokens:generate', 'POST'],
    ['OPTIONS', '/tokens:generate', 'POST'],
    ['POST', '/tokens/current', 'GET, HEAD'],
    ['PUT', '/serviceAccounts', 'GET, HEAD, POST'],
    ['PUT', '/tokens/01a1fdea-e1ef-7349-bbf7-32dcc5dbc59b', 'GET, HEAD, PATCH, DELETE'],
    ['TRACE', '/tokens', 'GET, HEAD'],
  ])('%s %s is 405 and says what is allowed', async (method, path, allow) => {
    const answer = await world.call({ method, path: `${org.path}${path}` })
    expect(answer.status).toBe(405)
    expect(answer.headers.allow).toBe(allow)
  })

  it('cannot be changed by a header or a parameter', async () => {
    const { id } = await org.token(person, ['agents:read'])
    const headers = { 'X-HTTP-Method-Override': 'DELETE', 'X-Method-Override': 'DELETE' }
    expect(
      (await caller.get(`${org.path}/tokens/${id}?_method=DELETE`, headers)).json().state,
    ).toBe('ACTIVE')
  })

  it('HEAD is GET without the body', async () => {
    const { secret } = await org.token(person, ALL_SCOPES)
    const path = `${org.path}/tokens/current`
    const head = await world.call({ method: 'HEAD', path, token: secret })
    expect(head.status).toBe(200)
    expect(head.text).toBe('')
    expect((await world.call({ method: 'HEAD', path })).status).toBe(401)
  })

  it('take the verb after a colon, encoded or not', async () => {
    for (const colon of [':', '%3A', '%3a']) {
      const answer = await caller.post(`${org.path}/tokens${colon}generate`, {
        preset: 'runner',
        expirationDays: 1,
      })
      expect(answer.status).toBe(200)
      const { id } = answer.json()
      expect((await caller.post(`${org.path}/tokens/${id}${colon}rotate`)).status).toBe(200)
    }
    for (const verb of ['Rotate', 'ROTATE', 'destroy', '', 'rotate:rotate']) {
      const { id } = await org.token(person, ['agents:read'])
      const { status } = await caller.post(`${org.path}/tokens/${id}:${verb}`)
      // `id:` is an item whose id is none: it takes other methods, and nobody has it.
      expect(status, verb).toBe(verb === '' ? 405 : 404)
    }
  })
})

describe('other origins', () => {
  it('get no CORS headers, whoever they say they are', async () => {
    for (const Origin of ['https://evil.example', 'null', world.product.url]) {
      const headers = { Origin, 'Access-Control-Request-Method': 'GET' }
      for (const answer of [
        await caller.get(`${org.path}/tokens/current`, headers),
        await world.call({ method: 'OPTIONS', path: `${org.path}/tokens`, headers }),
      ]) {
        const cors = Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))
        expect(cors).toEqual([])
      }
    }
  })
})

describe('probes', () => {
  it('answer without a credential; metrics to this host alone, and count what happened', async () => {
    for (const path of ['/healthz', '/readyz']) {
      expect(
        (await rawExchange(world.product.url, `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)).status,
      ).toBe(200)
    }
    const metrics = await world.call({ path: '/metrics' })
    expect(metrics.status).toBe(200)
    expect(metrics.text).toContain('/v1/tenants/{tenant}/tokens')
    expect(metrics.text).not.toContain(org.slug)
    const proxied = await world.call({
      path: '/metrics',
      headers: { 'X-Forwarded-For': '127.0.0.1' },
    })
    expect(proxied.status).toBe(404)
  })
})
