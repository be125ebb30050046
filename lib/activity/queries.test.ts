import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ActivityFilter, listTokenActivity } from '@/lib/activity/queries'
import type { RecordedCall } from '@/lib/activity/recorder'
import { writeRequests, writeUseByDay } from '@/lib/activity/store'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import { listServiceAccountActivity } from '@/lib/service-accounts/queries'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { type HeldToken, mint, provision, rotate } from '@/lib/testing/token-fixture'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

async function tokenOf() {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  return { organization, admin, token: await mint(admin) }
}

/** Writes calls of the token as the recorder does. */
async function write(ctx: Context, token: HeldToken, calls: Partial<RecordedCall>[]) {
  const { familyId } = token.summary
  const owner = { organizationId: ctx.organization.id, familyId, tokenId: token.id }
  const rows = calls.map((traits) => ({
    ...owner,
    serviceAccountId:
      token.summary.owner.type === 'service-account' ? token.summary.owner.id : null,
    at: ctx.now,
    method: 'GET',
    route: '/v1/tenants/{tenant}/tokens',
    status: 200,
    latencyMs: 1,
    ip: '192.0.2.1',
    userAgent: null,
    actor: 'Ada via ci',
    scope: null,
    channel: 'API' as const,
    requestId: newId(),
    lastUsedAt: null,
    ...traits,
  }))
  await writeRequests(product.db.pool, rows)
  const day = new Date(ctx.now).toISOString().slice(0, 10)
  const count = { calls: rows.length, errors: 0, lastAtMs: ctx.now }
  await writeUseByDay(product.db.pool, [{ ...owner, day, scope: '', ...count }])
}

describe('the activity of a logical token', () => {
  it('is newest first, spans its rotations, and counts what is kept', async () => {
    const { admin, token } = await tokenOf()
    const next = await rotate(admin, token.id)
    await write(admin, token, [{ at: 1000, status: 201, latencyMs: 12.3456 }])
    await write(admin, next, [{ at: 3000 }, { at: 2000, scope: 'keys:read' }])
    await write(admin, await mint(admin), [{ at: 2500 }])
    for (const { id } of [token, next]) {
      const page = await listTokenActivity(admin, { tokenId: id })
      expect(page).toMatchObject({ totalCount: 3, nextPageToken: '' })
      expect(page.items.map(({ createdAt, tokenId }) => [createdAt, tokenId])).toEqual([
        [3000, next.id],
        [2000, next.id],
        [1000, token.id],
      ])
      expect(page.items[2]).toMatchObject({
        keyPrefix: token.summary.displayPrefix,
        statusCode: 201,
        latencyMs: 12.346,
        path: '/v1/tenants/{tenant}/tokens',
      })
    }
  })

  it('is filtered by text, status class and method', async () => {
    const { admin, token } = await tokenOf()
    await write(admin, token, [
      { at: 1, method: 'POST', status: 201, actor: 'Ada 100%_x' },
      { at: 2, method: 'GET', status: 404, ip: '203.0.113.77' },
      { at: 3, method: 'DELETE', status: 503, route: '/v1/tenants/{tenant}/agents' },
      { at: 4, method: 'GET', status: 200, ip: null },
    ])
    const times = async (filter: ActivityFilter) => {
      const page = await listTokenActivity(admin, { tokenId: token.id, ...filter })
      expect(page.totalCount).toBe(4)
      return page.items.map(({ createdAt }) => createdAt)
    }
    expect(await times({ statusClass: 2 })).toEqual([4, 1])
    expect(await times({ statusClass: 4 })).toEqual([2])
    expect(await times({ statusClass: 3 })).toEqual([])
    expect(await times({ method: 'get' })).toEqual([4, 2])
    expect(await times({ search: 'AGENTS' })).toEqual([3])
    expect(await times({ search: '203.0.113' })).toEqual([2])
    expect(await times({ search: '404' })).toEqual([2])
    expect(await times({ search: '100%_X' })).toEqual([1])
    expect(await times({ search: '100%x' })).toEqual([])
    expect(await times({ search: 'ada', statusClass: 2, method: 'GET' })).toEqual([4])
  })

  it('of an account is that of all its tokens', async () => {
    const organization = await product.organization()
    const admin = await organization.member('ADMIN')
    const { account, token } = await provision(admin)
    await write(admin, token, [{ at: 1 }, { at: 2 }])
    await write(admin, await mint(admin), [{ at: 3 }])
    const page = await listServiceAccountActivity(admin, { serviceAccountId: account.id })
    expect(page.totalCount).toBe(2)
    expect(page.items.map(({ createdAt }) => createdAt)).toEqual([2, 1])
  })
})

