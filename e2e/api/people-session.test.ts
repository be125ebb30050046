import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stateOf } from '@/e2e/api/support/history'
import { type SignedIn, signedIn } from '@/e2e/api/support/session'
import { validRequest } from '@/e2e/api/support/valid-requests'
import { createWorld, type Organization, type Person, type World } from '@/e2e/api/support/world'
import type { ApiCall } from '@/e2e/support/api-client'
import { ALL_SCOPES } from '@/lib/access/scopes'
import { newId } from '@/lib/ids'

const LIMIT_PER_MINUTE = 120
const TARGETS = { token: newId(), serviceAccount: newId(), secret: 'unknown' }

let world: World
let org: Organization
let admin: Person
let member: Person
let session: SignedIn

beforeAll(async () => {
  const env = { API_RATE_LIMIT_PER_MINUTE: String(LIMIT_PER_MINUTE) }
  world = await createWorld({ env })
  org = await world.organization()
  admin = await org.person('ADMIN')
  member = await org.person('MEMBER')
})
afterAll(() => world.close())

const origin = () => world.product.url
const change = (headers: Record<string, string>): ApiCall => ({
  method: 'PATCH',
  path: `${org.path}/users/${member.userId}`,
  headers,
  body: { role: 'FINANCE' },
})
const read = (headers: Record<string, string>): ApiCall => ({ path: `${org.path}/users`, headers })

describe('where a call with a cookie comes from', () => {
  beforeAll(async () => {
    session = await signedIn(world, admin)
  })

  it.each([
    ['no origin', () => ({})],
    ['a null origin', () => ({ Origin: 'null' })],
    ['another site', () => ({ Origin: 'https://evil.example' })],
    ['another port', () => ({ Origin: `${origin()}1` })],
    ['another scheme', () => ({ Origin: origin().replace('http:', 'https:') })],
    ['a path behind the origin', () => ({ Origin: `${origin()}/` })],
    ['a referrer only', () => ({ Referer: `${origin()}/acme` })],
    ['a sibling site', () => ({ Origin: origin(), 'Sec-Fetch-Site': 'same-site' })],
    ['a page that lies', () => ({ Origin: origin(), 'Sec-Fetch-Site': 'cross-site' })],
    ['the address bar', () => ({ Origin: origin(), 'Sec-Fetch-Site': 'none' })],
  ])('changes nothing from %s', async (_title, headers) => {
    const before = await stateOf(world.pool, org.id)
    const answer = await world.call(change({ Cookie: session.cookie, ...headers() }))
    expect(answer.json()).toMatchObject({ status: 403, code: 'foreign_origin' })
    expect(await stateOf(world.pool, org.id)).toBe(before)
  })

  it('changes from our own pages', async () => {
    for (const fetchSite of [{}, { 'Sec-Fetch-Site': 'same-origin' }]) {
      const headers = { Cookie: session.cookie, Origin: origin(), ...fetchSite }
      expect((await world.call(change(headers))).status).toBe(200)
    }
  })

  it('reads from our own pages and from no page, and not from others', async () => {
    const site = (value: string) => ({ Cookie: session.cookie, 'Sec-Fetch-Site': value })
    const Cookie = session.cookie
    for (const headers of [{ Cookie }, site('same-origin'), site('none')]) {
      expect((await world.call(read(headers))).status).toBe(200)
    }
    const elsewhere = { Cookie, Origin: 'https://evil.example' }
    for (const headers of [site('cross-site'), site('same-site'), elsewhere]) {
      const answer = await world.call(read(headers))
      expect(answer.json()).toMatchObject({ status: 403, code: 'foreign_origin' })
    }
  })

  it('has answers that no cache keeps and no other site can embed', async () => {
    for (const headers of [{ Cookie: session.cookie }, {}]) {
      const answer = await world.call(read(headers))
      expect(answer.headers).toMatchObject({
        'cache-control': 'no-store',
        vary: 'Cookie',
        'cross-origin-resource-policy': 'same-origin',
      })
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
    }
  })

  it('takes no form of another page: JSON only', async () => {
    const headers = { Cookie: session.cookie, Origin: origin(), 'Content-Type': 'text/plain' }
    expect((await world.call(change(headers))).status).toBe(415)
  })
})

