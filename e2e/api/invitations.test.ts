import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { auditOf } from '@/e2e/api/support/history'
import { provesMailbox, type SignedIn, signedIn } from '@/e2e/api/support/session'
import { createWorld, type Organization, type Person, type World } from '@/e2e/api/support/world'
import { verifyAuditChain } from '@/lib/audit/verify'
import { newId } from '@/lib/ids'

const LIST = '/v1/me/pendingInvitations'

let world: World
let home: Organization
let globex: Organization
let person: Person
let asPerson: SignedIn

beforeAll(async () => {
  world = await createWorld()
})
beforeEach(async () => {
  home = await world.organization()
  globex = await world.organization()
  person = await home.person('MEMBER')
  asPerson = await signedIn(world, person)
})
afterAll(() => world.close())

/** By SQL, so that the secret is known. */
async function invite(email = `${person.userId}@example.test`, expiresIn = '7 days') {
  const ticket = randomBytes(32).toString('base64url')
  await world.pool.query(
    `INSERT INTO invitations (organization_id, id, email, role, secret_hash, invited_by_label, expires_at)
     VALUES ($1, $2, $3, 'FINANCE', $4, 'Test', now() + $5::interval)`,
    [globex.id, newId(), email, createHash('sha256').update(ticket).digest(), expiresIn],
  )
  return ticket
}

const answer = (verb: 'accept' | 'decline', id = globex.id) =>
  asPerson.post(`${LIST}/${id}:${verb}`)

async function roleIn(organization: Organization): Promise<string | undefined> {
  const { rows } = await world.pool.query<{ role: string }>(
    'SELECT role FROM memberships WHERE organization_id = $1 AND user_id = $2',
    [organization.id, person.userId],
  )
  expect(rows.length).toBeLessThan(2)
  return rows[0]?.role
}

const eventsOf = async ({ id }: Organization) =>
  (await auditOf(world.pool, id)).map(({ eventType }) => eventType)

describe('of somebody whose mailbox is proven', () => {
  beforeEach(() => provesMailbox(world, person))

  it('are listed across organizations, without expired ones', async () => {
    await invite()
    await invite('somebody.else@example.test')
    expect((await asPerson.get(LIST)).json()).toEqual([
      {
        tenantId: globex.id,
        tenantSlug: globex.slug,
        tenantDisplayName: `Organization ${globex.slug}`,
        role: 'FINANCE',
        invitedAt: expect.any(Number),
      },
    ])
    await world.pool.query(`UPDATE invitations SET expires_at = now() - interval '1 millisecond'`)
    expect((await asPerson.get(LIST)).json()).toEqual([])
  })

  it('accepted many times at once make one member, and everybody hears yes', async () => {
    await invite()
    const answers = await Promise.all(Array.from({ length: 8 }, () => answer('accept')))
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(204))
    expect((await answer('accept')).status).toBe(204)
    expect(await roleIn(globex)).toBe('FINANCE')
    expect(await eventsOf(globex)).toEqual(['MEMBER_JOINED'])
    expect(await verifyAuditChain(world, { organizationId: globex.id })).toMatchObject({ ok: true })
    expect((await asPerson.get(`${globex.path}/users`)).status).toBe(200)
    expect((await asPerson.get(LIST)).json()).toEqual([])
  })

  it('declined are over, with a trace', async () => {
    await invite()
    expect((await answer('decline')).status).toBe(204)
    expect((await answer('decline')).status).toBe(404)
    expect((await answer('accept')).status).toBe(404)
    expect(await roleIn(globex)).toBeUndefined()
    expect(await eventsOf(globex)).toEqual(['INVITATION_DECLINED'])
  })

  it('accepted and declined at once end one way', async () => {
    await invite()
    const [accepted, declined] = await Promise.all([answer('accept'), answer('decline')])
    expect([accepted.status, declined.status].sort()).toEqual([204, 404])
    expect((await roleIn(globex)) !== undefined).toBe(accepted.status === 204)
  })

  it('that have expired are a 400, and those of others a 404', async () => {
    await invite(undefined, '-1 second')
    for (const verb of ['accept', 'decline'] as const) {
      expect((await answer(verb)).json()).toMatchObject({ status: 400, code: 'invitation_expired' })
      expect((await answer(verb, newId())).status).toBe(404)
      expect((await answer(verb, 'x')).status).toBe(404)
    }
    await world.pool.query('DELETE FROM invitations')
    await invite('somebody.else@example.test')
    expect((await answer('accept')).status).toBe(404)
    expect(await roleIn(globex)).toBeUndefined()
  })
})

