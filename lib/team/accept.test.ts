import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listAuditEvents } from '@/lib/audit/queries'
import { refusalOf, signInDoor } from '@/lib/auth/auth-fixture'
import { signIn } from '@/lib/auth/commands'
import { invitationState } from '@/lib/team/accept'
import {
  acceptAs,
  acceptAsNew,
  freshAddress,
  invite,
  PASSWORD,
  type Person,
} from '@/lib/team/invitation-fixture'
import { removeMember } from '@/lib/team/members'
import { listMembers } from '@/lib/team/queries'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { mint, verdictOn } from '@/lib/testing/token-fixture'

let product: ProductFixture
let organization: OrganizationFixture
let admin: Person
beforeAll(async () => {
  product = await createProductFixture()
})
beforeEach(async () => {
  organization = await product.organization()
  admin = await organization.member('ADMIN')
})
afterAll(() => product.close())

describe('accepting', () => {
  it('makes a new person a member who can sign in', async () => {
    const email = freshAddress()
    const { secret } = await invite(admin, email)
    expect(await invitationState(product.db, secret)).toMatchObject({ hasAccount: false })
    expect(await acceptAsNew(product.db, secret)).toEqual({ slug: organization.slug, email })
    const { userId } = await signIn({ ...signInDoor(product.db), email, password: PASSWORD })
    expect(await listMembers(admin)).toContainEqual(
      expect.objectContaining({ userId, role: 'MEMBER', displayName: 'New Person' }),
    )
    expect(await invitationState(product.db, secret)).toEqual({ state: 'ended' })
    const { items } = await listAuditEvents(admin, { eventTypes: ['MEMBER_JOINED'] })
    expect(items).toMatchObject([{ actor: { id: userId }, details: { role: 'MEMBER' } }])
  })

  it('many times at once makes one member', async () => {
    const { secret } = await invite(admin, freshAddress())
    const made = await Promise.allSettled(
      Array.from({ length: 6 }, () => acceptAsNew(product.db, secret)),
    )
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const person = await (await product.organization()).member('MEMBER')
    const known = await invite(admin, person.principal.email, 'ADMIN')
    const joined = await Promise.allSettled(
      Array.from({ length: 6 }, () => acceptAs(person, known.secret)),
    )
    // Whoever is in hears the same again.
    expect(joined.filter(({ status }) => status === 'fulfilled')).toHaveLength(6)
    expect(await listMembers(admin)).toHaveLength(3)
    const { items } = await listAuditEvents(admin, { eventTypes: ['MEMBER_JOINED'] })
    expect(items).toHaveLength(2)
  })

  it('is for the address that was invited, and tells nothing of another', async () => {
    const person = await (await product.organization()).member('MEMBER')
    const email = freshAddress()
    const { secret } = await invite(admin, email)
    const refusal = await refusalOf(acceptAs(person, secret))
    expect(refusal).toMatchObject({ kind: 'conflict', code: 'invitation_other_address' })
    expect(refusal.message).not.toContain(email)
    expect(refusal.message).not.toContain(person.principal.email)
    expect(await invitationState(product.db, secret)).toMatchObject({ state: 'usable' })
  })

  it('never makes a second account for an address', async () => {
    const person = await (await product.organization()).member('MEMBER')
    const { secret } = await invite(admin, person.principal.email)
    expect(await invitationState(product.db, secret)).toMatchObject({ hasAccount: true })
    expect(await refusalOf(acceptAsNew(product.db, secret))).toMatchObject({
      code: 'sign_in_first',
    })
    expect(await acceptAs(person, secret)).toEqual({ slug: organization.slug })
  })

  it('refuses a password that is easy to guess', async () => {
    const email = freshAddress()
    const { secret } = await invite(admin, email)
    const weak = acceptAsNew(product.db, secret, 'password1234')
    expect(await refusalOf(weak)).toMatchObject({ code: 'password_weak' })
    expect(await invitationState(product.db, secret)).toMatchObject({ state: 'usable' })
  })

  it('gives no token back to who comes back', async () => {
    const person = await organization.member('MEMBER')
    const token = await mint(person)
    await removeMember(admin, { userId: person.principal.userId })
    // As if its minting had ended only after the removal.
    await product.db.pool.query(
      'UPDATE tokens SET revoked_at = NULL, end_reason = NULL WHERE id = $1',
      [token.id],
    )
    await acceptAs(person, (await invite(admin, person.principal.email)).secret)
    expect(await verdictOn(product.verifier, token.secret)).toBe('revoked')
  })

  it('keeps no link in readable form', async () => {
    const { secret } = await invite(admin, freshAddress())
    const { rows } = await product.db.pool.query<{ found: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM invitations i WHERE i::text LIKE $1)
           OR EXISTS (SELECT 1 FROM outgoing_emails m WHERE m::text LIKE $1)
           OR EXISTS (SELECT 1 FROM audit.event e WHERE e::text LIKE $1) AS found`,
      [`%${secret}%`],
    )
    expect(rows).toEqual([{ found: false }])
  })
})
