import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD, refusalOf } from '@/lib/auth/auth-fixture'
import { beginPasskeyProof, confirmIdentity, identityProofs } from '@/lib/auth/confirm-identity'
import type { IdentityProof } from '@/lib/auth/schema'
import {
  newAddress,
  openSecondFactorFixture,
  type Person,
  type SecondFactorFixture,
} from '@/lib/auth/second-factor-fixture'
import { buildContext } from '@/lib/context'
import {
  codeOf,
  forgetSteps,
  SITE,
  withApp,
  withPasskey,
} from '@/lib/two-factor/two-factor-fixture'

let fixture: SecondFactorFixture
beforeAll(async () => {
  fixture = await openSecondFactorFixture()
})
afterAll(() => fixture.close())

describe('proof of identity', () => {
  const confirm = (ctx: Person, proof: IdentityProof) =>
    confirmIdentity(
      buildContext({ ...ctx, request: { ...ctx.request, ip: newAddress() } }),
      proof,
      { ...fixture.doorOf(ctx), relyingParty: SITE },
    )

  it('offers what the person has', async () => {
    const ctx = await fixture.person()
    const none = { app: false, passkey: false, recovery: false }
    expect(await identityProofs(ctx)).toEqual({ password: true, ...none })
    await withApp(ctx)
    await fixture.db.pool.query('UPDATE users SET password_hash = NULL WHERE id = $1', [
      ctx.principal.userId,
    ])
    expect(await identityProofs(ctx)).toEqual({
      password: false,
      app: true,
      passkey: false,
      recovery: true,
    })
  })

  it('is taken by password, code, recovery code and passkey', async () => {
    const ctx = await fixture.person()
    const { secret, recoveryCodes } = await withApp(ctx)
    const { authenticator } = await withPasskey(ctx)
    const options = await beginPasskeyProof(ctx, SITE)
    expect(options.allowCredentials).toHaveLength(1)
    const proofs: IdentityProof[] = [
      { method: 'password', password: PASSWORD },
      { method: 'code', code: codeOf(secret) },
      { method: 'code', code: recoveryCodes[0] ?? '' },
      { method: 'passkey', response: authenticator.use(options) },
    ]
    for (const proof of proofs) {
      await fixture.db.pool.query(
        `UPDATE sessions SET reauthenticated_at = now() - interval '1 hour' WHERE id = $1`,
        [ctx.principal.sessionId],
      )
      const { reauthenticatedAt } = await confirm(ctx, proof)
      expect(reauthenticatedAt).toBeGreaterThan(Date.now() - 60_000)
    }
  })

  it('says which field is wrong', async () => {
    const ctx = await fixture.person()
    const { authenticator } = await withPasskey(ctx)
    await withApp(ctx)
    const wrong: [IdentityProof, string, string][] = [
      [{ method: 'code', code: '000000' }, 'code_incorrect', '/code'],
      [
        { method: 'passkey', response: authenticator.use({ challenge: 'made-up' }) },
        'passkey_refused',
        '/response',
      ],
    ]
    for (const [proof, code, pointer] of wrong) {
      expect(await refusalOf(confirm(ctx, proof))).toMatchObject({
        kind: 'invalid',
        code,
        errors: [{ pointer }],
      })
    }
  })

  it('is not given by the passkey of another person, nor by a sign-in', async () => {
    const ctx = await fixture.person()
    const other = await fixture.person()
    const { authenticator } = await withPasskey(other)
    await withPasskey(ctx)
    const foreign = authenticator.use(await beginPasskeyProof(ctx, SITE))
    expect(await refusalOf(confirm(ctx, { method: 'passkey', response: foreign }))).toMatchObject({
      code: 'passkey_refused',
    })
  })

  it('uses a code up: it opens no sign-in afterwards', async () => {
    const ctx = await fixture.person()
    const { secret } = await withApp(ctx)
    const code = codeOf(secret)
    await confirm(ctx, { method: 'code', code })
    expect(await refusalOf(fixture.enter(ctx, code))).toMatchObject({
      code: 'second_factor_incorrect',
    })
    await forgetSteps(fixture.db, ctx.principal.userId)
    await fixture.enter(ctx, codeOf(secret))
  })
})
