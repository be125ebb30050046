import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { UserPrincipal } from '@/lib/access/principal'
import { listAuditEvents } from '@/lib/audit/queries'
import { KEYS, PASSWORD, refusalOf, signInDoor } from '@/lib/auth/auth-fixture'
import { signIn, signOut } from '@/lib/auth/commands'
import { beginPasskeyProof, confirmIdentity, identityProofs } from '@/lib/auth/confirm-identity'
import { beginPasskeySignIn, signInByPasskey } from '@/lib/auth/passkey-sign-in'
import { hashPassword } from '@/lib/auth/passwords'
import type { IdentityProof } from '@/lib/auth/schema'
import { createSession, lacksSecondFactor, resolveSession } from '@/lib/auth/sessions'
import {
  CODE_LIMITS,
  openPasskeyThrottle,
  PASSKEY_LIMITS,
  SIGN_IN_LIMITS,
} from '@/lib/auth/throttle'
import { buildContext, type Context } from '@/lib/context'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { removePasskey } from '@/lib/two-factor/passkeys'
import { twoFactorState } from '@/lib/two-factor/state'
import {
  codeOf,
  forgetSteps,
  SITE,
  withApp,
  withPasskey,
} from '@/lib/two-factor/two-factor-fixture'

let product: ProductFixture
let organization: OrganizationFixture
let admin: Context<UserPrincipal>
let passwordHash: string
beforeAll(async () => {
  product = await createProductFixture()
  organization = await product.organization()
  admin = await organization.member('ADMIN')
  passwordHash = await hashPassword(PASSWORD)
})
afterAll(() => product.close())

type Person = Context<UserPrincipal>

/** Somebody with a password and a session of their own. */
async function person(): Promise<Person> {
  const ctx = await organization.member('MEMBER')
  const { userId } = ctx.principal
  await product.db.pool.query('UPDATE users SET password_hash = $2 WHERE id = $1', [
    userId,
    passwordHash,
  ])
  const { sessionId } = await createSession(product.db, { userId, ip: null, userAgent: null })
  return buildContext({ ...ctx, principal: { ...ctx.principal, sessionId } })
}

let lastAddress = 0
const newAddress = () => `198.51.100.${++lastAddress}`

function doorOf(ctx: Person, from: { ip?: string; userAgent?: string } = {}) {
  return { ...signInDoor(product.db, { ip: newAddress(), ...from }), crypto: ctx.crypto }
}

function enter(ctx: Person, code?: string, from: { ip?: string; userAgent?: string } = {}) {
  const { email } = ctx.principal
  return signIn({ ...doorOf(ctx, from), email, password: PASSWORD, code })
}

async function sessionsOf({ principal }: Person): Promise<number> {
  const { rows } = await product.db.pool.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM sessions WHERE user_id = $1',
    [principal.userId],
  )
  return rows[0]?.count ?? 0
}

async function eventsAbout({ principal }: Person) {
  const { items } = await listAuditEvents(admin, {})
  return items.filter(({ target }) => target.id === principal.userId)
}