describe('of somebody whose mailbox nobody has proven', () => {
  it('are not listed, and cannot be answered without their link', async () => {
    await invite()
    expect((await asPerson.get(LIST)).json()).toEqual([])
    for (const verb of ['accept', 'decline'] as const) {
      const invited = await answer(verb)
      expect(invited.json()).toMatchObject({ status: 403, code: 'email_unverified' })
      // The same for an organization that invited nobody: nothing is told.
      expect((await answer(verb, newId())).json().detail).toBe(invited.json().detail)
    }
    expect(await roleIn(globex)).toBeUndefined()
  })

  it('are accepted by their link, which an admin was shown: that proves no mailbox', async () => {
    const ticket = await invite()
    const accepted = await asPerson.post(`/v1/invitations/${ticket}`)
    expect(accepted.status).toBe(204)
    expect(await roleIn(globex)).toBe('FINANCE')
    const { rows } = await world.pool.query(
      'SELECT email_verified_at AS at FROM users WHERE id = $1',
      [person.userId],
    )
    expect(rows).toEqual([{ at: null }])
  })
})

describe('the link of an invitation', () => {
  it('is for the invited address, and is in no answer', async () => {
    const ticket = await invite('somebody.else@example.test')
    const refused = await asPerson.post(`/v1/invitations/${ticket}`)
    expect(refused.json()).toMatchObject({ status: 409, code: 'invitation_other_address' })
    expect(refused.text).not.toContain(ticket)
    expect(refused.text).not.toContain('somebody.else')
    expect(world.product.logs()).not.toContain(ticket)
  })

  it('that nobody has, or that has expired, is over', async () => {
    const expired = await invite(undefined, '-1 second')
    for (const ticket of [expired, 'x', 'A'.repeat(43), 'a'.repeat(3000)]) {
      const refused = await asPerson.post(`/v1/invitations/${ticket}`)
      expect(refused.json(), ticket).toMatchObject({ status: 409, code: 'invitation_ended' })
    }
    // What no column could keep names nothing, here as anywhere.
    const unnamed = await asPerson.post('/v1/invitations/%00')
    expect(unnamed.json()).toMatchObject({ status: 404 })
  })

  it('works at once for many calls of one person', async () => {
    const asAdmin = await signedIn(world, await globex.person('ADMIN'))
    const email = `${person.userId}@example.test`
    const sent = await asAdmin.post(`${globex.path}/users:invite`, { email, role: 'MEMBER' })
    expect(sent.status).toBe(200)
    const ticket = randomBytes(32).toString('base64url')
    const hash = createHash('sha256').update(ticket).digest()
    // As if this had been the secret in its link.
    await world.pool.query('UPDATE invitations SET secret_hash = $2 WHERE organization_id = $1', [
      globex.id,
      hash,
    ])
    await world.pool.query('UPDATE outgoing_emails SET idempotency_key = $2 WHERE recipient = $1', [
      email,
      `invitation/${hash.toString('hex')}`,
    ])
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => asPerson.post(`/v1/invitations/${ticket}`)),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(204))
    expect((await eventsOf(globex)).filter((type) => type === 'MEMBER_JOINED')).toHaveLength(1)
    const stranger = await signedIn(world, await home.person('MEMBER'))
    expect((await stranger.post(`/v1/invitations/${ticket}`)).status).toBe(409)
  })
})
