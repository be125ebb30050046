import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAuditEvents } from '@/lib/audit/queries'
import { confirmEmailChange, requestEmailChange } from '@/lib/profile/email-change'
import {
  findEmailVerification,
  requestEmailVerification,
  verifyEmail,
} from '@/lib/profile/email-verification'
import { requestPasswordReset, resetPassword } from '@/lib/profile/password-reset'
import {
  NEW_PASSWORD,
  openProfileFixture,
  PASSWORD,
  type PersonFixture,
  type ProfileFixture,
  SOMEWHERE,
  secretOf,
} from '@/lib/profile/profile-fixture'
import { getProfile } from '@/lib/profile/queries'

let fixture: ProfileFixture
beforeAll(async () => {
  fixture = await openProfileFixture()
})
afterAll(() => fixture.close())

const ask = ({ ctx }: PersonFixture) => requestEmailVerification(ctx, { throttle: fixture.links })
const newest = async (email: string) => secretOf(await fixture.emails(email))
const verify = (secret: string) => verifyEmail({ db: fixture.db, request: SOMEWHERE, secret })

async function asked(person: PersonFixture): Promise<string> {
  await ask(person)
  return newest(person.ctx.principal.email)
}

const isVerified = async ({ ctx }: PersonFixture) => (await getProfile(ctx)).emailVerified

describe('verifying an address', () => {
  it('happens when the link is used, once, and is in the log', async () => {
    const person = await fixture.person()
    const { email, userId } = person.ctx.principal
    const secret = await asked(person)
    expect(await findEmailVerification(fixture.db, secret)).toBe(email)
    expect(await isVerified(person)).toBe(false)
    const tries = await Promise.allSettled([1, 2, 3].map(() => verify(secret)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await isVerified(person)).toBe(true)
    expect(await findEmailVerification(fixture.db, secret)).toBeNull()
    const admin = await fixture.organization.member('ADMIN')
    const { items } = await listAuditEvents(admin, { targetId: userId })
    expect(items).toMatchObject([{ eventType: 'EMAIL_VERIFIED', details: { email } }])
  })

  it('sends nothing where there is nothing to prove, and ends the earlier link where there is', async () => {
    const person = await fixture.person()
    const first = await asked(person)
    const second = await asked(person)
    await expect(verify(first)).rejects.toMatchObject({ code: 'link_ended' })
    await verify(second)
    await ask(person)
    expect(await fixture.emails(person.ctx.principal.email)).toHaveLength(2)
  })

  it('is throttled', async () => {
    const person = await fixture.person()
    const tries = await Promise.allSettled(Array.from({ length: 7 }, () => ask(person)))
    const refused = tries.filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(2)
    expect(refused[0]).toMatchObject({ reason: { code: 'too_many_attempts' } })
  })

  it('is no link of another kind, and no link of another kind is one', async () => {
    const person = await fixture.person()
    const secret = await asked(person)
    const door = { db: fixture.db, crypto: fixture.crypto, request: SOMEWHERE }
    await expect(confirmEmailChange({ ...door, secret })).rejects.toMatchObject({
      code: 'link_ended',
    })
    await expect(
      resetPassword({ ...door, secret, newPassword: NEW_PASSWORD }),
    ).rejects.toMatchObject({ code: 'link_ended' })
    expect(await isVerified(person)).toBe(false)
  })

  it('of an address that was given up meanwhile proves nothing', async () => {
    const person = await fixture.person()
    const secret = await asked(person)
    const newEmail = 'given-up@example.test'
    await requestEmailChange(
      person.ctx,
      { newEmail, currentPassword: PASSWORD },
      { password: fixture.throttle, links: fixture.links },
    )
    const change = await newest(newEmail)
    await confirmEmailChange({
      db: fixture.db,
      crypto: fixture.crypto,
      request: SOMEWHERE,
      secret: change,
    })
    // The new address was proven by its own link.
    expect(await isVerified(person)).toBe(true)
    await expect(verify(secret)).rejects.toMatchObject({ code: 'link_ended' })
  })
})

it('setting a new password by the e-mailed link proves the mailbox too', async () => {
  const person = await fixture.person()
  const { email } = person.ctx.principal
  const { db, crypto, links: throttle } = fixture
  await requestPasswordReset({ db, crypto, throttle, email, ip: '203.0.113.99' })
  expect(await isVerified(person)).toBe(false)
  const secret = await newest(email)
  await resetPassword({ db, crypto, request: SOMEWHERE, secret, newPassword: NEW_PASSWORD })
  expect(await isVerified(person)).toBe(true)
})
