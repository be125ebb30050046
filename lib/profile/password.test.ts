import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAuditEvents } from '@/lib/audit/queries'
import { signInDoor } from '@/lib/auth/auth-fixture'
import { signIn } from '@/lib/auth/commands'
import { resolveSession } from '@/lib/auth/sessions'
import { noticesOf } from '@/lib/notifications/notifications-fixture'
import { changePassword } from '@/lib/profile/password'
import {
  NEW_PASSWORD,
  openProfileFixture,
  PASSWORD,
  type PersonFixture,
  type ProfileFixture,
} from '@/lib/profile/profile-fixture'

let fixture: ProfileFixture
beforeAll(async () => {
  fixture = await openProfileFixture()
})
afterAll(() => fixture.close())

function change({ ctx }: PersonFixture, newPassword: string, currentPassword = PASSWORD) {
  return changePassword(ctx, { currentPassword, newPassword }, { throttle: fixture.throttle })
}

const isGood = async (sessionSecret: string) =>
  (await resolveSession(fixture.db, sessionSecret)) !== null

function enter({ ctx }: PersonFixture, password: string) {
  const { email } = ctx.principal
  return signIn({ ...signInDoor(fixture.db), email, password })
}

describe('changing the password', () => {
  it('ends every other session at once and keeps the one that asked', async () => {
    const person = await fixture.person()
    const stranger = await fixture.person()
    const other = await person.signIn()
    await change(person, NEW_PASSWORD)
    expect(await isGood(person.sessionSecret)).toBe(true)
    expect(await isGood(other.sessionSecret)).toBe(false)
    expect(await isGood(stranger.sessionSecret)).toBe(true)
    await expect(enter(person, PASSWORD)).rejects.toMatchObject({ code: 'invalid_credentials' })
    await expect(enter(person, NEW_PASSWORD)).resolves.toBeDefined()
  })

  it('tells the person by e-mail and the organization in its log, without the password', async () => {
    const person = await fixture.person()
    await change(person, NEW_PASSWORD)
    const { email, userId } = person.ctx.principal
    const emails = await fixture.emails(email)
    expect(emails).toMatchObject([{ template: 'password-changed', linkPath: null }])
    expect(await noticesOf(fixture.db, userId)).toMatchObject([
      { kind: 'password-changed', reason: 'ACCOUNT', inApp: true, email: 'INSTANT' },
    ])
    const admin = await fixture.organization.member('ADMIN')
    const { items } = await listAuditEvents(admin, { actorId: userId })
    expect(items).toMatchObject([
      { eventType: 'PASSWORD_CHANGED', target: { type: 'user', id: userId } },
    ])
    expect(JSON.stringify([emails, items])).not.toContain(NEW_PASSWORD)
  })

  it.each([
    ['a wrong current one', NEW_PASSWORD, 'wrong', 'password_incorrect', '/currentPassword'],
    ['the same again', PASSWORD, PASSWORD, 'password_unchanged', '/newPassword'],
    ['a well-known one', 'password1234', PASSWORD, 'password_weak', '/newPassword'],
  ])('refuses %s and changes nothing', async (_, newPassword, current, code, pointer) => {
    const person = await fixture.person()
    const other = await person.signIn()
    await expect(change(person, newPassword, current)).rejects.toMatchObject({
      code,
      errors: [{ pointer }],
    })
    expect(await isGood(other.sessionSecret)).toBe(true)
    expect(await fixture.emails(person.ctx.principal.email)).toEqual([])
  })

  it('counts wrong ones together with those of the sign-in page', async () => {
    const person = await fixture.person()
    const attempts = Array.from({ length: 12 }, () => change(person, NEW_PASSWORD, 'a guess'))
    const codes = (await Promise.allSettled(attempts)).map((settled) =>
      settled.status === 'rejected' ? (settled.reason as { code: string }).code : 'changed',
    )
    expect(codes.filter((code) => code === 'password_incorrect')).toHaveLength(10)
    expect(codes.filter((code) => code === 'too_many_attempts')).toHaveLength(2)
    await expect(change(person, NEW_PASSWORD)).rejects.toMatchObject({ code: 'too_many_attempts' })
  })

  it('lets one of two changes at once through', async () => {
    const person = await fixture.person()
    const settled = await Promise.allSettled([
      change(person, NEW_PASSWORD),
      change(person, 'eleven violet bicycles uphill'),
    ])
    const refused = settled.filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(1)
    const { items } = await listAuditEvents(await fixture.organization.member('ADMIN'), {
      actorId: person.ctx.principal.userId,
    })
    expect(items).toHaveLength(1)
  })

  it('leaves no session behind that the old password opened meanwhile', async () => {
    const person = await fixture.person()
    const [entered] = await Promise.allSettled([
      enter(person, PASSWORD),
      change(person, NEW_PASSWORD),
    ])
    if (entered.status === 'fulfilled') {
      expect(await isGood(entered.value.sessionSecret)).toBe(false)
    } else {
      expect(entered.reason).toMatchObject({ code: 'invalid_credentials' })
    }
  })
})
