import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '@/lib/ids'
import { noticesOf, type PersonContext } from '@/lib/notifications/notifications-fixture'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { mint, provision, rotate } from '@/lib/testing/token-fixture'
import { importTokens } from '@/lib/tokens/import'
import { mintToken } from '@/lib/tokens/mint'
import { patchToken } from '@/lib/tokens/patch'
import { revokeToken, revokeTokens } from '@/lib/tokens/revoke'
import { rotateToken } from '@/lib/tokens/rotate'

let product: ProductFixture
let organization: OrganizationFixture
let owner: PersonContext
let admin: PersonContext

beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())
beforeEach(async () => {
  organization = await product.organization()
  owner = await organization.member('MEMBER')
  admin = await organization.member('ADMIN')
})

async function changesToldTo({ principal }: PersonContext) {
  const notices = await noticesOf(product.db, principal.userId)
  return notices.map(({ facts }) => `${facts.change} ${facts.tokenName} by ${facts.by}`)
}

describe('what people do to their own tokens in the dashboard', () => {
  it('is no news', async () => {
    const token = await mint(owner)
    await patchToken(owner, { tokenId: token.id, name: 'renamed' })
    const next = await rotate(owner, token.id)
    await revokeToken(owner, { tokenId: next.id })
    expect(await changesToldTo(owner)).toEqual([])
  })
})

describe('what an admin does to a token', () => {
  it('is told to its owner, once, and each of many', async () => {
    const name = admin.principal.displayName
    const [one, two] = [await mint(owner, { name: 'one' }), await mint(owner, { name: 'two' })]
    await revokeToken(admin, { tokenId: one.id })
    await revokeToken(admin, { tokenId: one.id })
    await revokeTokens(admin, { tokenIds: [one.id, two.id] })
    expect(await changesToldTo(owner)).toEqual([`REVOKED one by ${name}`, `REVOKED two by ${name}`])
    expect(await changesToldTo(admin)).toEqual([])
  })

  it('is told to nobody where it was not done', async () => {
    const token = await mint(owner)
    const stranger = await (await product.organization()).member('ADMIN')
    await expect(revokeToken(stranger, { tokenId: token.id })).rejects.toMatchObject({
      kind: 'not-found',
    })
    expect(await changesToldTo(owner)).toEqual([])
  })
})

describe('what a token does', () => {
  it('to others of its owner is told', async () => {
    const deploy = await mint(owner, { name: 'deploy' })
    const other = await mint(owner, { name: 'other' })
    const bearer = await organization.bearer(deploy.secret)
    const by = `${owner.principal.displayName} via deploy`
    const made = await mint(bearer, { name: 'made', expirationDays: 1 })
    await mintToken(
      bearer,
      { name: 'keyed', scopes: ['agents:read'], expirationDays: 1 },
      { idempotencyKey: newId() },
    )
    await patchToken(bearer, { tokenId: other.id, scopes: ['agents:read'] })
    await patchToken(bearer, { tokenId: other.id, name: 'another' })
    const next = await rotateToken(bearer, { tokenId: other.id, expirationDays: 1 })
    await revokeToken(bearer, { tokenId: made.id })
    expect(await changesToldTo(owner)).toEqual([
      // And 'keyed', of the same hour, is not told of by itself.
      `MINTED made by ${by}`,
      `SCOPES_CHANGED other by ${by}`,
      `UPDATED another by ${by}`,
      `ROTATED another by ${by}`,
      `REVOKED made by ${by}`,
    ])
    // The link of a rotation leads to what works now.
    const notices = await noticesOf(product.db, owner.principal.userId)
    expect(notices[3]?.facts.tokenId).toBe(next.summary.id)
  })

  it('makes is told once an hour and minting token, however many there are at once', async () => {
    const tokens = [await mint(owner, { name: 'one' }), await mint(owner, { name: 'two' })]
    for (const { secret } of tokens) {
      const bearer = await organization.bearer(secret)
      const make = (ctx = bearer) => mint(ctx, { name: 'job', expirationDays: 1 })
      await Promise.all(Array.from({ length: 5 }, () => make()))
      await make({ ...bearer, now: bearer.now + 3_600_000 })
    }
    const name = owner.principal.displayName
    expect((await changesToldTo(owner)).sort()).toEqual([
      `MINTED job by ${name} via one`,
      `MINTED job by ${name} via one`,
      `MINTED job by ${name} via two`,
      `MINTED job by ${name} via two`,
    ])
  })

  it('replaces is told once an hour too, however many there are', async () => {
    const deploy = await mint(owner, { name: 'deploy' })
    const others = [await mint(owner, { name: 'first' }), await mint(owner, { name: 'second' })]
    const bearer = await organization.bearer(deploy.secret)
    for (const { id } of others) {
      await rotateToken(bearer, { tokenId: id, expirationDays: 1 })
    }
    const third = await mint(owner, { name: 'third' })
    const later = { ...bearer, now: bearer.now + 3_600_000 }
    await rotateToken(later, { tokenId: third.id, expirationDays: 1 })
    const by = `${owner.principal.displayName} via deploy`
    expect(await changesToldTo(owner)).toEqual([`ROTATED first by ${by}`, `ROTATED third by ${by}`])
  })

  it('to itself is no news, whichever of its secrets asks', async () => {
    const token = await mint(owner)
    const next = await rotateToken(await organization.bearer(token.secret), { tokenId: token.id })
    const again = await organization.bearer(next.token ?? '')
    await patchToken(again, { tokenId: next.summary.id, name: 'renamed' })
    await revokeToken(again, { tokenId: next.summary.id })
    expect(await changesToldTo(owner)).toEqual([])
  })

  it('to a token of somebody else, or an import, is told too', async () => {
    const token = await mint(owner, { name: 'theirs' })
    const bearer = await organization.bearer((await mint(admin, { preset: 'admin' })).secret)
    const { token: workload } = await provision(admin)
    await revokeToken(bearer, { tokenId: token.id })
    await revokeToken(bearer, { tokenId: workload.id })
    const by = `${admin.principal.displayName} via prod-server`
    expect(await changesToldTo(owner)).toEqual([`REVOKED theirs by ${by}`])
    const key = { name: 'old', keyPrefix: 'fx_live_abc', last4: 'wxyz' }
    await importTokens(bearer, {
      tokens: [
        { ...key, sha256: 'ab'.repeat(32), scopes: ['agents:read'], expiresAt: Date.now() + 1e6 },
      ],
    })
    expect(await changesToldTo(admin)).toEqual([`IMPORTED old by ${by}`])
  })

  it('and that fails tells nobody', async () => {
    const deploy = await mint(owner, { name: 'deploy' })
    const other = await mint(owner, { name: 'other' })
    const bearer = await organization.bearer(deploy.secret)
    const stale = rotateToken(bearer, { tokenId: other.id, expirationDays: 1 })
    const racing = rotateToken(bearer, { tokenId: other.id, expirationDays: 1 })
    const outcomes = await Promise.allSettled([stale, racing])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await changesToldTo(owner)).toHaveLength(1)
  })
})
