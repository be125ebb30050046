import { afterAll, beforeAll, expect, it } from 'vitest'
import { REAUTHENTICATION_WINDOW_MS } from '@/lib/access/authorize'
import type { UserPrincipal } from '@/lib/access/principal'
import { listAuditEvents } from '@/lib/audit/queries'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import { getOrganization } from '@/lib/organization/profile'
import { getTwoFactorPolicy, setTwoFactorRequired } from '@/lib/organization/two-factor-policy'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { mint } from '@/lib/testing/token-fixture'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const addApp = (userId: string, confirmed = true) =>
  product.db.pool.query(
    `INSERT INTO authenticator_apps (user_id, sealed_secret, confirmed_at)
     VALUES ($1, 'sealed', CASE WHEN $2 THEN now() END)`,
    [userId, confirmed],
  )

const addPasskey = (userId: string) =>
  product.db.pool.query(
    `INSERT INTO passkeys (id, user_id, credential_id, public_key, backed_up, name)
     VALUES ($1, $2, $3, 'key', true, 'Laptop')`,
    [newId(), userId, newId()],
  )

const addSession = ({ userId, sessionId }: UserPrincipal, method: string) =>
  product.db.pool.query(
    `INSERT INTO sessions (id, secret_hash, user_id, expires_at, sign_in_method)
     VALUES ($1, sha256($4), $2, now() + interval '1 day', $3::sign_in_method)`,
    [sessionId, userId, method, Buffer.from(sessionId)],
  )

async function adminWithApp() {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  await addApp(admin.principal.userId)
  return { organization, admin }
}

it('counts who has no second factor; an app that was never confirmed is none', async () => {
  const { organization, admin } = await adminWithApp()
  const [withPasskey, withNothing, unfinished] = [
    await organization.member('MEMBER'),
    await organization.member('MEMBER'),
    await organization.member('FINANCE'),
  ]
  await addPasskey(withPasskey.principal.userId)
  await addPasskey(withPasskey.principal.userId)
  await addApp(unfinished.principal.userId, false)
  expect(withNothing.principal.role).toBe('MEMBER')
  expect(await getTwoFactorPolicy(admin)).toEqual({
    required: false,
    members: 4,
    withoutSecondFactor: 2,
  })
  expect(await setTwoFactorRequired(admin, { required: true })).toEqual({
    required: true,
    members: 4,
    withoutSecondFactor: 2,
  })
  expect((await getOrganization(admin)).twoFactorRequired).toBe(true)
})

it('audits a change once with before and after, and no change not at all', async () => {
  const { admin } = await adminWithApp()
  for (const required of [false, true, true, false]) {
    await setTwoFactorRequired(admin, { required })
  }
  const { items } = await listAuditEvents(admin, { eventTypes: ['POLICY_CHANGED'] })
  expect(items.map(({ details }) => details)).toEqual([
    { before: { twoFactorRequired: true }, after: { twoFactorRequired: false } },
    { before: { twoFactorRequired: false }, after: { twoFactorRequired: true } },
  ])
})

it('is required only by who has a second factor, or signed in without a password', async () => {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  await addSession(admin.principal, 'PASSWORD')
  await expect(setTwoFactorRequired(admin, { required: true })).rejects.toMatchObject({
    kind: 'conflict',
    code: 'own_second_factor_missing',
  })
  expect((await getTwoFactorPolicy(admin)).required).toBe(false)
  for (const method of ['PASSKEY', 'OIDC']) {
    const other = await organization.member('ADMIN')
    await addSession(other.principal, method)
    expect((await setTwoFactorRequired(other, { required: true })).required).toBe(true)
    // Without one, it can still be lifted.
    expect((await setTwoFactorRequired(admin, { required: false })).required).toBe(false)
  }
})

it('needs an admin, in person, who proved lately who they are', async () => {
  const { organization, admin } = await adminWithApp()
  const refused = (ctx: Context, code: string) =>
    expect(setTwoFactorRequired(ctx, { required: true })).rejects.toMatchObject({ code })
  await refused(
    { ...admin, now: admin.now + REAUTHENTICATION_WINDOW_MS },
    'reauthentication_required',
  )
  const member = await organization.member('MEMBER')
  await addApp(member.principal.userId)
  await refused(member, 'insufficient_scope')
  const token = await mint(admin, {
    scopes: ['organization:read', 'organization:write'],
    expirationDays: 30,
  })
  const program = await organization.bearer(token.secret)
  await refused(program, 'insufficient_scope')
  await expect(getTwoFactorPolicy(program)).rejects.toMatchObject({ kind: 'forbidden' })
  expect((await getTwoFactorPolicy(admin)).required).toBe(false)
})

it('says nothing about, and changes nothing in, another organization', async () => {
  const [mine, theirs] = [await adminWithApp(), await adminWithApp()]
  await theirs.organization.member('MEMBER')
  await setTwoFactorRequired(mine.admin, { required: true })
  expect(await getTwoFactorPolicy(mine.admin)).toMatchObject({ members: 1, withoutSecondFactor: 0 })
  expect(await getTwoFactorPolicy(theirs.admin)).toMatchObject({ required: false, members: 2 })
})
