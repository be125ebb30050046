import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { UserPrincipal } from '@/lib/access/principal'
import { listAuditEvents } from '@/lib/audit/queries'
import { verifyAuditChain } from '@/lib/audit/verify'
import { refusalOf } from '@/lib/auth/auth-fixture'
import { signIn } from '@/lib/auth/commands'
import { openSignInThrottle } from '@/lib/auth/throttle'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import {
  acceptInvitation,
  acceptInvitationAsNewPerson,
  declineInvitation,
  invitationState,
} from '@/lib/team/accept'
import { inviteMembers, resendInvitation, withdrawInvitation } from '@/lib/team/invitations'
import { removeMember } from '@/lib/team/members'
import { listInvitations, listMembers } from '@/lib/team/queries'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { mint, verdictOn } from '@/lib/testing/token-fixture'

let product: ProductFixture
let organization: OrganizationFixture
let admin: Context<UserPrincipal>
beforeAll(async () => {
  product = await createProductFixture()
})
beforeEach(async () => {
  organization = await product.organization()
  admin = await organization.member('ADMIN')
})
afterAll(() => product.close())

const request = { id: newId(), channel: 'dashboard' as const, ip: null, userAgent: null }
const PASSWORD = 'walrus pencil harbour 42'
const freshAddress = () => `${newId()}@example.test`

async function invite(email: string, role: 'ADMIN' | 'MEMBER' = 'MEMBER') {
  const [sent] = await inviteMembers(admin, { emails: [email], role })
  if (!sent || sent.outcome === 'already-member') throw new Error('It was not sent.')
  return { ...sent, secret: sent.linkPath.replace('/invitations/', '') }
}

const asNew = (secret: string) =>
  acceptInvitationAsNewPerson({
    db: product.db,
    request,
    secret,
    displayName: 'New Person',
    password: PASSWORD,
  })

const accept = (secret: string, { principal }: Context<UserPrincipal>) =>
  acceptInvitation({ db: product.db, secret, person: principal, request })

async function mails(email: string) {
  const { rows } = await product.db.pool.query<{ id: string; sealed: Buffer; all: string }>(
    `SELECT id, sealed_link AS sealed, to_jsonb(m)::text AS all FROM outgoing_emails m
     WHERE recipient = $1 ORDER BY created_at`,
    [email],
  )
  return rows
}

describe('inviting', () => {
  it('answers for each address, and sends each a link of its own', async () => {
    const [known, twice, fresh] = [admin.principal.email, freshAddress(), freshAddress()]
    const first = await invite(twice)
    const outcomes = await inviteMembers(admin, {
      emails: [known, twice, fresh, fresh],
      role: 'ADMIN',
      message: 'Welcome aboard.',
    })
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      'already-member',
      'replaced',
      'invited',
    ])
    expect(await invitationState(product.db, first.secret)).toEqual({ state: 'ended' })
    const mail = (await mails(fresh))[0]
    const link = outcomes[2]
    if (!mail || link?.outcome !== 'invited') throw new Error('There is no mail.')
    expect(admin.crypto.emailLinks.open(mail.id, mail.sealed)).toBe(link.linkPath)
    expect(mail.all).toContain('Welcome aboard.')
    expect(mail.all).not.toContain(link.linkPath.replace('/invitations/', ''))
    expect(await listInvitations(admin)).toMatchObject([
      { role: 'ADMIN', expired: false, invitedBy: admin.principal.displayName },
      { role: 'ADMIN' },
    ])
    const { items } = await listAuditEvents(admin, { eventTypes: ['MEMBER_INVITED'] })
    expect(items).toHaveLength(3)
    expect(await verifyAuditChain(product.db, { organizationId: organization.id })).toMatchObject({
      ok: true,
    })
  })

  it('of one address by many at once leaves one invitation and one link', async () => {
    const email = freshAddress()
    const sent = await Promise.all(Array.from({ length: 8 }, () => invite(email)))
    expect(sent.filter(({ outcome }) => outcome === 'invited')).toHaveLength(1)
    expect(await listInvitations(admin)).toHaveLength(1)
    const states = await Promise.all(sent.map(({ secret }) => invitationState(product.db, secret)))
    expect(states.filter(({ state }) => state === 'usable')).toHaveLength(1)
  })

  it('is over for who was removed a moment ago', async () => {
    const second = await organization.member('ADMIN')
    await removeMember(admin, { userId: second.principal.userId })
    const late = inviteMembers(second, { emails: [freshAddress()], role: 'ADMIN' })
    expect(await refusalOf(late)).toMatchObject({ code: 'insufficient_scope' })
  })
})

