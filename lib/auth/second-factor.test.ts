import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KEYS, PASSWORD, refusalOf, signInDoor } from '@/lib/auth/auth-fixture'
import { signIn } from '@/lib/auth/commands'
import {
  newAddress,
  openSecondFactorFixture,
  type SecondFactorFixture,
} from '@/lib/auth/second-factor-fixture'
import { createSession, lacksSecondFactor, resolveSession } from '@/lib/auth/sessions'
import { CODE_LIMITS, SIGN_IN_LIMITS } from '@/lib/auth/throttle'
import { twoFactorState } from '@/lib/two-factor/state'
import { codeOf, withApp, withPasskey } from '@/lib/two-factor/two-factor-fixture'

let fixture: SecondFactorFixture
beforeAll(async () => {
  fixture = await openSecondFactorFixture()
})
afterAll(() => fixture.close())

describe('a code after the password', () => {
  it('is asked for, with what the person has, and opens nothing before', async () => {
    const ctx = await fixture.person()
    await withApp(ctx)
    await withPasskey(ctx)
    const before = await fixture.sessionsOf(ctx)
    await expect(fixture.enter(ctx)).rejects.toMatchObject({
      kind: 'unauthenticated',
      code: 'second_factor_required',
      methods: ['app', 'passkey', 'recovery'],
    })
    expect(await refusalOf(fixture.enter(ctx, '000000'))).toMatchObject({
      kind: 'unauthenticated',
      code: 'second_factor_incorrect',
    })
    expect(await fixture.sessionsOf(ctx)).toBe(before)
  })

  it('is taken once, however many try it at the same moment', async () => {
    const ctx = await fixture.person()
    const { secret } = await withApp(ctx)
    const before = await fixture.sessionsOf(ctx)
    const code = codeOf(secret)
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => fixture.enter(ctx, code)),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await fixture.sessionsOf(ctx)).toBe(before + 1)
    expect(await refusalOf(fixture.enter(ctx, code))).toMatchObject({
      code: 'second_factor_incorrect',
    })
  })

  it('may be of the step before or after, and of no other', async () => {
    const ctx = await fixture.person()
    const { secret } = await withApp(ctx)
    for (const steps of [-3, 3]) {
      expect(await refusalOf(fixture.enter(ctx, codeOf(secret, steps)))).toMatchObject({
        code: 'second_factor_incorrect',
      })
    }
    await fixture.enter(ctx, codeOf(secret, 1))
    // Older ones are used up with it.
    expect(await refusalOf(fixture.enter(ctx, codeOf(secret)))).toMatchObject({
      code: 'second_factor_incorrect',
    })
  })

  it('may be a recovery code, as people type it, once', async () => {
    const ctx = await fixture.person()
    const { recoveryCodes } = await withApp(ctx)
    const [code = '', other = ''] = recoveryCodes
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => fixture.enter(ctx, code)),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await fixture.enter(ctx, ` ${other.toUpperCase().replaceAll('-', ' ')} `)
    expect((await twoFactorState(ctx)).recoveryCodesLeft).toBe(8)
    const types = (await fixture.eventsAbout(ctx)).map(({ eventType }) => eventType)
    expect(types.filter((type) => type === 'RECOVERY_CODE_USED')).toHaveLength(2)
  })

  it('is no use to somebody else', async () => {
    const ctx = await fixture.person()
    const other = await fixture.person()
    const { recoveryCodes } = await withApp(ctx)
    const { secret } = await withApp(other)
    expect(await refusalOf(fixture.enter(ctx, codeOf(secret)))).toMatchObject({
      code: 'second_factor_incorrect',
    })
    expect(await refusalOf(fixture.enter(other, recoveryCodes[0]))).toMatchObject({
      code: 'second_factor_incorrect',
    })
  })

  it('gives way to the recovery codes where the secret of the installation has changed', async () => {
    const ctx = await fixture.person()
    const { secret, recoveryCodes } = await withApp(ctx)
    const door = {
      ...fixture.doorOf(ctx),
      crypto: KEYS,
      email: ctx.principal.email,
      password: PASSWORD,
    }
    expect(await refusalOf(signIn({ ...door, code: codeOf(secret) }))).toMatchObject({
      code: 'app_unreadable',
    })
    await signIn({ ...door, code: recoveryCodes[0] })
  })

  it('is spoken of to nobody who has not shown the password', async () => {
    const ctx = await fixture.person()
    const plain = await fixture.person()
    const { secret } = await withApp(ctx)
    const answers = await Promise.all(
      [
        { email: ctx.principal.email, code: undefined },
        { email: ctx.principal.email, code: codeOf(secret) },
        { email: ctx.principal.email, code: '000000' },
        { email: plain.principal.email, code: '000000' },
        { email: 'nobody@example.test', code: '000000' },
      ].map((guess) =>
        refusalOf(signIn({ ...fixture.doorOf(ctx), ...guess, password: 'a guess' })),
      ),
    )
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]?.code).toBe('invalid_credentials')
    // None of it has used the code up.
    await fixture.enter(ctx, codeOf(secret))
  })

  it('is guessed at a few times only, from wherever, and the right one is refused then too', async () => {
    const ctx = await fixture.person()
    const { secret } = await withApp(ctx)
    const door = signInDoor(fixture.db)
    for (let index = 0; index < CODE_LIMITS.account; index++) {
      await door.codeThrottle.count({ email: ctx.principal.email, ip: newAddress() })
    }
    expect(await refusalOf(fixture.enter(ctx, codeOf(secret)))).toMatchObject({
      kind: 'throttled',
      code: 'too_many_attempts',
    })
  })

  it('leaves the count of the password standing until it was right', async () => {
    const ctx = await fixture.person()
    const { secret } = await withApp(ctx)
    const ip = newAddress()
    for (let index = 0; index < SIGN_IN_LIMITS.accountFromAddress - 1; index++) {
      expect(await refusalOf(fixture.enter(ctx, undefined, { ip }))).toMatchObject({
        code: 'second_factor_required',
      })
    }
    await fixture.enter(ctx, codeOf(secret), { ip })
    expect(await refusalOf(fixture.enter(ctx, undefined, { ip }))).toMatchObject({
      code: 'second_factor_required',
    })
  })
})

describe('an organization that requires a second factor', () => {
  it('shows nothing to a session by password alone, and all to the others', async () => {
    const strict = await fixture.addOrganization()
    await fixture.db.pool.query(
      'UPDATE organizations SET two_factor_required = true WHERE id = $1',
      [strict.id],
    )
    const ctx = await fixture.person()
    await fixture.db.pool.query(
      `INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, 'MEMBER')`,
      [strict.id, ctx.principal.userId],
    )
    const lacking = async (method: 'PASSWORD' | 'PASSKEY' | 'OIDC', where = strict.id) => {
      const { userId } = ctx.principal
      const facts = { userId, ip: null, userAgent: null, method }
      const { sessionSecret } = await createSession(fixture.db, facts)
      const session = await resolveSession(fixture.db, sessionSecret)
      return session && lacksSecondFactor(session, where)
    }
    expect(await lacking('PASSWORD')).toBe(true)
    expect(await lacking('PASSWORD', fixture.organization.id)).toBe(false)
    expect(await lacking('PASSKEY')).toBe(false)
    expect(await lacking('OIDC')).toBe(false)
    await withApp(ctx)
    expect(await lacking('PASSWORD')).toBe(false)
  })
})
