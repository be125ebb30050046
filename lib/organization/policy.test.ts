import { afterAll, beforeAll, expect, it } from 'vitest'
import { REAUTHENTICATION_WINDOW_MS } from '@/lib/access/authorize'
import { listAuditEvents } from '@/lib/audit/queries'
import { getTokenPolicy, previewTokenPolicy, updateTokenPolicy } from '@/lib/organization/policy'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { letPass, mint, provision, verdictOn } from '@/lib/testing/token-fixture'
import { DAY_MS } from '@/lib/tokens/model'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const open = { maxLifetimeDays: null, expiryRequired: false, bearerMinting: true }

async function adminOf() {
  const organization = await product.organization()
  return { organization, admin: await organization.member('ADMIN') }
}

it('previews exactly the tokens that the change then refuses', async () => {
  const { organization, admin } = await adminOf()
  const old = await mint(admin, { name: 'old', expirationDays: 90 })
  await letPass(product.db, organization.id, { milliseconds: 40 * DAY_MS })
  const young = await mint(admin, { name: 'young', expirationDays: 90 })
  const forever = await mint(admin, { name: 'forever', expirationDays: null })
  const { token: workload } = await provision(admin)
  const strict = { maxLifetimeDays: 30, expiryRequired: true, bearerMinting: true }
  const preview = await previewTokenPolicy(admin, strict)
  expect(preview.refusedNow).toBe(3)
  expect(preview.samples.map(({ id }) => id).sort()).toEqual(
    [old.id, forever.id, workload.id].sort(),
  )
  await updateTokenPolicy(admin, strict)
  const verdicts = await Promise.all(
    [old, young, forever, workload].map(({ secret }) => verdictOn(product.verifier, secret)),
  )
  expect(verdicts).toEqual(['expired', 'accepted', 'blocked', 'blocked'])
  await updateTokenPolicy(admin, open)
  for (const { secret } of [old, forever]) {
    expect(await verdictOn(product.verifier, secret)).toBe('accepted')
  }
})

it('audits a change once with before and after, and no change not at all', async () => {
  const { organization, admin } = await adminOf()
  await updateTokenPolicy(admin, open)
  const next = { maxLifetimeDays: 90, expiryRequired: false, bearerMinting: false }
  await updateTokenPolicy(admin, next)
  await updateTokenPolicy(admin, next)
  expect(getTokenPolicy(await organization.refresh(admin))).toEqual(next)
  const { items } = await listAuditEvents(admin, { eventTypes: ['POLICY_CHANGED'] })
  expect(items.map(({ details }) => details)).toEqual([{ before: open, after: next }])
})

it('needs a recent proof of identity to change, not to look', async () => {
  const { admin } = await adminOf()
  const later = { ...admin, now: admin.now + REAUTHENTICATION_WINDOW_MS }
  expect(await previewTokenPolicy(later, open)).toEqual({ refusedNow: 0, samples: [] })
  await expect(updateTokenPolicy(later, open)).rejects.toMatchObject({
    code: 'reauthentication_required',
  })
})

it('lets a program tighten the policy and never loosen it', async () => {
  const { organization, admin } = await adminOf()
  const token = await mint(admin, {
    scopes: ['organization:read', 'organization:write'],
    expirationDays: 30,
  })
  const program = await organization.bearer(token.secret)
  const tight = { ...open, bearerMinting: false }
  expect(await updateTokenPolicy(program, { bearerMinting: false })).toEqual(tight)
  await expect(updateTokenPolicy(program, { bearerMinting: true })).rejects.toMatchObject({
    code: 'loosening_needs_person',
  })
  expect(getTokenPolicy(await organization.refresh(admin))).toEqual(tight)
})

it('keeps both of two rules that are changed at once', async () => {
  const { organization, admin } = await adminOf()
  await Promise.all([
    updateTokenPolicy(admin, { maxLifetimeDays: 60 }),
    updateTokenPolicy(admin, { expiryRequired: true }),
  ])
  expect(getTokenPolicy(await organization.refresh(admin))).toEqual({
    maxLifetimeDays: 60,
    expiryRequired: true,
    bearerMinting: true,
  })
})

it('waits for nobody who mints meanwhile, nor they for it', async () => {
  const { admin } = await adminOf()
  for (let round = 0; round < 8; round++) {
    await Promise.all([
      updateTokenPolicy(admin, { ...open, maxLifetimeDays: 100 + round }),
      ...Array.from({ length: 4 }, () => mint(admin)),
    ])
  }
})
