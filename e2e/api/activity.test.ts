import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Caller,
  createWorld,
  type Organization,
  type Person,
  type World,
} from '@/e2e/api/support/world'
import { ALL_SCOPES } from '@/lib/access/scopes'

interface Call {
  id: string
  tokenId: string
  createdAt: number
  method: string
  path: string
  statusCode: number
  latencyMs: number
  remoteIp: string
  userAgent: string | null
  actor: string
  scope: string | null
  requestId: string
}
interface Page {
  items: Call[]
  nextPageToken: string
  totalCount: number
}

let world: World
let org: Organization
let person: Person
let reader: Caller

beforeAll(async () => {
  world = await createWorld()
  org = await world.organization()
  person = await org.person('ADMIN')
  reader = world.as(await org.token(person, ALL_SCOPES, { expiresInMs: null }))
})
afterAll(() => world.close())

/** The page once it holds so many calls: they are written after the answer, in batches. */
async function pageWith(count: number, path: string): Promise<Page> {
  let page: Page | undefined
  await expect
    .poll(
      async () => {
        page = (await reader.get(`${org.path}/${path}`)).json<Page>()
        return page.items.length
      },
      { timeout: 20_000 },
    )
    .toBe(count)
  return page as Page
}

describe('the activity of a token', () => {
  it('is one event a call: what, when, from where, by whom, with which scope', async () => {
    const token = await org.token(person, ['keys:read', 'keys:write'], { name: 'watched' })
    const startedAt = Date.now()
    const headers = { 'User-Agent': 'tab\\there "quoted" 1.0', 'X-Request-Id': 'mine' }
    const listed = await world
      .as(token)
      .get(`${org.path}/tokens?pageSize=1&search=secret-in-url`, headers)
    const denied = await world.as(token).get(`${org.path}/tokenPolicy`)
    const missing = await world.as(token).delete(`${org.path}/tokens/${org.id}`)
    const { items, totalCount, nextPageToken } = await pageWith(3, `tokens/${token.id}/activity`)
    expect(nextPageToken).toBe('')
    expect(items.map(({ requestId }) => requestId)).toEqual(
      [missing, denied, listed].map((answer) => answer.headers['x-request-id']),
    )
    expect(
      items.map(({ method, path, statusCode, scope }) => ({ method, path, statusCode, scope })),
    ).toEqual([
      {
        method: 'DELETE',
        path: '/v1/tenants/{tenant}/tokens/{token}',
        statusCode: 404,
        scope: 'keys:write',
      },
      {
        method: 'GET',
        path: '/v1/tenants/{tenant}/tokenPolicy',
        statusCode: 403,
        // Refused for want of the scope: that is no use of it.
        scope: null,
      },
      { method: 'GET', path: '/v1/tenants/{tenant}/tokens', statusCode: 200, scope: 'keys:read' },
    ])
    const first = items[2]
    expect(first).toMatchObject({
      tokenId: token.id,
      remoteIp: '127.0.0.1',
      userAgent: headers['User-Agent'],
      actor: `${person.displayName} via watched`,
    })
    expect(first?.latencyMs).toBeGreaterThan(0)
    expect(first?.createdAt).toBeGreaterThanOrEqual(startedAt)
    expect(JSON.stringify(items)).not.toContain('secret-in-url')
    await expect
      .poll(
        async () => (await reader.get(`${org.path}/tokens/${token.id}/activity`)).json().totalCount,
      )
      .toBe(3)
    expect(totalCount).toBeLessThanOrEqual(3)
  })

  it('spans all secrets of the logical token', async () => {
    const token = await org.token(person, ['keys:read', 'keys:write'], { expiresInMs: 3_600_000 })
    const path = `${org.path}/tokens`
    const next = (await world.as(token).post(`${path}/${token.id}:rotate`)).json()
    await world.as({ secret: String(next.token) }).get(`${path}/current`)
    for (const id of [token.id, next.id]) {
      const { items } = await pageWith(2, `tokens/${id}/activity`)
      expect(items.map(({ tokenId }) => tokenId)).toEqual([next.id, token.id])
    }
  })

  it('is searched and filtered, in any case', async () => {
    const token = await org.token(person, ['keys:read'], { name: 'searched' })
    const caller = world.as(token)
    await caller.get(`${org.path}/tokens/current`)
    await caller.get(`${org.path}/tokens`)
    await caller.post(`${org.path}/tokens:generate`, { scopes: ['keys:read'] })
    await caller.delete(`${org.path}/tokens/${token.id}`)
    const path = `tokens/${token.id}/activity`
    await pageWith(4, path)
    const counts: [string, number][] = [
      ['search=TOKENS%2FCURRENT', 1],
      // With the address after it: names that were made for the test may hold the digits too.
      ['search=403%20127', 2],
      ['search=Searched', 4],
      ['search=127.0.0', 4],
      ['search=%25', 0],
      ['search=_', 0],
      ['statusClass=2', 2],
      ['statusClass=4', 2],
      ['statusClass=5', 0],
      ['method=post', 1],
      ['method=GET&search=current', 1],
      ['method=GET&statusClass=4', 0],
    ]
    for (const [filter, count] of counts) {
      const page = (await reader.get(`${org.path}/${path}?${filter}`)).json<Page>()
      expect(page.items, filter).toHaveLength(count)
    }
  })

  it.each([
    'statusClass=1',
    'statusClass=6',
    'statusClass=x',
    'method=FETCH',
    `search=${'s'.repeat(201)}`,
    'search=%00',
  ])('refuses the filter %s', async (filter) => {
    const token = await org.token(person, ['keys:read'])
    const answer = await reader.get(`${org.path}/tokens/${token.id}/activity?${filter}`)
    const pointer = `/query/${filter.split('=')[0]}`
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ pointer }] })
  })

  it('has no row for a call that was not accepted', async () => {
    const token = await org.token(person, ['keys:read'])
    await world.as(token).get(`${org.path}/tokens/current`)
    await world.pool.query(
      `UPDATE tokens SET revoked_at = now() - interval '1 millisecond' WHERE id = $1`,
      [token.id],
    )
    expect((await world.as(token).get(`${org.path}/tokens/current`)).status).toBe(401)
    const { items } = await pageWith(1, `tokens/${token.id}/activity`)
    expect(items[0]?.statusCode).toBe(200)
  })
})