describe('a code after the password', () => {
  it('is asked for, with what the person has, and opens nothing before', async () => {
    const ctx = await person()
    await withApp(ctx)
    await withPasskey(ctx)
    const before = await sessionsOf(ctx)
    await expect(enter(ctx)).rejects.toMatchObject({
      kind: 'unauthenticated',
      code: 'second_factor_required',
      methods: ['app', 'passkey', 'recovery'],
    })
    expect(await refusalOf(enter(ctx, '000000'))).toMatchObject({
      kind: 'unauthenticated',
      code: 'second_factor_incorrect',
    })
    expect(await sessionsOf(ctx)).toBe(before)
  })

  it('is taken once, however many try it at the same moment', async () => {
    const ctx = await person()
    const { secret } = await withApp(ctx)
    const before = await sessionsOf(ctx)
    const code = codeOf(secret)
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => enter(ctx, code)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await sessionsOf(ctx)).toBe(before + 1)
    expect(await refusalOf(enter(ctx, code))).toMatchObject({ code: 'second_factor_incorrect' })
  })

  it('may be of the step before or after, and of no other', async () => {
    const ctx = await person()
    const { secret } = await withApp(ctx)
    for (const steps of [-3, 3]) {
      expect(await refusalOf(enter(ctx, codeOf(secret, steps)))).toMatchObject({
        code: 'second_factor_incorrect',
      })
    }
    await enter(ctx, codeOf(secret, 1))
    // Older ones are used up with it.
    expect(await refusalOf(enter(ctx, codeOf(secret)))).toMatchObject({
      code: 'second_factor_incorrect',
    })
  })

  it('may be a recovery code, as people type it, once', async () => {
    const ctx = await person()
    const { recoveryCodes } = await withApp(ctx)
    const [code = '', other = ''] = recoveryCodes
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => enter(ctx, code)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await enter(ctx, ` ${other.toUpperCase().replaceAll('-', ' ')} `)
    expect((await twoFactorState(ctx)).recoveryCodesLeft).toBe(8)
    const types = (await eventsAbout(ctx)).map(({ eventType }) => eventType)
    expect(types.filter((type) => type === 'RECOVERY_CODE_USED')).toHaveLength(2)
  })

  it('is no use to somebody else', async () => {
    const ctx = await person()
    const other = await person()
    const { recoveryCodes } = await withApp(ctx)
    const { secret } = await withApp(other)
    expect(await refusalOf(enter(ctx, codeOf(secret)))).toMatchObject({
      code: 'second_factor_incorrect',
    })
    expect(await refusalOf(enter(other, recoveryCodes[0]))).toMatchObject({
      code: 'second_factor_incorrect',
    })
  })

  it('gives way to the recovery codes where the secret of the installation has changed', async () => {
    const ctx = await person()
    const { secret, recoveryCodes } = await withApp(ctx)
    const door = { ...doorOf(ctx), crypto: KEYS, email: ctx.principal.email, password: PASSWORD }
    expect(await refusalOf(signIn({ ...door, code: codeOf(secret) }))).toMatchObject({
      code: 'app_unreadable',
    })
    await signIn({ ...door, code: recoveryCodes[0] })
  })

  it('is spoken of to nobody who has not shown the password', async () => {
    const ctx = await person()
    const plain = await person()
    const { secret } = await withApp(ctx)
    const answers = await Promise.all(
      [
        { email: ctx.principal.email, code: undefined },
        { email: ctx.principal.email, code: codeOf(secret) },
        { email: ctx.principal.email, code: '000000' },
        { email: plain.principal.email, code: '000000' },
        { email: 'nobody@example.test', code: '000000' },
      ].map((guess) => refusalOf(signIn({ ...doorOf(ctx), ...guess, password: 'a guess' }))),
    )
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]?.code).toBe('invalid_credentials')
    // None of it has used the code up.
    await enter(ctx, codeOf(secret))
  })

  it('is guessed at a few times only, from wherever, and the right one is refused then too', async () => {
    const ctx = await person()
    const { secret } = await withApp(ctx)
    const door = signInDoor(product.db)
    for (let index = 0; index < CODE_LIMITS.account; index++) {
      await door.codeThrottle.count({ email: ctx.principal.email, ip: newAddress() })
    }
    expect(await refusalOf(enter(ctx, codeOf(secret)))).toMatchObject({
      kind: 'throttled',
      code: 'too_many_attempts',
    })
  })

  it('leaves the count of the password standing until it was right', async () => {
    const ctx = await person()
    const { secret } = await withApp(ctx)
    const ip = newAddress()
    for (let index = 0; index < SIGN_IN_LIMITS.accountFromAddress - 1; index++) {
      expect(await refusalOf(enter(ctx, undefined, { ip }))).toMatchObject({
        code: 'second_factor_required',
      })
    }
    await enter(ctx, codeOf(secret), { ip })
    expect(await refusalOf(enter(ctx, undefined, { ip }))).toMatchObject({
      code: 'second_factor_required',
    })
  })
})

