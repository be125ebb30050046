import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf } from '@/lib/auth/auth-fixture'
import { beginPasskeyProof } from '@/lib/auth/confirm-identity'
import { beginPasskeySignIn, signInByPasskey } from '@/lib/auth/passkey-sign-in'
import {
  newAddress,
  openSecondFactorFixture,
  type Person,
  type SecondFactorFixture,
} from '@/lib/auth/second-factor-fixture'
import { resolveSession } from '@/lib/auth/sessions'
import { openPasskeyThrottle, PASSKEY_LIMITS } from '@/lib/auth/throttle'
import { removePasskey } from '@/lib/two-factor/passkeys'
import { twoFactorState } from '@/lib/two-factor/state'
import { SITE, withPasskey } from '@/lib/two-factor/two-factor-fixture'

let fixture: SecondFactorFixture
beforeAll(async () => {
  fixture = await openSecondFactorFixture()
})
afterAll(() => fixture.close())

describe('a passkey', () => {
  const begin = (ip = newAddress()) =>
    beginPasskeySignIn({
      db: fixture.db,
      throttle: openPasskeyThrottle(fixture.db.pool),
      ip,
      relyingParty: SITE,
    })
  const answer = (ctx: Person, assertion: unknown) =>
    signInByPasskey({ ...fixture.doorOf(ctx), assertion, relyingParty: SITE })
  const refused = { kind: 'unauthenticated', code: 'passkey_refused' }

  it('signs in by itself', async () => {
    const ctx = await fixture.person()
    const { authenticator } = await withPasskey(ctx)
    const options = await begin()
    expect(options).toMatchObject({ rpId: SITE.id, userVerification: 'required' })
    expect(options.allowCredentials).toBeUndefined()
    const { sessionSecret, userId } = await answer(ctx, authenticator.use(options))
    expect(userId).toBe(ctx.principal.userId)
    const session = await resolveSession(fixture.db, sessionSecret)
    expect(session).toMatchObject({ signInMethod: 'PASSKEY', hasSecondFactor: true })
    expect((await twoFactorState(ctx)).passkeys[0]?.lastUsedAt).toBeGreaterThan(0)
  })

  it('answers a challenge once, and none that was made for something else', async () => {
    const ctx = await fixture.person()
    const { authenticator } = await withPasskey(ctx, { counts: false })
    const assertion = authenticator.use(await begin())
    const tries = await Promise.allSettled([answer(ctx, assertion), answer(ctx, assertion)])
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await refusalOf(answer(ctx, assertion))).toMatchObject(refused)
    const forProof = authenticator.use(await beginPasskeyProof(ctx, SITE))
    expect(await refusalOf(answer(ctx, forProof))).toMatchObject(refused)
    expect(await refusalOf(answer(ctx, { id: 'nonsense' }))).toMatchObject(refused)
  })

  it.each([
    ['is for another site', { origin: 'https://evil.example' }],
    ['was used by somebody unchecked', { userVerified: false }],
    ['names another owner', { userHandle: 'somebody-else' }],
    ['names no owner', { userHandle: null }],
    ['has counted backwards', { counter: 5 }],
    ['has not counted on', { counter: 7 }],
  ])('is refused when it %s', async (_title, use) => {
    const ctx = await fixture.person()
    const { authenticator } = await withPasskey(ctx)
    await answer(ctx, authenticator.use(await begin(), { counter: 7 }))
    const before = await fixture.sessionsOf(ctx)
    const next = authenticator.use(await begin(), { counter: 8, ...use })
    expect(await refusalOf(answer(ctx, next))).toMatchObject(refused)
    expect(await fixture.sessionsOf(ctx)).toBe(before)
  })

  it('goes on without a counter, and ends with its removal', async () => {
    const ctx = await fixture.person()
    const { authenticator } = await withPasskey(ctx, { counts: false })
    await answer(ctx, authenticator.use(await begin()))
    await answer(ctx, authenticator.use(await begin()))
    const [passkey] = (await twoFactorState(ctx)).passkeys
    const late = authenticator.use(await begin())
    await removePasskey(ctx, { passkeyId: passkey?.id ?? '' })
    expect(await refusalOf(answer(ctx, late))).toMatchObject(refused)
  })

  it('is asked for a limited number of times by one address', async () => {
    const ip = newAddress()
    const throttle = openPasskeyThrottle(fixture.db.pool)
    for (let index = 0; index < PASSKEY_LIMITS.address; index++) await throttle.count(ip)
    expect(await refusalOf(begin(ip))).toMatchObject({ kind: 'throttled' })
    await begin()
  })
})
