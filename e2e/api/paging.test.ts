import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Account,
  type Caller,
  createWorld,
  type Organization,
  type Person,
  type World,
} from '@/e2e/api/support/world'
import { ALL_SCOPES } from '@/lib/access/scopes'
import { newId } from '@/lib/ids'

const SIZE = 23
const DEEP_ROWS = 100_000

interface Page {
  items: { id: string }[]
  nextPageToken: string
  totalCount: number
}

let world: World
let org: Organization
let person: Person
let account: Account
let caller: Caller
let tokenId: string

beforeAll(async () => {
  world = await createWorld()
  org = await world.organization()
  person = await org.person('ADMIN')
  caller = world.as(await org.token(person, ALL_SCOPES, { expiresInMs: null }))
  const token = await org.token(person, ['agents:read'])
  tokenId = token.id
  account = await org.serviceAccount(['agents:read'])
  const worker = await org.token(account, ['agents:read'])
  for (let round = 0; round < SIZE; round++) await grow()
  for (const used of [token, worker]) {
    for (let use = 0; use < SIZE; use++) await world.as(used).get(`${org.path}/tokens/current`)
  }
})
afterAll(() => world.close())

/** One more of everything that the lists show. */
async function grow(): Promise<void> {
  await org.token(person, ['agents:read'])
  await org.serviceAccount(['agents:read'])
  await caller.patch(`${org.path}/tokens/${tokenId}`, { name: newId() })
  await caller.patch(`${org.path}/serviceAccounts/${account.serviceAccountId}`, { name: newId() })
}

const LISTS: [string, () => string][] = [
  ['serviceAccounts', () => 'serviceAccounts'],
  ['auditEvents', () => 'auditEvents?search=UPDATED'],
  ['token auditEvents', () => `tokens/${tokenId}/auditEvents`],
  ['token activity', () => `tokens/${tokenId}/activity`],
  ['service account auditEvents', () => `serviceAccounts/${account.serviceAccountId}/auditEvents`],
  ['service account activity', () => `serviceAccounts/${account.serviceAccountId}/activity`],
]

function at(list: string, query: string): string {
  return `${org.path}/${list}${list.includes('?') ? '&' : '?'}${query}`
}

async function page(list: string, query: string): Promise<Page> {
  const answer = await caller.get(at(list, query))
  expect(answer.status, answer.text).toBe(200)
  return answer.json<Page>()
}

const ids = (items: { id: string }[]) => items.map(({ id }) => id)

describe.each(LISTS)('%s', (_name, path) => {
  it('shows each item once, in order, while others are added', async () => {
    const list = path()
    await expect
      .poll(async () => (await page(list, 'pageSize=200')).items.length)
      .toBeGreaterThanOrEqual(SIZE)
    const whole = ids((await page(list, 'pageSize=200')).items)
    const seen: string[] = []
    let pageToken = ''
    let pages = 0
    do {
      const next = await page(list, `pageSize=${(pages % 5) + 2}&pageToken=${pageToken}`)
      seen.push(...ids(next.items))
      pageToken = next.nextPageToken
      pages++
      if (pages < 3) await grow()
    } while (pageToken !== '')
    expect(pages).toBeGreaterThan(4)
    expect(seen).toEqual(whole.slice(whole.indexOf(seen[0] ?? '')))
  })

  it('cuts a page that is too large, takes 0 as the default, refuses what is no size', async () => {
    const list = path()
    for (const size of ['100000', '99999999999']) {
      expect((await page(list, `pageSize=${size}`)).items.length, size).toBeLessThanOrEqual(200)
    }
    expect((await page(list, 'pageSize=0')).items.length).toBeLessThanOrEqual(50)
    for (const size of ['-1', '1.5', 'ten', '1e2', '%20']) {
      const answer = await caller.get(at(list, `pageSize=${size}`))
      expect(answer.json(), size).toMatchObject({
        status: 400,
        errors: [{ pointer: '/query/pageSize' }],
      })
    }
  })

  it('has page tokens that are opaque, whole, and of this list alone', async () => {
    const list = path()
    const { nextPageToken, items } = await page(list, 'pageSize=2')
    expect(nextPageToken).toMatch(/^[\w-]+$/)
    const inside = Buffer.from(nextPageToken, 'base64url').toString('latin1')
    for (const { id } of items) expect(inside).not.toContain(id.slice(0, 8))
    const first = nextPageToken.startsWith('A') ? 'B' : 'A'
    const other = (await page('serviceAccounts?x', 'pageSize=1')).nextPageToken
    const foreign =
      list === 'serviceAccounts' ? (await page('auditEvents', 'pageSize=1')).nextPageToken : other
    for (const bad of [
      `${first}${nextPageToken.slice(1)}`,
      nextPageToken.slice(0, -2),
      'x',
      foreign,
      btoa('{"id":1}'),
    ]) {
      const answer = await caller.get(at(list, `pageToken=${encodeURIComponent(bad)}`))
      expect(answer.json(), bad).toMatchObject({
        status: 400,
        errors: [{ pointer: '/query/pageToken' }],
      })
    }
  })
})