describe('without a session', () => {
  it('is told to sign in, with a challenge', async () => {
    const answer = await world.call(read({}))
    expect(answer.json()).toMatchObject({ status: 401, code: 'sign_in_required' })
    expect(answer.json().detail).toContain(`${origin()}/sign-in`)
    expect(answer.headers['www-authenticate']).toMatch(/^Cookie .*cookie-name="fruxon-session"/)
  })

  it('is refused whatever the cookie pretends', async () => {
    const good = (await signedIn(world, admin)).cookie
    const foreign = await signedIn(world, admin, { authSecret: 'x'.repeat(44) })
    const cookies = [
      '',
      'fruxon-session=',
      'fruxon-session=null',
      `fruxon-session=${'a'.repeat(6000)}`,
      foreign.cookie,
      good.slice(0, -3),
      good.replace('fruxon-session', '__Host-fruxon-session'),
      good.replace('fruxon-session', 'next-auth.session-token'),
    ]
    for (const Cookie of cookies) {
      const answer = await world.call(read({ Cookie }))
      expect(answer.json(), Cookie).toMatchObject({ status: 401, code: 'sign_in_required' })
    }
  })

  it('is one that was revoked, has expired, or whose person is no member any more', async () => {
    const person = await org.person('MEMBER')
    const [revoked, expired, left] = [
      await signedIn(world, person),
      await signedIn(world, person),
      await signedIn(world, person),
    ]
    const set = (change: string, { sessionId }: SignedIn) =>
      world.pool.query(`UPDATE sessions SET ${change} WHERE id = $1`, [sessionId])
    await set('revoked_at = now()', revoked)
    await set(`expires_at = now() - interval '1 millisecond'`, expired)
    await world.pool.query('DELETE FROM memberships WHERE user_id = $1', [person.userId])
    const answers = await Promise.all(
      [revoked, expired, left].map(({ get }) => get(`${org.path}/users`)),
    )
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 404])
  })
})

describe('one credential a request', () => {
  it('is the token where both come, and no token can', async () => {
    const token = await org.token(admin, ALL_SCOPES)
    const { cookie } = await signedIn(world, admin)
    const refused = { status: 403, code: 'insufficient_scope' }
    const headers = { Cookie: cookie, Origin: origin() }
    const both = await world.call({ ...change(headers), token: token.secret })
    expect(both.json()).toMatchObject(refused)
    for (const Authorization of ['Bearer wrong', 'Basic YTpi']) {
      const answer = await world.call(read({ ...headers, Authorization }))
      expect([400, 401]).toContain(answer.status)
    }
    const keyed = await world.call(read({ ...headers, 'X-API-KEY': token.secret }))
    expect(keyed.status).toBe(401)
    const inUrl = await world.call({ ...read(headers), path: `${org.path}/users?apiKey=x` })
    expect(inUrl.status).toBe(401)
  })

  it('is never a cookie on an operation for tokens', async () => {
    const { cookie } = await signedIn(world, admin)
    const forTokens = world.contract.operations.filter(
      ({ peopleOnly, isOpen }) => !peopleOnly && !isOpen,
    )
    for (const operation of forTokens) {
      const call = validRequest(operation, org.slug, TARGETS)
      const answer = await world.call({ ...call, headers: { Cookie: cookie, Origin: origin() } })
      expect(answer.json(), operation.id).toMatchObject({ status: 401, code: 'unauthenticated' })
    }
  })

  it('leaves no trace of people in the activity of tokens', async () => {
    const token = await org.token(admin, ['keys:read'])
    const by = await signedIn(world, admin)
    await by.get(`${org.path}/users`)
    await world.call({ ...read({ Cookie: by.cookie }), token: token.secret })
    await expect
      .poll(
        async () => {
          const { rows } = await world.pool.query<{ token: string }>(
            `SELECT token_id AS token FROM activity.request
             WHERE organization_id = $1 AND route LIKE '%/users'`,
            [org.id],
          )
          return rows.map((row) => row.token === token.id).at(-1)
        },
        { timeout: 20_000 },
      )
      .toBe(true)
    const { rows } = await world.pool.query(
      'SELECT 1 FROM activity.request WHERE organization_id = $1 AND token_id IS NULL',
      [org.id],
    )
    expect(rows).toEqual([])
  })
})

it('has a limit of its own for each session', async () => {
  const [busy, calm] = [await signedIn(world, admin), await signedIn(world, admin)]
  const answers = await Promise.all(
    Array.from({ length: LIMIT_PER_MINUTE + 5 }, () => busy.get('/v1/users/me')),
  )
  const refused = answers.filter(({ status }) => status === 429)
  // A minute may end in between, and a new count begin.
  if (refused.length > 0) {
    expect(refused[0]?.headers).toHaveProperty('retry-after')
    expect(refused[0]?.json()).toMatchObject({ 'violated-policies': ['session'] })
  }
  const again = await busy.get('/v1/users/me')
  expect(again.headers['ratelimit-policy']).toBe(`"session";q=${LIMIT_PER_MINUTE};w=60`)
  expect((await calm.get('/v1/users/me')).status).toBe(200)
})