describe('a passkey', () => {
  const begin = (ip = newAddress()) =>
    beginPasskeySignIn({
      db: product.db,
      throttle: openPasskeyThrottle(product.db.pool),
      ip,
      relyingParty: SITE,
    })
  const answer = (ctx: Person, assertion: unknown) =>
    signInByPasskey({ ...doorOf(ctx), assertion, relyingParty: SITE })
  const refused = { kind: 'unauthenticated', code: 'passkey_refused' }

  it('signs in by itself', async () => {
    const ctx = await person()
    const { authenticator } = await withPasskey(ctx)
    const options = await begin()
    expect(options).toMatchObject({ rpId: SITE.id, userVerification: 'required' })
    expect(options.allowCredentials).toBeUndefined()
    const { sessionSecret, userId } = await answer(ctx, authenticator.use(options))
    expect(userId).toBe(ctx.principal.userId)
    const session = await resolveSession(product.db, sessionSecret)
    expect(session).toMatchObject({ signInMethod: 'PASSKEY', hasSecondFactor: true })
    expect((await twoFactorState(ctx)).passkeys[0]?.lastUsedAt).toBeGreaterThan(0)
  })

  it('answers a challenge once, and none that was made for something else', async () => {
    const ctx = await person()
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
    const ctx = await person()
    const { authenticator } = await withPasskey(ctx)
    await answer(ctx, authenticator.use(await begin(), { counter: 7 }))
    const before = await sessionsOf(ctx)
    const next = authenticator.use(await begin(), { counter: 8, ...use })
    expect(await refusalOf(answer(ctx, next))).toMatchObject(refused)
    expect(await sessionsOf(ctx)).toBe(before)
  })

  it('goes on without a counter, and ends with its removal', async () => {
    const ctx = await person()
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
    const throttle = openPasskeyThrottle(product.db.pool)
    for (let index = 0; index < PASSKEY_LIMITS.address; index++) await throttle.count(ip)
    expect(await refusalOf(begin(ip))).toMatchObject({ kind: 'throttled' })
    await begin()
  })
})

describe('proof of identity', () => {
  const confirm = (ctx: Person, proof: IdentityProof) =>
    confirmIdentity(
      buildContext({ ...ctx, request: { ...ctx.request, ip: newAddress() } }),
      proof,
      { ...doorOf(ctx), relyingParty: SITE },
    )

  it('offers what the person has', async () => {
    const ctx = await person()
    const none = { app: false, passkey: false, recovery: false }
    expect(await identityProofs(ctx)).toEqual({ password: true, ...none })
    await withApp(ctx)
    await product.db.pool.query('UPDATE users SET password_hash = NULL WHERE id = $1', [
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
    const ctx = await person()
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
      await product.db.pool.query(
        `UPDATE sessions SET reauthenticated_at = now() - interval '1 hour' WHERE id = $1`,
        [ctx.principal.sessionId],
      )
      const { reauthenticatedAt } = await confirm(ctx, proof)
      expect(reauthenticatedAt).toBeGreaterThan(Date.now() - 60_000)
    }
  })

  it('says which field is wrong', async () => {
    const ctx = await person()
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
    const ctx = await person()
    const other = await person()
    const { authenticator } = await withPasskey(other)
    await withPasskey(ctx)
    const foreign = authenticator.use(await beginPasskeyProof(ctx, SITE))
    expect(await refusalOf(confirm(ctx, { method: 'passkey', response: foreign }))).toMatchObject({
      code: 'passkey_refused',
    })
  })

  it('uses a code up: it opens no sign-in afterwards', async () => {
    const ctx = await person()
    const { secret } = await withApp(ctx)
    const code = codeOf(secret)
    await confirm(ctx, { method: 'code', code })
    expect(await refusalOf(enter(ctx, code))).toMatchObject({ code: 'second_factor_incorrect' })
    await forgetSteps(product.db, ctx.principal.userId)
    await enter(ctx, codeOf(secret))
  })
})

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:151.0) Gecko/20100101 Firefox/151.0'
const NEWER_FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:152.0) Gecko/20100101 Firefox/152.0'