it('the activity of a service account unites its tokens', async () => {
  const account = await org.serviceAccount(['agents:read'])
  const tokens = await Promise.all([1, 2].map(() => org.token(account, ['agents:read'])))
  for (const token of tokens) await world.as(token).get(`${org.path}/tokens/current`)
  const { items } = await pageWith(2, `serviceAccounts/${account.serviceAccountId}/activity`)
  expect(items.map(({ tokenId }) => tokenId)).toEqual([tokens[1]?.id, tokens[0]?.id])
})

it('what a token uses of its scopes, and when it was last used', async () => {
  const token = await org.token(person, ['keys:read', 'agents:read', 'organization:read'])
  const caller = world.as(token)
  for (let call = 0; call < 3; call++) await caller.get(`${org.path}/tokens`)
  await caller.get(`${org.path}/tokenPolicy`)
  const usage = async () => (await reader.get(`${org.path}/tokens/${token.id}/scopeUsage`)).json()
  await expect.poll(async () => (await usage()).calls, { timeout: 20_000 }).toBe(4)
  const used = (await usage()).used as { scope: string; calls: number }[]
  expect(Object.fromEntries(used.map(({ scope, calls }) => [scope, calls]))).toEqual({
    'keys:read': 3,
    'organization:read': 1,
  })
  expect((await usage()).unused).toEqual(['agents:read'])
  const shown = (await reader.get(`${org.path}/tokens/${token.id}`)).json()
  expect(Math.abs(Number(shown.lastUsedAt) - Date.now())).toBeLessThan(60_000)
  expect(shown.lastUsedIp).toBe('127.0.0.1')
})
