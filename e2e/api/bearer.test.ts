import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditOf } from '@/e2e/api/support/history'
import { rawExchange } from '@/e2e/api/support/raw-http'
import { createWorld, type Organization, type Token, type World } from '@/e2e/api/support/world'
import { generateSecret } from '@/lib/tokens/secret'

let world: World
let org: Organization
let token: Token
let current: string

beforeAll(async () => {
  world = await createWorld()
  org = await world.organization()
  token = await org.token(await org.person('ADMIN'), ['keys:read', 'keys:write'])
  current = `${org.path}/tokens/current`
})
afterAll(() => world.close())

/** Columns keep milliseconds, and rounding would put `now()` into the future. */
const BEFORE_NOW = "now() - interval '1 millisecond'"

const challengeOf = (answer: { headers: Record<string, unknown> }) =>
  String(answer.headers['www-authenticate'])

describe('no credential', () => {
  it('is challenged without an error code', async () => {
    const answer = await world.call({ path: current })
    expect(answer.status).toBe(401)
    expect(challengeOf(answer)).toBe('Bearer')
    expect(answer.json()).not.toHaveProperty('reason')
  })

  it.each([
    ['?access_token=', (secret: string) => ({ path: `${current}?access_token=${secret}` })],
    ['?apiKey=', (secret: string) => ({ path: `${current}?apiKey=${secret}` })],
    ['X-API-KEY', (secret: string) => ({ path: current, headers: { 'X-API-KEY': secret } })],
    [
      'Basic',
      (secret: string) => ({
        path: current,
        headers: { Authorization: `Basic ${btoa(`x:${secret}`)}` },
      }),
    ],
    [
      'Token',
      (secret: string) => ({ path: current, headers: { Authorization: `Token ${secret}` } }),
    ],
    [
      'X_Authorization',
      (secret: string) => ({ path: current, headers: { X_Authorization: `Bearer ${secret}` } }),
    ],
    [
      'a cookie',
      (secret: string) => ({
        path: current,
        headers: { Cookie: `token=${secret}; session=${secret}` },
      }),
    ],
    [
      'a form body',
      (secret: string) => ({
        method: 'POST',
        path: `${org.path}/tokens:generate`,
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: `access_token=${secret}`,
      }),
    ],
  ])('is what %s amounts to', async (_name, request) => {
    const answer = await world.call(request(token.secret))
    expect(answer.status).toBe(401)
    expect(challengeOf(answer)).toBe('Bearer')
    expect(answer.text).not.toContain(token.secret)
  })

  it('tells a sender of X-API-KEY what to send', async () => {
    const answer = await world.call({ path: current, headers: { 'X-API-KEY': token.secret } })
    expect(answer.json().detail).toContain('Authorization: Bearer')
  })
})

describe('one good Bearer', () => {
  it('is accepted in any case of the scheme', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER', 'bEaReR']) {
      const headers = { Authorization: `${scheme} ${token.secret}` }
      expect((await world.call({ path: current, headers })).status).toBe(200)
    }
  })

  it('is not disturbed by X-API-KEY or a cookie of somebody else', async () => {
    const other = await org.token(await org.person('MEMBER'), ['agents:read'])
    const headers = { 'X-API-KEY': other.secret, Cookie: `session=${other.secret}` }
    const answer = await world.call({ path: current, token: token.secret, headers })
    expect(answer.json()).toMatchObject({
      id: token.id,
      effectiveScopes: ['keys:read', 'keys:write'],
    })
  })

  it('is refused beside a token in the query', async () => {
    const answer = await world.call({ path: `${current}?access_token=x`, token: token.secret })
    expect(answer.status).toBe(400)
    expect(answer.json().code).toBe('invalid_request')
    expect(String(answer.headers['cache-control'])).toContain('private')
  })
})

