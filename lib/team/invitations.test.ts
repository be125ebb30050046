import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { UserPrincipal } from '@/lib/access/principal'
import { listAuditEvents } from '@/lib/audit/queries'
import { verifyAuditChain } from '@/lib/audit/verify'
import { refusalOf, signInDoor } from '@/lib/auth/auth-fixture'
import { signIn } from '@/lib/auth/commands'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import { noticesOf } from '@/lib/notifications/notifications-fixture'
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

const secretIn = (linkPath: string) => linkPath.replace('/invitations/', '')

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
    const mailed = secretIn(admin.crypto.emailLinks.open(mail.id, mail.sealed))
    expect(await invitationState(product.db, mailed)).toMatchObject({
      state: 'usable',
      email: fresh,
    })
    expect(mail.all).toContain('Welcome aboard.')
    for (const secret of [mailed, secretIn(link.linkPath)]) expect(mail.all).not.toContain(secret)
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
    const { userId } = await signIn({ ...signInDoor(product.db), email, password: PASSWORD })
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
    // Whoever is in hears the same again.
    expect(joined.filter(({ status }) => status === 'fulfilled')).toHaveLength(6)
    expect(await listMembers(admin)).toHaveLength(3)
    const { items } = await listAuditEvents(admin, { eventTypes: ['MEMBER_JOINED'] })
    expect(items).toHaveLength(2)
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

describe('the e-mail of an invitation', () => {
  const states = async (email: string) => {
    const { rows } = await product.db.pool.query<{ state: string; sealed: boolean }>(
      `SELECT state::text AS state, sealed_link IS NOT NULL AS sealed FROM outgoing_emails
       WHERE recipient = $1 ORDER BY created_at, id`,
      [email],
    )
    return rows
  }
  const waits = { state: 'WAITING', sealed: true }
  const withheld = { state: 'FAILED', sealed: false }

  it('is never sent once it was withdrawn, sent again or replaced', async () => {
    const email = freshAddress()
    const bystander = freshAddress()
    await invite(bystander)
    const { invitationId } = await invite(email)
    await resendInvitation(admin, { invitationId })
    expect(await states(email)).toEqual([withheld, waits])
    await invite(email)
    expect(await states(email)).toEqual([withheld, withheld, waits])
    await withdrawInvitation(admin, { invitationId })
    expect(await states(email)).toEqual([withheld, withheld, withheld])
    expect(await states(bystander)).toEqual([waits])
  })

  it('that was sent already, or is being sent, holds nobody up', async () => {
    const email = freshAddress()
    const { invitationId } = await invite(email)
    const sender = await product.db.pool.connect()
    await sender.query('BEGIN')
    await sender.query('SELECT 1 FROM outgoing_emails WHERE recipient = $1 FOR UPDATE', [email])
    await withdrawInvitation(admin, { invitationId })
    await sender.query(`UPDATE outgoing_emails SET state = 'SENT' WHERE recipient = $1`, [email])
    await sender.query('COMMIT')
    sender.release()
    expect(await states(email)).toMatchObject([{ state: 'SENT' }])
  })

  it('comes with a notice for who has shown that the mailbox is theirs, and for nobody else', async () => {
    const elsewhere = await product.organization()
    const [verified, unproven] = [
      await elsewhere.member('MEMBER'),
      await elsewhere.member('MEMBER'),
    ]
    await product.db.pool.query('UPDATE users SET email_verified_at = now() WHERE id = $1', [
      verified.principal.userId,
    ])
    const emails = [verified.principal.email, unproven.principal.email]
    const outcomes = await inviteMembers(admin, { emails, role: 'MEMBER' })
    for (const [index, email] of emails.entries()) {
      const [mail, ...more] = await mails(email)
      const sent = outcomes[index]
      if (!mail || sent?.outcome !== 'invited') throw new Error('There is no mail.')
      expect(more).toEqual([])
      const mailed = secretIn(admin.crypto.emailLinks.open(mail.id, mail.sealed))
      expect(await invitationState(product.db, mailed)).toMatchObject({ state: 'usable', email })
    }
    const notices = await noticesOf(product.db, verified.principal.userId)
    expect(notices).toMatchObject([{ kind: 'invitation', reason: 'INVITED', email: 'INSTANT' }])
    expect(await noticesOf(product.db, unproven.principal.userId)).toEqual([])
    const secrets = outcomes.map((sent) => ('linkPath' in sent ? sent.linkPath.slice(13) : ''))
    for (const secret of secrets) expect(JSON.stringify(notices)).not.toContain(secret)
  })
})