describe('what is known of a sign-in', () => {
  it('is in the audit log, with how and from what', async () => {
    const ctx = await person()
    await enter(ctx, undefined, { userAgent: FIREFOX })
    expect(await eventsAbout(ctx)).toMatchObject([
      {
        eventType: 'SIGNED_IN',
        actor: { id: ctx.principal.userId },
        details: { method: 'PASSWORD', device: 'Firefox on Linux' },
      },
    ])
  })

  it('tells of its end too, once', async () => {
    const ctx = await person()
    const door = doorOf(ctx)
    const { email } = ctx.principal
    const { sessionSecret } = await signIn({ ...door, email, password: PASSWORD })
    await signOut({ ...door, sessionSecret, by: 'person' })
    await signOut({ ...door, sessionSecret, by: 'person' })
    expect(await eventsAbout(ctx)).toMatchObject([
      { eventType: 'SIGNED_OUT', details: { by: 'person' } },
      { eventType: 'SIGNED_IN' },
    ])
  })

  it('is told to the person where the device is new, and somebody had signed in before', async () => {
    const ctx = await person()
    const notices = async () => {
      const { rows } = await product.db.pool.query<{ device: string }>(
        `SELECT facts->>'device' AS device FROM notifications
         WHERE user_id = $1 AND kind = 'new-sign-in'`,
        [ctx.principal.userId],
      )
      return rows.map(({ device }) => device)
    }
    await product.db.pool.query('DELETE FROM sessions WHERE user_id = $1', [ctx.principal.userId])
    await enter(ctx, undefined, { userAgent: 'curl/8.5.0' })
    expect(await notices()).toEqual([])
    await enter(ctx, undefined, { userAgent: FIREFOX })
    expect(await notices()).toEqual(['Firefox on Linux'])
    await enter(ctx, undefined, { userAgent: NEWER_FIREFOX })
    expect(await notices()).toHaveLength(1)
    await product.db.pool.query(
      `UPDATE sessions SET last_seen_at = now() - interval '91 days' WHERE user_id = $1`,
      [ctx.principal.userId],
    )
    await enter(ctx, undefined, { userAgent: FIREFOX })
    expect(await notices()).toHaveLength(2)
  })
})

describe('an organization that requires a second factor', () => {
  it('shows nothing to a session by password alone, and all to the others', async () => {
    const strict = await product.organization()
    await product.db.pool.query(
      'UPDATE organizations SET two_factor_required = true WHERE id = $1',
      [strict.id],
    )
    const ctx = await person()
    await product.db.pool.query(
      `INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, 'MEMBER')`,
      [strict.id, ctx.principal.userId],
    )
    const lacking = async (method: 'PASSWORD' | 'PASSKEY' | 'OIDC', where = strict.id) => {
      const { userId } = ctx.principal
      const facts = { userId, ip: null, userAgent: null, method }
      const { sessionSecret } = await createSession(product.db, facts)
      const session = await resolveSession(product.db, sessionSecret)
      return session && lacksSecondFactor(session, where)
    }
    expect(await lacking('PASSWORD')).toBe(true)
    expect(await lacking('PASSWORD', organization.id)).toBe(false)
    expect(await lacking('PASSKEY')).toBe(false)
    expect(await lacking('OIDC')).toBe(false)
    await withApp(ctx)
    expect(await lacking('PASSWORD')).toBe(false)
  })
})