describe('more or less than one Bearer', () => {
  it('is 400 for two Authorization lines, in either order', async () => {
    const bad = generateSecret('USER').secret
    for (const pair of [
      [token.secret, bad],
      [bad, token.secret],
      [token.secret, token.secret],
    ]) {
      const headers = pair.flatMap((secret) => ['Authorization', `Bearer ${secret}`])
      const answer = await world.call({ path: current, headers })
      expect(answer.status).toBe(400)
      expect(challengeOf(answer)).toContain('error="invalid_request"')
    }
  })

  it('is 400 for a comma-joined pair and for a Bearer that is not one word', async () => {
    for (const value of [
      `Bearer ${token.secret}, Bearer ${token.secret}`,
      `Bearer ${token.secret},${token.secret}`,
      `Bearer ${token.secret} x`,
      'Bearer ',
      `Bearer "${token.secret}"`,
    ]) {
      const answer = await world.call({ path: current, headers: { Authorization: value } })
      expect(answer.status, value).toBe(400)
    }
  })

  it('is refused quickly and unlogged for 1 MB of Authorization', async () => {
    const sentinel = randomBytes(16).toString('hex')
    const startedAt = performance.now()
    const request = `GET ${current} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${sentinel}${'a'.repeat(1_000_000)}\r\n\r\n`
    const { status } = await rawExchange(world.product.url, request)
    expect([400, 401, 431]).toContain(status)
    expect(performance.now() - startedAt).toBeLessThan(2000)
    expect(world.product.logs()).not.toContain(sentinel)
  })
})

describe('malformed HTTP', () => {
  const bearer = () => `Host: x\r\nAuthorization: Bearer ${token.secret}\r\n`
  const generate = () => `POST ${org.path}/tokens:generate HTTP/1.1\r\n${bearer()}`

  it.each([
    [
      'Content-Length beside Transfer-Encoding',
      () =>
        `${generate()}Content-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      'two different Content-Lengths',
      () => `${generate()}Content-Length: 4\r\nContent-Length: 5\r\n\r\n{}  `,
    ],
    [
      'a folded header line',
      () =>
        `GET ${current} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer\r\n ${token.secret}\r\n\r\n`,
    ],
    [
      'a space before the colon',
      () => `GET ${current} HTTP/1.1\r\nHost: x\r\nAuthorization : Bearer ${token.secret}\r\n\r\n`,
    ],
    ['no Host', () => `GET ${current} HTTP/1.1\r\nAuthorization: Bearer ${token.secret}\r\n\r\n`],
  ])('is 400 for %s', async (_name, request) => {
    const before = await auditOf(world.pool, org.id)
    const answer = await rawExchange(world.product.url, request())
    expect(answer.status).toBe(400)
    expect(answer.text).toMatch(/content-type: application\/problem\+json/i)
    expect(answer.text).toMatch(/frame-ancestors 'none'/)
    expect(await auditOf(world.pool, org.id)).toEqual(before)
  })
})

describe('a token that is not accepted', () => {
  it('looks the same for a typo, a stranger and an unknown one', async () => {
    const typo = `${token.secret.slice(0, -1)}${token.secret.endsWith('0') ? '1' : '0'}`
    const answers = await Promise.all(
      [generateSecret('USER').secret, generateSecret('SERVICE_ACCOUNT').secret, typo, 'hello'].map(
        (secret) => world.call({ path: current, token: secret }),
      ),
    )
    const bodies = answers.map((answer) => ({ ...answer.json(), requestId: '' }))
    for (const [index, body] of bodies.entries()) {
      expect(body).toEqual(bodies[0])
      expect(body).toMatchObject({ status: 401, code: 'invalid_token' })
      expect(body).not.toHaveProperty('reason')
      const answer = answers[index]
      expect(answer && challengeOf(answer)).toContain('error="invalid_token"')
    }
  })

  it('tells the holder of the real secret why', async () => {
    const person = await org.person('MEMBER')
    const account = await org.serviceAccount(['agents:read'])
    const cases: [string, Token, string, string[]][] = [
      [
        'revoked',
        await org.token(person, ['agents:read']),
        `UPDATE tokens SET revoked_at = ${BEFORE_NOW} WHERE id = $1`,
        [],
      ],
      [
        'expired',
        await org.token(person, ['agents:read']),
        `UPDATE tokens SET expires_at = ${BEFORE_NOW} WHERE id = $1`,
        [],
      ],
      [
        'suspended',
        await org.token(account, ['agents:read']),
        'UPDATE service_accounts SET suspended_at = now() WHERE id = $1',
        [account.serviceAccountId],
      ],
      [
        'owner-removed',
        await org.token(person, ['agents:read']),
        'DELETE FROM memberships WHERE user_id = $1',
        [person.userId],
      ],
    ]
    for (const [reason, ended, sql, values] of cases) {
      expect((await world.call({ path: current, token: ended.secret })).status).toBe(200)
      await world.pool.query(sql, values.length > 0 ? values : [ended.id])
      const answer = await world.call({ path: current, token: ended.secret })
      expect(answer.status).toBe(401)
      expect(answer.json()).toMatchObject({ code: 'invalid_token', reason })
      expect(challengeOf(answer)).toContain('error="invalid_token"')
    }
  })
})
