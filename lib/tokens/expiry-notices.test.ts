import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { noticesOf, type PersonContext } from '@/lib/notifications/notifications-fixture'
import { suspendServiceAccount } from '@/lib/service-accounts/commands'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { mint, provision, rotate } from '@/lib/testing/token-fixture'
import { stepOf, tellOfExpiringTokens } from '@/lib/tokens/expiry-notices'
import { DAY_MS } from '@/lib/tokens/model'
import { patchToken } from '@/lib/tokens/patch'
import { revokeToken } from '@/lib/tokens/revoke'

let product: ProductFixture
let organization: OrganizationFixture
let owner: PersonContext
let start: number

beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())
beforeEach(async () => {
  await product.db.pool.query('TRUNCATE notifications, outgoing_emails, leak_reports, tokens')
  organization = await product.organization()
  owner = await organization.member('MEMBER')
  start = owner.now
})

/** What the job does at that day after the start, and a bit, as on a real clock. */
const runOnDay = (day: number) => tellOfExpiringTokens(owner, start + day * DAY_MS + 1000)

async function stepsToldTo({ principal }: PersonContext): Promise<unknown[]> {
  const notices = await noticesOf(product.db, principal.userId)
  return notices.filter(({ kind }) => kind === 'token-expiring').map(({ facts }) => facts.days)
}

async function runHourlyUntil(day: number): Promise<void> {
  for (let hour = 0; hour <= day * 24; hour += 3) await runOnDay(hour / 24)
}

describe('a token that ends', () => {
  it('is told of 30, 7 and 1 days before, once each', async () => {
    await mint(owner, { name: 'prod', expirationDays: 90 })
    for (const day of [0, 59, 60, 60.1, 70, 82, 83, 83.5, 88, 89, 89.5, 90, 91]) await runOnDay(day)
    expect(await stepsToldTo(owner)).toEqual([30, 7, 1])
    const [first] = await noticesOf(product.db, owner.principal.userId)
    expect(first).toMatchObject({
      reason: 'OWNER',
      facts: { tokenName: 'prod', expiresAt: start + 90 * DAY_MS, serviceAccountName: null },
    })
  })

  it('is told of in the hour that it comes near, by one of two processes', async () => {
    await mint(owner, { expirationDays: 90 })
    expect(await runOnDay(60 - 0.1)).toBe(0)
    const told = await Promise.all([1, 2, 3, 4].map(() => runOnDay(60)))
    expect(told.some((count) => count === 1)).toBe(true)
    expect(await stepsToldTo(owner)).toEqual([30])
    const emails = await product.db.pool.query('SELECT 1 FROM outgoing_emails')
    expect(emails.rowCount).toBe(1)
  })

  it('is told of once after a downtime, at its tightest', async () => {
    await mint(owner, { expirationDays: 90 })
    await runOnDay(50)
    await runOnDay(89.5)
    await runOnDay(89.6)
    expect(await stepsToldTo(owner)).toEqual([1])
  })

  it.each([
    [1, []],
    [5, [1]],
    [7, [1]],
    [8, [7, 1]],
    [30, [7, 1]],
    [31, [30, 7, 1]],
  ])('of %i days is told of by the steps that are shorter: %j', async (expirationDays, steps) => {
    await mint(owner, { expirationDays })
    await runHourlyUntil(expirationDays)
    expect(await stepsToldTo(owner)).toEqual(steps)
  })

  it('is told of anew when its end is moved', async () => {
    const token = await mint(owner, { expirationDays: 60 })
    await runOnDay(35)
    await patchToken(owner, { tokenId: token.id, expiresAt: start + 100 * DAY_MS })
    await runOnDay(60)
    expect(await stepsToldTo(owner)).toEqual([30])
    await runOnDay(75)
    expect(await stepsToldTo(owner)).toEqual([30, 30])
  })

  it('is told of by the end that the policy sets', async () => {
    await mint(owner, { expirationDays: null })
    await product.db.pool.query(
      'UPDATE organizations SET token_max_lifetime_days = 40 WHERE id = $1',
      [organization.id],
    )
    await runOnDay(9)
    expect(await stepsToldTo(owner)).toEqual([])
    await runOnDay(33.5)
    const [notice] = await noticesOf(product.db, owner.principal.userId)
    expect(notice?.facts).toMatchObject({ days: 7, expiresAt: start + 40 * DAY_MS })
  })
})