it('a page token does not serve changed filters', async () => {
  const { nextPageToken } = await page('auditEvents?eventType=UPDATED', 'pageSize=2')
  for (const filter of ['eventType=MINTED', 'eventType=UPDATED&search=a', '']) {
    const answer = await caller.get(`${org.path}/auditEvents?${filter}&pageToken=${nextPageToken}`)
    expect(answer.status, filter).toBe(400)
  }
  const activity = `tokens/${tokenId}/activity`
  const second = await page(`${activity}?method=GET`, 'pageSize=2')
  expect(
    (await caller.get(`${org.path}/${activity}?pageToken=${second.nextPageToken}`)).status,
  ).toBe(400)
})

it('a page token is no credential: each page asks for rights again', async () => {
  const { nextPageToken } = await page('serviceAccounts', 'pageSize=2')
  const path = `${org.path}/serviceAccounts?pageToken=${nextPageToken}`
  const narrow = world.as(await org.token(person, ['agents:read']))
  expect((await narrow.get(path)).status).toBe(403)
  expect((await world.call({ path })).status).toBe(401)
})

it('older names of the paging parameters are understood, skipping is refused', async () => {
  const first = await page('serviceAccounts', 'PageSize=2')
  expect(first.items).toHaveLength(2)
  const names = ['PageToken.Cursor', 'pagetoken.cursor', 'PAGETOKEN', 'paging.pageToken']
  const pages = await Promise.all(
    names.map((name) => page('serviceAccounts', `pageSize=2&${name}=${first.nextPageToken}`)),
  )
  for (const { items } of pages) expect(ids(items)).toEqual(ids(pages[0]?.items ?? []))
  const skipped = await caller.get(`${org.path}/serviceAccounts?PageToken.Skip=10`)
  expect(skipped.status).toBe(400)
})

describe('the list of tokens', () => {
  it('is a bare, whole array; in pages it is the same, linked to the end', async () => {
    const whole = (await caller.get(`${org.path}/tokens`)).json<{ id: string }[]>()
    expect(whole.length).toBeGreaterThan(SIZE)
    const seen: string[] = []
    let path: string | undefined = `${org.path}/tokens?pageSize=7`
    while (path) {
      const answer = await caller.get(path)
      const items = answer.json<{ id: string }[]>()
      expect(items.length).toBeLessThanOrEqual(7)
      seen.push(...ids(items))
      path = /^<([^>]+)>; rel="next"$/.exec(String(answer.headers.link ?? ''))?.[1]
    }
    expect(seen).toEqual(ids(whole))
  })

  it('filters by origin', async () => {
    for (const [origin, empty] of [
      ['ALL', false],
      ['owned', false],
      ['UNSPECIFIED', false],
      ['SYSTEM', true],
    ] as const) {
      const listed = (await caller.get(`${org.path}/tokens?origin=${origin}`)).json<unknown[]>()
      expect(listed.length === 0, origin).toBe(empty)
    }
    expect((await caller.get(`${org.path}/tokens?origin=MINE`)).status).toBe(400)
  })
})

it('a page costs the same at any depth', { timeout: 120_000 }, async () => {
  const { rows } = await world.pool.query<{ family: string }>(
    'SELECT family_id AS family FROM tokens WHERE id = $1',
    [tokenId],
  )
  await world.pool.query(
    `INSERT INTO activity.request (organization_id, family_id, at_ms, id, token_id, method, route,
       status, latency_us, actor, request_id)
     SELECT $1, $2, (extract(epoch FROM now()) * 1000)::bigint - n, gen_random_uuid(), $3, 'GET', '/deep',
       200, 1000, 'load', 'x' FROM generate_series(1, $4::int) n`,
    [org.id, rows[0]?.family, tokenId, DEEP_ROWS],
  )
  await world.pool.query('ANALYZE activity.request')
  const list = `tokens/${tokenId}/activity`
  const after: string[] = []
  let next = await page(list, 'pageSize=200')
  for (let turn = 0; turn < 120; turn++) {
    after.push(next.nextPageToken)
    next = await page(list, `pageSize=200&pageToken=${next.nextPageToken}`)
    expect(next.items).toHaveLength(200)
  }
  const timeOf = async (pageToken = '') => {
    const startedAt = performance.now()
    await page(list, `pageSize=200&pageToken=${pageToken}`)
    return performance.now() - startedAt
  }
  // In turns, so that whatever else keeps the machine busy slows down both alike.
  const [shallow, deep]: [number[], number[]] = [[], []]
  for (let turn = 0; turn < 40; turn++) {
    shallow.push(await timeOf(after[turn]))
    deep.push(await timeOf(after.at(-1 - turn)))
  }
  const median = (part: number[]) => part.sort((a, b) => a - b)[Math.floor(part.length / 2)] ?? 0
  expect(median(deep)).toBeLessThan(median(shallow) * 3 + 5)
})
