import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REAUTHENTICATION_WINDOW_MS } from '@/lib/access/authorize'
import type { UserPrincipal } from '@/lib/access/principal'
import { listAuditEvents } from '@/lib/audit/queries'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { beginApp, confirmApp, removeApp } from '@/lib/two-factor/app'
import { deleteExpiredChallenges } from '@/lib/two-factor/challenges'
import { PASSKEYS_MAX } from '@/lib/two-factor/model'
import { softwareAuthenticator } from '@/lib/two-factor/passkey-fixture'
import {
  beginPasskey,
  registerPasskey,
  removePasskey,
  renamePasskey,
} from '@/lib/two-factor/passkeys'
import { renewRecoveryCodes } from '@/lib/two-factor/recovery-codes'
import { twoFactorState } from '@/lib/two-factor/state'
import { codeOf, SITE, withApp, withPasskey } from '@/lib/two-factor/two-factor-fixture'

let product: ProductFixture
let organization: OrganizationFixture
let admin: Context<UserPrincipal>
beforeAll(async () => {
  product = await createProductFixture()
  organization = await product.organization()
  admin = await organization.member('ADMIN')
})
afterAll(() => product.close())

const eventsAbout = async ({ principal }: Context<UserPrincipal>) =>
  (await listAuditEvents(admin, {})).items
    .filter(({ target }) => target.id === principal.userId)
    .map(({ eventType }) => eventType)

async function noticesTo({ principal }: Context<UserPrincipal>): Promise<unknown[]> {
  const { rows } = await product.db.pool.query<{ change: string }>(
    `SELECT facts->>'change' AS change FROM notifications
     WHERE user_id = $1 AND kind = 'two-factor-changed' ORDER BY id`,
    [principal.userId],
  )
  return rows.map(({ change }) => change)
}

