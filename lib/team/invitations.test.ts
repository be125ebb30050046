import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listAuditEvents } from '@/lib/audit/queries'
import { verifyAuditChain } from '@/lib/audit/verify'
import { refusalOf } from '@/lib/auth/auth-fixture'
import { noticesOf } from '@/lib/notifications/notifications-fixture'
import { declineInvitation, invitationState } from '@/lib/team/accept'
import {
  acceptAsNew,
  freshAddress,
  invite,
  mailsTo,
  type Person,
  REQUEST,
  secretIn,
} from '@/lib/team/invitation-fixture'
import { inviteMembers, resendInvitation, withdrawInvitation } from '@/lib/team/invitations'
import { removeMember } from '@/lib/team/members'
import { listInvitations } from '@/lib/team/queries'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'

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

describe('inviting', () => {
  it('answers for each address, and sends each a link of its own', async () => {
    const [known, twice, fresh] = [admin.principal.email, freshAddress(), freshAddress()]
    const first = await invite(admin, twice)
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
    const mail = (await mailsTo(admin, fresh))[0]
    const link = outcomes[2]
    if (!mail?.secret || link?.outcome !== 'invited') throw new Error('There is no mail.')
    const mailed = mail.secret
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
    const sent = await Promise.all(Array.from({ length: 8 }, () => invite(admin, email)))
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
    const first = await invite(admin, email)
    const second = await resendInvitation(admin, first)
    expect(await invitationState(product.db, first.secret)).toEqual({ state: 'ended' })
    const secret = secretIn(second.linkPath)
    expect(await invitationState(product.db, secret)).toMatchObject({ state: 'usable', email })
    expect(await mailsTo(admin, email)).toHaveLength(2)
  })

  it('can be withdrawn once, and not by another organization', async () => {
    const sent = await invite(admin, freshAddress())
    const stranger = await (await product.organization()).member('ADMIN')
    for (const act of [withdrawInvitation, resendInvitation]) {
      expect(await refusalOf(act(stranger, sent))).toMatchObject({ kind: 'not-found' })
    }
    await withdrawInvitation(admin, sent)
    expect(await refusalOf(withdrawInvitation(admin, sent))).toMatchObject({ kind: 'not-found' })
    expect(await refusalOf(acceptAsNew(product.db, sent.secret))).toMatchObject({
      code: 'invitation_ended',
    })
  })

  it('ends after its days, and can be sent again', async () => {
    const sent = await invite(admin, freshAddress())
    await product.db.pool.query(
      `UPDATE invitations SET expires_at = now() - interval '1 millisecond' WHERE id = $1`,
      [sent.invitationId],
    )
    expect(await invitationState(product.db, sent.secret)).toEqual({ state: 'ended' })
    expect(await refusalOf(acceptAsNew(product.db, sent.secret))).toMatchObject({
      code: 'invitation_ended',
    })
    expect(await listInvitations(admin)).toMatchObject([{ expired: true }])
    const again = await resendInvitation(admin, sent)
    await acceptAsNew(product.db, secretIn(again.linkPath))
    expect(await listInvitations(admin)).toEqual([])
  })

  it('can be declined', async () => {
    const { secret } = await invite(admin, freshAddress())
    await declineInvitation({ db: product.db, secret, request: REQUEST })
    expect(await refusalOf(acceptAsNew(product.db, secret))).toMatchObject({
      code: 'invitation_ended',
    })
    const { items } = await listAuditEvents(admin, { eventTypes: ['INVITATION_DECLINED'] })
    expect(items).toHaveLength(1)
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
    await invite(admin, bystander)
    const { invitationId } = await invite(admin, email)
    await resendInvitation(admin, { invitationId })
    expect(await states(email)).toEqual([withheld, waits])
    await invite(admin, email)
    expect(await states(email)).toEqual([withheld, withheld, waits])
    await withdrawInvitation(admin, { invitationId })
    expect(await states(email)).toEqual([withheld, withheld, withheld])
    expect(await states(bystander)).toEqual([waits])
  })

  it('that was sent already, or is being sent, holds nobody up', async () => {
    const email = freshAddress()
    const { invitationId } = await invite(admin, email)
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
      const [mail, ...more] = await mailsTo(admin, email)
      const sent = outcomes[index]
      if (!mail?.secret || sent?.outcome !== 'invited') throw new Error('There is no mail.')
      expect(more).toEqual([])
      const mailed = mail.secret
      expect(await invitationState(product.db, mailed)).toMatchObject({ state: 'usable', email })
    }
    const notices = await noticesOf(product.db, verified.principal.userId)
    expect(notices).toMatchObject([{ kind: 'invitation', reason: 'INVITED', email: 'INSTANT' }])
    expect(await noticesOf(product.db, unproven.principal.userId)).toEqual([])
    const secrets = outcomes.map((sent) => ('linkPath' in sent ? sent.linkPath.slice(13) : ''))
    for (const secret of secrets) expect(JSON.stringify(notices)).not.toContain(secret)
  })
})