describe('an open invitation', () => {
  it('sent again has a new link, and the old one is dead', async () => {
    const email = freshAddress()
    const first = await invite(email)
    const second = await resendInvitation(admin, first)
    expect(await invitationState(product.db, first.secret)).toEqual({ state: 'ended' })
    const secret = second.linkPath.replace('/invitations/', '')
    expect(await invitationState(product.db, secret)).toMatchObject({ state: 'usable', email })
    expect(await mails(email)).toHaveLength(2)
  })

  it('can be withdrawn once, and not by another organization', async () => {
    const sent = await invite(freshAddress())
    const stranger = await (await product.organization()).member('ADMIN')
    for (const act of [withdrawInvitation, resendInvitation]) {
      expect(await refusalOf(act(stranger, sent))).toMatchObject({ kind: 'not-found' })
    }
    await withdrawInvitation(admin, sent)
    expect(await refusalOf(withdrawInvitation(admin, sent))).toMatchObject({ kind: 'not-found' })
    expect(await refusalOf(asNew(sent.secret))).toMatchObject({ code: 'invitation_ended' })
  })

  it('ends after its days, and can be sent again', async () => {
    const sent = await invite(freshAddress())
    await product.db.pool.query('UPDATE invitations SET expires_at = now() WHERE id = $1', [
      sent.invitationId,
    ])
    expect(await invitationState(product.db, sent.secret)).toEqual({ state: 'ended' })
    expect(await refusalOf(asNew(sent.secret))).toMatchObject({ code: 'invitation_ended' })
    expect(await listInvitations(admin)).toMatchObject([{ expired: true }])
    const again = await resendInvitation(admin, sent)
    await asNew(again.linkPath.replace('/invitations/', ''))
    expect(await listInvitations(admin)).toEqual([])
  })

  it('can be declined', async () => {
    const { secret } = await invite(freshAddress())
    await declineInvitation({ db: product.db, secret, request })
    expect(await refusalOf(asNew(secret))).toMatchObject({ code: 'invitation_ended' })
    const { items } = await listAuditEvents(admin, { eventTypes: ['INVITATION_DECLINED'] })
    expect(items).toHaveLength(1)
  })
})

describe('accepting', () => {
  it('makes a new person a member who can sign in', async () => {
    const email = freshAddress()
    const { secret } = await invite(email)
    expect(await invitationState(product.db, secret)).toMatchObject({ hasAccount: false })
    expect(await asNew(secret)).toEqual({ slug: organization.slug, email })
    const throttle = openSignInThrottle(product.db.pool)
    const credentials = { email, password: PASSWORD, ip: null, userAgent: null }
    const { userId } = await signIn({ db: product.db, throttle, ...credentials })
    expect(await listMembers(admin)).toContainEqual(
      expect.objectContaining({ userId, role: 'MEMBER', displayName: 'New Person' }),
    )
    expect(await invitationState(product.db, secret)).toEqual({ state: 'ended' })
    const { items } = await listAuditEvents(admin, { eventTypes: ['MEMBER_JOINED'] })
    expect(items).toMatchObject([{ actor: { id: userId }, details: { role: 'MEMBER' } }])
  })

  it('many times at once makes one member', async () => {
    const { secret } = await invite(freshAddress())
    const made = await Promise.allSettled(Array.from({ length: 6 }, () => asNew(secret)))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const person = await (await product.organization()).member('MEMBER')
    const known = await invite(person.principal.email, 'ADMIN')
    const joined = await Promise.allSettled(
      Array.from({ length: 6 }, () => accept(known.secret, person)),
    )
    expect(joined.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await listMembers(admin)).toHaveLength(3)
  })

  it('is for the address that was invited, and tells nothing of another', async () => {
    const person = await (await product.organization()).member('MEMBER')
    const email = freshAddress()
    const { secret } = await invite(email)
    const refusal = await refusalOf(accept(secret, person))
    expect(refusal).toMatchObject({ kind: 'conflict', code: 'invitation_other_address' })
    expect(refusal.message).not.toContain(email)
    expect(refusal.message).not.toContain(person.principal.email)
    expect(await invitationState(product.db, secret)).toMatchObject({ state: 'usable' })
  })

  it('never makes a second account for an address', async () => {
    const person = await (await product.organization()).member('MEMBER')
    const { secret } = await invite(person.principal.email)
    expect(await invitationState(product.db, secret)).toMatchObject({ hasAccount: true })
    expect(await refusalOf(asNew(secret))).toMatchObject({ code: 'sign_in_first' })
    expect(await accept(secret, person)).toEqual({ slug: organization.slug })
  })

  it('refuses a password that is easy to guess', async () => {
    const email = freshAddress()
    const { secret } = await invite(email)
    const weak = acceptInvitationAsNewPerson({
      db: product.db,
      request,
      secret,
      displayName: 'New Person',
      password: 'password1234',
    })
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
    await accept((await invite(person.principal.email)).secret, person)
    expect(await verdictOn(product.verifier, token.secret)).toBe('revoked')
  })

  it('keeps no link in readable form', async () => {
    const { secret } = await invite(freshAddress())
    const { rows } = await product.db.pool.query<{ found: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM invitations i WHERE i::text LIKE $1)
           OR EXISTS (SELECT 1 FROM outgoing_emails m WHERE m::text LIKE $1)
           OR EXISTS (SELECT 1 FROM audit.event e WHERE e::text LIKE $1) AS found`,
      [`%${secret}%`],
    )
    expect(rows).toEqual([{ found: false }])
  })
})
