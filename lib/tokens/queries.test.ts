import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '@/lib/ids'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { letPass, mint, provision, rotate } from '@/lib/testing/token-fixture'
import { DAY_MS } from '@/lib/tokens/model'
import { getToken, listTokens, listTokensPage } from '@/lib/tokens/queries'
import { scopeUsage } from '@/lib/tokens/scope-usage'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const idsOf = (tokens: readonly { id: string }[]) => tokens.map(({ id }) => id)

describe('the list of tokens', () => {
  it('is everyone’s to an admin and a workload, and one’s own to others', async () => {
    const organization = await product.organization()
    const [admin, member] = [
      await organization.member('ADMIN'),
      await organization.member('MEMBER'),
    ]
    const [byAdmin, byMember] = [await mint(admin), await mint(member)]
    const { token: workload } = await provision(admin, ['keys:read'])
    await mint(await (await product.organization()).member('ADMIN'))
    const everything = [workload.id, byMember.id, byAdmin.id].sort()
    expect(idsOf(await listTokens(admin)).sort()).toEqual(everything)
    const bearer = await organization.bearer(workload.secret)
    expect(idsOf(await listTokens(bearer)).sort()).toEqual(everything)
    expect(idsOf(await listTokens(member))).toEqual([byMember.id])
    expect((await listTokensPage(member, {})).totalCount).toBe(1)
    const memberBearer = await organization.bearer(byMember.secret)
    expect(idsOf(await listTokens(memberBearer))).toEqual([byMember.id])
  })

  it('has no system tokens, and owned ones are all there are', async () => {
    const admin = await (await product.organization()).member('ADMIN')
    const token = await mint(admin)
    expect(await listTokens(admin, { origin: 'SYSTEM' })).toEqual([])
    expect(await listTokensPage(admin, { origin: 'SYSTEM' })).toMatchObject({ totalCount: 0 })
    for (const origin of ['ALL', 'OWNED', 'UNSPECIFIED'] as const) {
      expect(idsOf(await listTokens(admin, { origin }))).toEqual([token.id])
    }
  })

  it('keeps ended tokens, with the reason', async () => {
    const organization = await product.organization()
    const admin = await organization.member('ADMIN')
    await mint(admin, { name: 'expired', expirationDays: 1 })
    await letPass(product.db, organization.id, { milliseconds: DAY_MS })
    const rotated = await mint(admin, { name: 'rotated' })
    await rotate(admin, rotated.id, { name: 'live' })
    const states = (await listTokens(admin)).map(({ name, state, stateReason }) => [
      name,
      state,
      stateReason,
    ])
    expect(states.sort()).toEqual([
      ['expired', 'expired', 'Reached its expiry date.'],
      ['live', 'active', 'Accepted.'],
      ['rotated', 'rotated', `Replaced by rotation by ${admin.principal.displayName}.`],
    ])
  })

  it('carries no digest', async () => {
    const admin = await (await product.organization()).member('ADMIN')
    const token = await mint(admin)
    const { rows } = await product.db.pool.query<{ hex: string }>(
      `SELECT encode(digest, 'hex') AS hex FROM tokens WHERE id = $1`,
      [token.id],
    )
    const shown = JSON.stringify([
      await listTokens(admin),
      await getToken(admin, { tokenId: token.id }),
    ])
    expect(shown).not.toContain(rows[0]?.hex)
    expect(shown).not.toMatch(/digest|hash|pepper/i)
  })
})

describe('pages of tokens', () => {
  it('skip and double nothing while tokens are made, even of the same millisecond', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        async (count, pageSize, isOneMoment) => {
          const organization = await product.organization()
          const admin = await organization.member('ADMIN')
          const then = { ...admin, now: admin.now - DAY_MS }
          const times = Array.from({ length: count }, (_, i) => then.now + (isOneMoment ? 0 : i))
          const made = await Promise.all(times.map((now) => mint({ ...then, now })))
          const seen: string[] = []
          let pageToken = ''
          do {
            const page = await listTokensPage(admin, { pageSize, pageToken })
            expect(page.items.length).toBeLessThanOrEqual(pageSize)
            seen.push(...idsOf(page.items))
            pageToken = page.nextPageToken
            await mint(admin)
          } while (pageToken !== '')
          const old = new Set(idsOf(made))
          const seenOld = seen.filter((id) => old.has(id))
          expect(seenOld).toHaveLength(count)
          expect(new Set(seenOld)).toEqual(old)
        },
      ),
      { numRuns: 8 },
    )
  })

  it('take no token of another list, and coerce sizes', async () => {
    const organization = await product.organization()
    const [admin, member] = [
      await organization.member('ADMIN'),
      await organization.member('MEMBER'),
    ]
    for (const name of ['a', 'b', 'c']) await mint(member, { name })
    const { nextPageToken } = await listTokensPage(member, { pageSize: 1 })
    const wrong = { kind: 'invalid', errors: [{ pointer: '/query/pageToken' }] }
    for (const pageToken of [nextPageToken, 'x', `${nextPageToken.slice(0, -2)}AA`]) {
      await expect(listTokensPage(admin, { pageToken })).rejects.toMatchObject(wrong)
    }
    expect((await listTokensPage(member, { pageSize: 1e9 })).items).toHaveLength(3)
    expect((await listTokensPage(member, { pageSize: -5 })).items).toHaveLength(1)
  })
})

describe('one token', () => {
  it('shows what it can do now, its family, and what the caller may do', async () => {
    const organization = await product.organization()
    const [admin, member] = [await organization.member('ADMIN'), await organization.member('ADMIN')]
    const token = await mint(member, { scopes: ['agents:read', 'organization:write'] })
    await product.db.pool.query(`UPDATE memberships SET role = 'MEMBER' WHERE user_id = $1`, [
      member.principal.userId,
    ])
    expect(await getToken(admin, { tokenId: token.id })).toMatchObject({
      scopes: ['agents:read', 'organization:write'],
      effectiveScopes: ['agents:read'],
      family: [{ id: token.id }],
      mayRevoke: true,
      mayRotate: false,
      mayPatch: false,
    })
    const { token: workload } = await provision(admin)
    expect(await getToken(admin, { tokenId: workload.id })).toMatchObject({
      mayRevoke: true,
      mayRotate: true,
      mayPatch: true,
    })
    await expect(getToken(admin, { tokenId: newId() })).rejects.toMatchObject({ kind: 'not-found' })
  })

  it('counts the scopes that its whole family used in 30 days', async () => {
    const organization = await product.organization()
    const admin = await organization.member('ADMIN')
    const token = await mint(admin)
    const next = await rotate(admin, token.id)
    const use = (daysAgo: number, scope: string, calls: number) =>
      product.db.pool.query(
        `INSERT INTO activity.use_by_day
           (organization_id, family_id, day, scope, calls, errors, last_at_ms)
         VALUES ($1, $2, (now() AT TIME ZONE 'UTC')::date - $3::int, $4, $5, 0, $6)`,
        [organization.id, token.id, daysAgo, scope, calls, admin.now - daysAgo * DAY_MS],
      )
    await use(0, 'keys:read', 3)
    await use(29, 'keys:read', 4)
    await use(2, '', 5)
    await use(2, 'retired:scope', 1)
    await use(32, 'agents:read', 100)
    expect(await scopeUsage(admin, { tokenId: next.id })).toEqual({
      windowDays: 30,
      since: admin.now - 30 * DAY_MS,
      calls: 13,
      used: [{ scope: 'keys:read', calls: 7, lastUsedAt: admin.now }],
      unused: ['agents:read', 'keys:write'],
    })
  })
})
