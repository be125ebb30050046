import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAuditEvents } from '@/lib/audit/queries'
import { resolveSession } from '@/lib/auth/sessions'
import { noticesOf } from '@/lib/notifications/notifications-fixture'
import { confirmEmailChange, findEmailChange, requestEmailChange } from '@/lib/profile/email-change'
import {
  openProfileFixture,
  PASSWORD,
  type PersonFixture,
  type ProfileFixture,
  SOMEWHERE,
  secretOf,
} from '@/lib/profile/profile-fixture'

let fixture: ProfileFixture
beforeAll(async () => {
  fixture = await openProfileFixture()
})
afterAll(() => fixture.close())

let addresses = 0
const newAddress = () => `new-${++addresses}@example.test`

function ask({ ctx }: PersonFixture, newEmail: string, currentPassword = PASSWORD) {
  const request = { ...ctx.request, ip: `203.0.113.${++addresses}` }
  const throttles = { password: fixture.throttle, links: fixture.links }
  return requestEmailChange({ ...ctx, request }, { newEmail, currentPassword }, throttles)
}

async function asked(person: PersonFixture, newEmail: string): Promise<string> {
  await ask(person, newEmail)
  return secretOf(await fixture.emails(newEmail))
}

const confirm = (secret: string) =>
  confirmEmailChange({ db: fixture.db, crypto: fixture.crypto, request: SOMEWHERE, secret })

async function emailOf({ ctx }: PersonFixture): Promise<string | undefined> {
  const { rows } = await fixture.db.pool.query<{ email: string }>(
    'SELECT email FROM users WHERE id = $1',
    [ctx.principal.userId],
  )
  return rows[0]?.email
}

describe('changing the e-mail address', () => {
  it('sends a link to the new address and a notice to the old one, and changes nothing yet', async () => {
    const person = await fixture.person()
    const { email } = person.ctx.principal
    const newEmail = newAddress()
    await ask(person, newEmail)
    expect(await fixture.emails(newEmail)).toMatchObject([
      { template: 'confirm-email-change', linkPath: expect.stringMatching(/^\/confirm-email\//) },
    ])
    expect(await fixture.emails(email)).toMatchObject([
      { template: 'email-change-notice', facts: { newEmail }, linkPath: null },
    ])
    expect(await emailOf(person)).toBe(email)
  })

  it('makes the confirmed address the one to sign in with, in the log with both', async () => {
    const person = await fixture.person()
    const { email: before, userId } = person.ctx.principal
    const after = newAddress()
    const secret = await asked(person, after)
    expect(await findEmailChange(fixture.db, secret)).toBe(after)
    await expect(confirm(secret)).resolves.toEqual({ email: after })
    expect(await noticesOf(fixture.db, userId)).toMatchObject([
      { kind: 'email-changed', facts: { stage: 'ASKED' } },
      { kind: 'email-changed', facts: { stage: 'DONE', newEmail: after } },
    ])
    // The old mailbox is the one that must hear of it.
    expect(await fixture.emails(before)).toMatchObject([
      { template: 'email-change-notice' },
      { template: 'notification', facts: { title: 'Your e-mail address was changed' } },
    ])
    expect(await resolveSession(fixture.db, person.sessionSecret)).toMatchObject({ email: after })
    const admin = await fixture.organization.member('ADMIN')
    const { items } = await listAuditEvents(admin, { targetId: userId })
    expect(items).toMatchObject([
      { eventType: 'EMAIL_CHANGED', details: { email: { before, after } } },
    ])
    await expect(confirm(secret)).rejects.toMatchObject({ code: 'link_ended' })
  })

  it('tells that an address is in use to nobody but its owner', async () => {
    const [person, other] = [await fixture.person(), await fixture.person()]
    const taken = other.ctx.principal.email
    const secret = await asked(person, taken)
    expect(await findEmailChange(fixture.db, secret)).toBe(taken)
    await expect(confirm(secret)).rejects.toMatchObject({ code: 'address_in_use' })
    expect(await emailOf(person)).toBe(person.ctx.principal.email)
  })

  it('gives an address that two confirm at once to one of them', async () => {
    const people = [await fixture.person(), await fixture.person()]
    const newEmail = newAddress()
    const secrets: string[] = []
    for (const person of people) secrets.push(await asked(person, newEmail))
    const settled = await Promise.allSettled(secrets.map(confirm))
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(settled.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'address_in_use' },
    })
  })

  it('works once, of two tries with one link at once too', async () => {
    const secret = await asked(await fixture.person(), newAddress())
    const settled = await Promise.allSettled([confirm(secret), confirm(secret)])
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('ends the earlier link when another address is asked for', async () => {
    const person = await fixture.person()
    const first = await asked(person, newAddress())
    await asked(person, newAddress())
    await expect(confirm(first)).rejects.toMatchObject({ code: 'link_ended' })
  })

  it.each([
    ['a wrong password', 'wrong', '/currentPassword', 'password_incorrect'],
    ['the address that it is already', PASSWORD, '/newEmail', 'email_unchanged'],
  ])('refuses %s and sends nothing', async (_, password, pointer, code) => {
    const person = await fixture.person()
    const same = code === 'email_unchanged' ? person.ctx.principal.email : newAddress()
    await expect(ask(person, same, password)).rejects.toMatchObject({ code, errors: [{ pointer }] })
    expect(await fixture.emails(same)).toEqual([])
  })
})
