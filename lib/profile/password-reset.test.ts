import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAuditEvents } from '@/lib/audit/queries'
import { signInDoor } from '@/lib/auth/auth-fixture'
import { signIn } from '@/lib/auth/commands'
import { resolveSession } from '@/lib/auth/sessions'
import { EMAIL_LINK_LIMITS } from '@/lib/auth/throttle'
import { requestEmailChange } from '@/lib/profile/email-change'
import {
  findPasswordReset,
  requestPasswordReset,
  resetPassword,
} from '@/lib/profile/password-reset'
import {
  NEW_PASSWORD,
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
/** From another address each time, so that tests do not count together. */
function request(email: string, ip = `203.0.113.${++addresses}`) {
  const { db, crypto, links: throttle } = fixture
  return requestPasswordReset({ db, crypto, throttle, email, ip })
}

function reset(secret: string, newPassword = NEW_PASSWORD) {
  const { db, crypto } = fixture
  return resetPassword({ db, crypto, request: SOMEWHERE, secret, newPassword })
}

async function asked({ ctx }: PersonFixture): Promise<string> {
  await request(ctx.principal.email)
  return secretOf(await fixture.emails(ctx.principal.email))
}

function enter({ ctx }: PersonFixture, password: string) {
  const { email } = ctx.principal
  return signIn({ ...signInDoor(fixture.db), email, password })
}

describe('asking for a reset', () => {
  it('answers a known and an unknown address alike, and writes to the known one', async () => {
    const { email } = (await fixture.person()).ctx.principal
    const answers = await Promise.all([request(email), request('nobody@nowhere.example')])
    expect(answers).toEqual([undefined, undefined])
    expect(await fixture.emails(email)).toMatchObject([
      { template: 'password-reset', linkPath: expect.stringMatching(/^\/reset-password\/.{43}$/) },
    ])
    expect(await fixture.emails('nobody@nowhere.example')).toEqual([])
  })

  it('takes at least as long for both as the work takes', async () => {
    const { email } = (await fixture.person()).ctx.principal
    const durations: number[] = []
    for (const address of [email, 'nobody@elsewhere.example']) {
      const began = performance.now()
      await request(address)
      durations.push(performance.now() - began)
    }
    for (const duration of durations) expect(duration).toBeGreaterThan(240)
  })

  it('keeps no readable secret in the database', async () => {
    const person = await fixture.person()
    const secret = await asked(person)
    const { rows } = await fixture.db.pool.query<{ everything: string }>(
      `SELECT (SELECT json_agg(l) FROM email_links l)::text
           || (SELECT json_agg(e) FROM outgoing_emails e)::text AS everything`,
    )
    expect(rows[0]?.everything).toContain(person.ctx.principal.userId)
    expect(rows[0]?.everything).not.toContain(secret)
  })

  it('is limited for one address of a person, known or not', async () => {
    const { email } = (await fixture.person()).ctx.principal
    for (const address of [email, 'nobody@limits.example']) {
      const ip = `203.0.113.${++addresses}`
      const tries = Array.from({ length: EMAIL_LINK_LIMITS.accountFromAddress + 1 }, () =>
        request(address, ip),
      )
      const refused = (await Promise.allSettled(tries)).flatMap((settled) =>
        settled.status === 'rejected' ? [settled.reason] : [],
      )
      expect(refused).toMatchObject([{ code: 'too_many_attempts' }])
    }
  })

  it('leaves one good link, the newest, however many were asked for at once', async () => {
    const person = await fixture.person()
    const { email, userId } = person.ctx.principal
    const old = await asked(person)
    await Promise.all([request(email), request(email), request(email)])
    await expect(reset(old)).rejects.toMatchObject({ code: 'link_ended' })
    const { rows } = await fixture.db.pool.query(
      'SELECT 1 FROM email_links WHERE user_id = $1 AND used_at IS NULL',
      [userId],
    )
    expect(rows).toHaveLength(1)
  })
})

describe('a reset link', () => {
  it('sets the password, ends every session and tells the person', async () => {
    const person = await fixture.person()
    const other = await person.signIn()
    await reset(await asked(person))
    for (const secret of [person.sessionSecret, other.sessionSecret]) {
      expect(await resolveSession(fixture.db, secret)).toBeNull()
    }
    await expect(enter(person, PASSWORD)).rejects.toMatchObject({ code: 'invalid_credentials' })
    await expect(enter(person, NEW_PASSWORD)).resolves.toBeDefined()
    expect((await fixture.emails(person.ctx.principal.email)).at(-1)).toMatchObject({
      template: 'password-changed',
      facts: { ip: SOMEWHERE.ip },
    })
  })

  it('ends second factors only where nobody had proven the address before', async () => {
    const unproven = await fixture.person()
    const proven = await fixture.person()
    const idOf = ({ ctx }: PersonFixture) => ctx.principal.userId
    const people = [idOf(unproven), idOf(proven)]
    await fixture.db.pool.query(
      `INSERT INTO passkeys (id, user_id, credential_id, public_key, backed_up, name)
       SELECT gen_random_uuid(), id, id::text, '', false, 'Key' FROM unnest($1::uuid[]) id`,
      [people],
    )
    await fixture.db.pool.query('UPDATE users SET email_verified_at = now() WHERE id = $1', [
      idOf(proven),
    ])
    for (const person of [unproven, proven]) await reset(await asked(person))
    const { rows } = await fixture.db.pool.query<{ id: string }>(
      'SELECT user_id AS id FROM passkeys WHERE user_id = ANY($1)',
      [people],
    )
    expect(rows).toEqual([{ id: idOf(proven) }])
  })

  it('works once, of two tries at once too', async () => {
    const person = await fixture.person()
    const secret = await asked(person)
    const settled = await Promise.allSettled([
      reset(secret, NEW_PASSWORD),
      reset(secret, 'eleven violet bicycles uphill'),
    ])
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(reset(secret)).rejects.toMatchObject({ code: 'link_ended' })
    const winner = settled[0]?.status === 'fulfilled'
    const entered = enter(person, winner ? NEW_PASSWORD : 'eleven violet bicycles uphill')
    await expect(entered).resolves.toBeDefined()
  })

  it('ends after an hour, and is not used up by a password that is too weak', async () => {
    const person = await fixture.person()
    const secret = await asked(person)
    await expect(reset(secret, 'password1234')).rejects.toMatchObject({ code: 'password_weak' })
    expect(await findPasswordReset(fixture.db, secret)).not.toBeNull()
    await fixture.db.pool.query(
      `UPDATE email_links SET expires_at = expires_at - interval '1 hour' WHERE user_id = $1`,
      [person.ctx.principal.userId],
    )
    expect(await findPasswordReset(fixture.db, secret)).toBeNull()
    await expect(reset(secret)).rejects.toMatchObject({ code: 'link_ended' })
  })

  it('does nothing where it was sent to change an address', async () => {
    const { ctx } = await fixture.person()
    const newEmail = `moved-${ctx.principal.userId}@example.test`
    await requestEmailChange(
      ctx,
      { newEmail, currentPassword: PASSWORD },
      { password: fixture.throttle, links: fixture.links },
    )
    const secret = secretOf(await fixture.emails(newEmail))
    await expect(reset(secret)).rejects.toMatchObject({ code: 'link_ended' })
  })

  it('ends a change of the address that was under way: whoever asked for it may be out now', async () => {
    const person = await fixture.person()
    const newEmail = `thief-${person.ctx.principal.userId}@example.test`
    await requestEmailChange(
      person.ctx,
      { newEmail, currentPassword: PASSWORD },
      { password: fixture.throttle, links: fixture.links },
    )
    await reset(await asked(person))
    const { rows } = await fixture.db.pool.query(
      'SELECT 1 FROM email_links WHERE user_id = $1 AND used_at IS NULL',
      [person.ctx.principal.userId],
    )
    expect(rows).toEqual([])
  })

  it('is in the log of each organization of the person', async () => {
    const person = await fixture.person()
    const { userId } = person.ctx.principal
    const elsewhere = await fixture.organization.member('ADMIN')
    const second = await (await fixture.addOrganization()).member('ADMIN')
    await fixture.db.pool.query(
      `INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, 'MEMBER')`,
      [second.organization.id, userId],
    )
    await reset(await asked(person))
    for (const admin of [elsewhere, second]) {
      const { items } = await listAuditEvents(admin, { targetId: userId })
      expect(items).toMatchObject([
        { eventType: 'PASSWORD_CHANGED', actor: { id: userId }, details: { by: 'link by e-mail' } },
      ])
    }
  })
})