describe('nobody is told of a token that', () => {
  it('never ends, was revoked, or was rotated', async () => {
    const revoked = await mint(owner, { expirationDays: 40 })
    const rotated = await mint(owner, { expirationDays: 40 })
    await mint(owner, { expirationDays: null })
    await revokeToken(owner, { tokenId: revoked.id })
    await rotate(owner, rotated.id, { expirationDays: 90, graceSeconds: 3600 })
    expect(await runOnDay(35)).toBe(0)
  })

  it('is of a suspended account', async () => {
    const admin = await organization.member('ADMIN')
    const { account, token } = await provision(admin)
    await product.db.pool.query(
      `UPDATE tokens SET expires_at = created_at + interval '90 days' WHERE id = $1`,
      [token.id],
    )
    await suspendServiceAccount(admin, { serviceAccountId: account.id })
    expect(await runOnDay(65)).toBe(0)
  })

  it('is refused already, because the organization requires an end and it has none', async () => {
    await mint(owner, { expirationDays: null })
    await product.db.pool.query(
      `UPDATE organizations SET token_expiry_required = true, token_max_lifetime_days = 40
       WHERE id = $1`,
      [organization.id],
    )
    expect(await runOnDay(35)).toBe(0)
  })
})

describe('a service account', () => {
  it('is the business of every admin, also of who became one later', async () => {
    const admin = await organization.member('ADMIN')
    const { token } = await provision(admin)
    await product.db.pool.query(
      `UPDATE tokens SET expires_at = created_at + interval '90 days' WHERE id = $1`,
      [token.id],
    )
    await runOnDay(65)
    const later = await organization.member('ADMIN')
    await runOnDay(66)
    for (const one of [admin, later]) {
      const notices = await noticesOf(product.db, one.principal.userId)
      expect(notices).toMatchObject([
        { reason: 'ADMIN', facts: { days: 30, serviceAccountName: 'deploy-bot' } },
      ])
    }
    const { rows } = await product.db.pool.query<{ title: string }>(
      `SELECT DISTINCT facts->>'title' AS title FROM outgoing_emails`,
    )
    // Tokens of several accounts are called alike.
    expect(rows).toEqual([{ title: expect.stringMatching(/ of deploy-bot expires on /) }])
    expect(await stepsToldTo(owner)).toEqual([])
  })
})

it('goes through any number of tokens', async () => {
  await product.db.pool.query(
    `INSERT INTO tokens (organization_id, id, family_id, type, format, name, digest, pepper_version,
       display_prefix, last4, scopes, owner_user_id, created_by_label, created_at, modified_at, expires_at)
     SELECT $1, id, id, 'USER', 'FX1', 'many', sha256(id::text::bytea), 1, 'fx_pat_abc', 'wxyz',
       '{agents:read}', $2, 'x', now() - interval '60 days', now(), now() + interval '20 days'
     FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, 1001)) ids`,
    [organization.id, owner.principal.userId],
  )
  expect(await tellOfExpiringTokens(owner, Date.now())).toBe(1001)
  expect(await tellOfExpiringTokens(owner, Date.now())).toBe(0)
}, 60_000)

it('names the tightest step', () => {
  const life = { createdAt: 0, expiresAt: 90 * DAY_MS }
  expect([59.9, 60, 82.9, 83, 88.9, 89].map((day) => stepOf(life, day * DAY_MS))).toEqual([
    null,
    30,
    30,
    7,
    7,
    1,
  ])
})