describe('an authenticator app', () => {
  it('counts from its first right code, which brings recovery codes', async () => {
    const ctx = await organization.member('MEMBER')
    const { secret, uri, qr } = await beginApp(ctx)
    expect(uri).toMatch(/^otpauth:\/\/totp\/Fruxon:/)
    expect(uri).toContain(secret)
    expect(qr).toMatch(/^<svg/)
    expect(await twoFactorState(ctx)).toEqual({ app: null, passkeys: [], recoveryCodesLeft: 0 })
    await expect(confirmApp(ctx, { code: '000' })).rejects.toMatchObject({
      code: 'code_incorrect',
      errors: [{ pointer: '/code' }],
    })
    const { recoveryCodes } = await confirmApp(ctx, { code: codeOf(secret) })
    expect(new Set(recoveryCodes).size).toBe(10)
    expect(recoveryCodes?.[0]).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/)
    const { app, recoveryCodesLeft } = await twoFactorState(ctx)
    expect(app?.since).toBeGreaterThan(0)
    expect(recoveryCodesLeft).toBe(10)
    expect(await eventsAbout(ctx)).toEqual(['TWO_FACTOR_ENABLED'])
    expect(await noticesTo(ctx)).toEqual(['APP_ADDED'])
  })

  it('keeps its secret and its recovery codes nowhere in the clear', async () => {
    const ctx = await organization.member('MEMBER')
    const { secret, recoveryCodes } = await withApp(ctx)
    const { rows } = await product.db.pool.query<{ row: string }>(
      `SELECT a::text AS row FROM authenticator_apps a UNION ALL
       SELECT r::text FROM recovery_codes r UNION ALL SELECT n::text FROM notifications n`,
    )
    const stored = rows.map(({ row }) => row).join('\n')
    for (const text of [secret, ...recoveryCodes.map((code) => code.replaceAll('-', ''))]) {
      expect(stored).not.toContain(text)
      expect(stored).not.toContain(Buffer.from(text).toString('hex'))
    }
  })

  it('is not replaced while it is in use, and starts anew while it is not', async () => {
    const ctx = await organization.member('MEMBER')
    const first = await beginApp(ctx)
    const second = await beginApp(ctx)
    await expect(confirmApp(ctx, { code: codeOf(first.secret) })).rejects.toMatchObject({
      code: 'code_incorrect',
    })
    await confirmApp(ctx, { code: codeOf(second.secret) })
    await expect(beginApp(ctx)).rejects.toMatchObject({ code: 'app_in_use' })
    await removeApp(ctx)
    expect(await twoFactorState(ctx)).toEqual({ app: null, passkeys: [], recoveryCodesLeft: 0 })
    expect(await eventsAbout(ctx)).toEqual(['TWO_FACTOR_DISABLED', 'TWO_FACTOR_ENABLED'])
    await expect(removeApp(ctx)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a passkey', () => {
  it('is added, named and removed; recovery codes come with the first factor only', async () => {
    const ctx = await organization.member('MEMBER')
    const { recoveryCodes } = await withPasskey(ctx, { backedUp: true })
    expect(recoveryCodes).toHaveLength(10)
    expect((await withPasskey(ctx)).recoveryCodes).toEqual([])
    const [first, second] = (await twoFactorState(ctx)).passkeys
    expect(first).toMatchObject({ name: 'Laptop', backedUp: true, lastUsedAt: null })
    expect(second).toMatchObject({ backedUp: false })
    await renamePasskey(ctx, { passkeyId: first?.id ?? '', name: 'Phone' })
    await removePasskey(ctx, { passkeyId: second?.id ?? '' })
    const state = await twoFactorState(ctx)
    expect(state.passkeys.map(({ name }) => name)).toEqual(['Phone'])
    expect(state.recoveryCodesLeft).toBe(10)
    await removePasskey(ctx, { passkeyId: first?.id ?? '' })
    expect((await twoFactorState(ctx)).recoveryCodesLeft).toBe(0)
    expect(await noticesTo(ctx)).toEqual([
      'PASSKEY_ADDED',
      'PASSKEY_ADDED',
      'PASSKEY_REMOVED',
      'PASSKEY_REMOVED',
    ])
  })

  it('answers one challenge once, and only one of its own', async () => {
    const ctx = await organization.member('MEMBER')
    const other = await organization.member('MEMBER')
    const authenticator = softwareAuthenticator(ctx.principal.userId, SITE)
    const response = authenticator.create(await beginPasskey(ctx, SITE))
    await expect(registerPasskey(other, { name: 'Stolen', response }, SITE)).rejects.toMatchObject({
      code: 'passkey_refused',
    })
    const tries = await Promise.allSettled([
      registerPasskey(ctx, { name: 'One', response }, SITE),
      registerPasskey(ctx, { name: 'Two', response }, SITE),
    ])
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const again = authenticator.create(await beginPasskey(ctx, SITE))
    await expect(
      registerPasskey(ctx, { name: 'Again', response: again }, SITE),
    ).rejects.toMatchObject({ code: 'passkey_in_use' })
  })

  it.each([
    ['made for another site', { origin: 'https://evil.example' }],
    ['whose holder was not checked', { userVerified: false }],
  ])('is refused when %s', async (_title, use) => {
    const ctx = await organization.member('MEMBER')
    const authenticator = softwareAuthenticator(ctx.principal.userId, SITE)
    const response = authenticator.create(await beginPasskey(ctx, SITE), use)
    await expect(registerPasskey(ctx, { name: 'Bad', response }, SITE)).rejects.toMatchObject({
      code: 'passkey_refused',
    })
  })

  it('is refused after five minutes', async () => {
    const ctx = await organization.member('MEMBER')
    const authenticator = softwareAuthenticator(ctx.principal.userId, SITE)
    const response = authenticator.create(await beginPasskey(ctx, SITE))
    await product.db.pool.query(
      `UPDATE passkey_challenges SET expires_at = expires_at - interval '5 minutes'
       WHERE user_id = $1`,
      [ctx.principal.userId],
    )
    await expect(registerPasskey(ctx, { name: 'Late', response }, SITE)).rejects.toMatchObject({
      code: 'passkey_refused',
    })
  })

  it('waits for an answer no longer than its challenge is kept', async () => {
    const ctx = await organization.member('MEMBER')
    const { userId } = ctx.principal
    await beginPasskey(ctx, SITE)
    await product.db.pool.query(
      `UPDATE passkey_challenges SET expires_at = now() - interval '1 second' WHERE user_id = $1`,
      [userId],
    )
    await beginPasskey(ctx, SITE)
    await deleteExpiredChallenges(product.db.pool)
    const { rows } = await product.db.pool.query(
      'SELECT expires_at > now() AS good FROM passkey_challenges WHERE user_id = $1',
      [userId],
    )
    expect(rows).toEqual([{ good: true }])
  })

  it('of somebody else is not there', async () => {
    const owner = await organization.member('MEMBER')
    const thief = await organization.member('ADMIN')
    await withPasskey(owner)
    const passkeyId = (await twoFactorState(owner)).passkeys[0]?.id ?? ''
    await expect(removePasskey(thief, { passkeyId })).rejects.toMatchObject({ code: 'not_found' })
    await expect(renamePasskey(thief, { passkeyId, name: 'Mine' })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect((await twoFactorState(owner)).passkeys).toHaveLength(1)
  })

  it('is one of at most twenty', async () => {
    const ctx = await organization.member('MEMBER')
    const { userId } = ctx.principal
    const authenticator = softwareAuthenticator(userId, SITE)
    const response = authenticator.create(await beginPasskey(ctx, SITE))
    for (let index = 0; index < PASSKEYS_MAX; index++) {
      await product.db.pool.query(
        `INSERT INTO passkeys (id, user_id, credential_id, public_key, backed_up, name)
         VALUES ($1, $2, $3, '', false, 'x')`,
        [newId(), userId, newId()],
      )
    }
    const tooMany = { code: 'too_many_passkeys' }
    await expect(beginPasskey(ctx, SITE)).rejects.toMatchObject(tooMany)
    await expect(registerPasskey(ctx, { name: 'One more', response }, SITE)).rejects.toMatchObject(
      tooMany,
    )
  })
})

describe('recovery codes', () => {
  it('are renewed as a whole, and only beside a factor', async () => {
    const ctx = await organization.member('MEMBER')
    await expect(renewRecoveryCodes(ctx)).rejects.toMatchObject({ code: 'two_factor_off' })
    const { recoveryCodes } = await withApp(ctx)
    const renewed = await renewRecoveryCodes(ctx)
    expect(renewed.recoveryCodes).toHaveLength(10)
    expect(renewed.recoveryCodes.filter((code) => recoveryCodes.includes(code))).toEqual([])
    expect((await twoFactorState(ctx)).recoveryCodesLeft).toBe(10)
  })
})

describe('the last factor', () => {
  it('stays where an organization of the person requires one, which is named', async () => {
    const strict = await product.organization()
    const ctx = await organization.member('MEMBER')
    await withApp(ctx)
    await withPasskey(ctx)
    await product.db.pool.query(
      `WITH strict AS (
         UPDATE organizations SET two_factor_required = true, name = 'Strict Ltd' WHERE id = $1)
       INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, 'MEMBER')`,
      [strict.id, ctx.principal.userId],
    )
    await removeApp(ctx)
    const [passkey] = (await twoFactorState(ctx)).passkeys
    const removal = removePasskey(ctx, { passkeyId: passkey?.id ?? '' })
    await expect(removal).rejects.toMatchObject({
      kind: 'conflict',
      code: 'two_factor_required',
      message: expect.stringContaining('Strict Ltd'),
    })
    expect(await twoFactorState(ctx)).toMatchObject({ passkeys: [{}], recoveryCodesLeft: 10 })
  })

  it('leaves a trace in every organization of the person', async () => {
    const second = await product.organization()
    const other = await second.member('ADMIN')
    const ctx = await organization.member('MEMBER')
    await product.db.pool.query(
      `INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, 'MEMBER')`,
      [second.id, ctx.principal.userId],
    )
    await withApp(ctx)
    const there = (await listAuditEvents(other, {})).items
    expect(there).toMatchObject([
      { eventType: 'TWO_FACTOR_ENABLED', actor: { id: ctx.principal.userId } },
    ])
  })
})

it('shows and changes nothing without a recent proof of identity', async () => {
  const fresh = await organization.member('MEMBER')
  const ctx = { ...fresh, now: fresh.now + REAUTHENTICATION_WINDOW_MS }
  const response = softwareAuthenticator(ctx.principal.userId, SITE).create({ challenge: 'x' })
  const calls = [
    beginApp(ctx),
    confirmApp(ctx, { code: '123456' }),
    removeApp(ctx),
    renewRecoveryCodes(ctx),
    beginPasskey(ctx, SITE),
    registerPasskey(ctx, { name: 'x', response }, SITE),
    removePasskey(ctx, { passkeyId: newId() }),
  ]
  for (const outcome of await Promise.allSettled(calls)) {
    expect(outcome).toMatchObject({ reason: { code: 'reauthentication_required' } })
  }
})