describe('pages of activity', () => {
  it('neither skip nor double while calls come in, even of one millisecond', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 25 }),
        fc.integer({ min: 1, max: 7 }),
        fc.boolean(),
        async (times, pageSize, isFiltered) => {
          const { admin, token } = await tokenOf()
          if (times.length > 0)
            await write(
              admin,
              token,
              times.map((at) => ({ at })),
            )
          const filter = isFiltered ? { method: 'GET' } : {}
          const seen: string[] = []
          let pageToken = ''
          do {
            const request = { tokenId: token.id, pageSize, pageToken, ...filter }
            const page = await listTokenActivity(admin, request)
            expect(page.items.length).toBeLessThanOrEqual(pageSize)
            seen.push(...page.items.filter(({ createdAt }) => createdAt < 5).map(({ id }) => id))
            pageToken = page.nextPageToken
            await write(admin, token, [{ at: 10 }, { at: 11 }])
          } while (pageToken !== '')
          expect(seen).toHaveLength(times.length)
          expect(new Set(seen).size).toBe(times.length)
        },
      ),
      { numRuns: 10 },
    )
  })

  it('of a rare hit end early and go on', async () => {
    const { admin, token } = await tokenOf()
    await product.db.pool.query(
      `INSERT INTO activity.request (organization_id, family_id, at_ms, id, token_id, method, route,
         status, latency_us, actor, request_id)
       SELECT $1, $2, n, gen_random_uuid(), $2, 'GET', '/v1', CASE WHEN n IN (9, 20400) THEN 500
         ELSE 200 END, 1, 'Ada', n::text FROM generate_series(1, 20500) n`,
      [admin.organization.id, token.id],
    )
    const request = { tokenId: token.id, statusClass: 5 as const }
    const first = await listTokenActivity(admin, request)
    expect(first.items.map(({ createdAt }) => createdAt)).toEqual([20_400])
    expect(first.nextPageToken).not.toBe('')
    const { nextPageToken: pageToken } = first
    const second = await listTokenActivity(admin, { ...request, pageToken })
    expect(second.items.map(({ createdAt }) => createdAt)).toEqual([9])
    expect(second.nextPageToken).toBe('')
    const none = await listTokenActivity(admin, { tokenId: token.id, statusClass: 4 })
    expect(none).toMatchObject({ items: [], nextPageToken: expect.stringMatching(/.+/) })
  })

  it('go on only in the same list under the same filters', async () => {
    const { organization, admin, token } = await tokenOf()
    await write(
      admin,
      token,
      Array.from({ length: 5 }, (_, at) => ({ at })),
    )
    const own = { tokenId: token.id }
    const { nextPageToken: pageToken } = await listTokenActivity(admin, { ...own, pageSize: 2 })
    const filtered = { ...own, search: '200', pageSize: 2 }
    const { nextPageToken: searching } = await listTokenActivity(admin, filtered)
    const sibling = await mint(await organization.member('ADMIN'))
    const other = await tokenOf()
    const wrong = { kind: 'invalid', errors: [{ pointer: '/query/pageToken' }] }
    const tampered = `${pageToken.slice(0, -3)}${pageToken.endsWith('AAA') ? 'BBB' : 'AAA'}`
    const attempts: [Context, Parameters<typeof listTokenActivity>[1]][] = [
      [admin, { ...own, pageToken, statusClass: 2 }],
      [admin, { ...own, pageToken, method: 'GET' }],
      [admin, { ...own, pageToken: searching }],
      [admin, { ...own, pageToken: searching, method: '200' }],
      [admin, { ...own, pageToken: tampered }],
      [admin, { ...own, pageToken: 'nonsense' }],
      [admin, { tokenId: sibling.id, pageToken }],
      [other.admin, { tokenId: other.token.id, pageToken }],
    ]
    for (const [ctx, request] of attempts) {
      await expect(listTokenActivity(ctx, request)).rejects.toMatchObject(wrong)
    }
    const rest = await listTokenActivity(admin, { ...own, pageToken, pageSize: 100 })
    expect(rest.items.map(({ createdAt }) => createdAt)).toEqual([2, 1, 0])
  })
})
