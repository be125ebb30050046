import { afterAll, beforeAll, expect, it } from 'vitest'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { letPass, mint, rotate, verdictOn } from '@/lib/testing/token-fixture'
import { introspectToken } from '@/lib/tokens/introspect'
import { DAY_MS } from '@/lib/tokens/model'
import { getToken } from '@/lib/tokens/queries'
import { revokeToken } from '@/lib/tokens/revoke'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const verdicts = (...secrets: string[]) =>
  Promise.all(secrets.map((secret) => verdictOn(product.verifier, secret)))

async function adminWithToken(expirationDays: number | null = 90) {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  const seconds = (count: number) =>
    letPass(product.db, organization.id, { milliseconds: count * 1000 })
  return { organization, admin, seconds, token: await mint(admin, { expirationDays }) }
}

it('ends at once without graceSeconds', async () => {
  const { admin, token } = await adminWithToken()
  const next = await rotate(admin, token.id, { graceSeconds: 0 })
  expect(await verdicts(token.secret, next.secret)).toEqual(['rotated', 'accepted'])
})

it('keeps both secrets for as long as was asked, and the new one after', async () => {
  const { admin, seconds, token } = await adminWithToken()
  const next = await rotate(admin, token.id, { graceSeconds: 60 })
  expect(await verdicts(token.secret, next.secret)).toEqual(['accepted', 'accepted'])
  expect(await getToken(admin, { tokenId: token.id })).toMatchObject({
    state: 'overlap',
    replacedById: next.id,
    mayRotate: false,
    mayPatch: false,
    mayRevoke: true,
  })
  await seconds(50)
  expect(await verdicts(token.secret, next.secret)).toEqual(['accepted', 'accepted'])
  await seconds(10)
  expect(await verdicts(token.secret, next.secret)).toEqual(['rotated', 'accepted'])
})

it('never reaches past the old secret’s own expiry', async () => {
  const { organization, admin, seconds, token } = await adminWithToken(1)
  await seconds(86_400 - 30)
  const next = await rotate(await organization.refresh(admin), token.id, {
    graceSeconds: 3600,
    expirationDays: 30,
  })
  const old = await getToken(admin, { tokenId: token.id })
  expect(old.revokedAt).toBe(old.expiresAt)
  expect(await verdicts(token.secret)).toEqual(['accepted'])
  await seconds(30)
  expect(await verdicts(token.secret, next.secret)).toEqual(['rotated', 'accepted'])
})

it('ends by the policy where that comes first, and says so', async () => {
  const { organization, admin, seconds, token } = await adminWithToken(null)
  await seconds(30 * 86_400 - 60)
  await product.db.pool.query(
    'UPDATE organizations SET token_max_lifetime_days = 30 WHERE id = $1',
    [organization.id],
  )
  const today = await organization.refresh(admin)
  await rotate(today, token.id, { graceSeconds: 3600, expirationDays: 30 })
  const { createdAt } = await getToken(today, { tokenId: token.id })
  expect(await introspectToken(today, { token: token.secret })).toMatchObject({
    active: true,
    exp: Math.floor((createdAt + 30 * DAY_MS) / 1000),
  })
  await seconds(60)
  expect(await verdicts(token.secret)).toEqual(['expired'])
})

it('holds two secrets at most: a second rotation kills the eldest', async () => {
  const { admin, token } = await adminWithToken()
  const second = await rotate(admin, token.id, { graceSeconds: 600 })
  const third = await rotate(admin, second.id, { graceSeconds: 600 })
  expect(await verdicts(token.secret, second.secret, third.secret)).toEqual([
    'rotated',
    'accepted',
    'accepted',
  ])
})

it('can be cut short, which leaves the new secret alone', async () => {
  const { organization, admin, token } = await adminWithToken()
  const next = await rotate(admin, token.id, { graceSeconds: 600 })
  const { rotatedAt } = await getToken(admin, { tokenId: token.id })
  // Over HTTP the answer to the rotation lies between the two; here both may fall into one millisecond.
  const later = { ...(await organization.refresh(admin)), now: (rotatedAt ?? 0) + 1 }
  await revokeToken(later, { tokenId: token.id })
  expect(await verdicts(token.secret, next.secret)).toEqual(['rotated', 'accepted'])
})

it('ends with the logical token: revoking the new secret takes the old along', async () => {
  const { admin, token } = await adminWithToken()
  const next = await rotate(admin, token.id, { graceSeconds: 600 })
  await revokeToken(admin, { tokenId: next.id })
  expect(await verdicts(token.secret, next.secret)).toEqual(['rotated', 'revoked'])
})

it('hands on nothing that outlives it', async () => {
  const { organization, admin, token } = await adminWithToken(null)
  await rotate(admin, token.id, { graceSeconds: 600 })
  const dying = await organization.bearer(token.secret)
  for (const expirationDays of [1, null]) {
    await expect(mint(dying, { scopes: ['agents:read'], expirationDays })).rejects.toMatchObject({
      code: 'life_exceeds_yours',
    })
  }
})
