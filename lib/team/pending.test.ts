import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listAuditEvents } from '@/lib/audit/queries'
import { refusalOf } from '@/lib/auth/auth-fixture'
import {
  acceptAs,
  acceptAsNew,
  freshAddress,
  invite,
  mailsTo,
  type Person,
  REQUEST,
  secretIn,
} from '@/lib/team/invitation-fixture'
import { resendInvitation, withdrawInvitation } from '@/lib/team/invitations'
import { removeMember } from '@/lib/team/members'
import { acceptOwnInvitation, declineOwnInvitation, listOwnInvitations } from '@/lib/team/pending'
import { listMembers } from '@/lib/team/queries'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'

let product: ProductFixture
let organization: OrganizationFixture
let admin: Person
let person: Person
beforeAll(async () => {
  product = await createProductFixture()
})
beforeEach(async () => {
  organization = await product.organization()
  admin = await organization.member('ADMIN')
  person = await (await product.organization()).member('MEMBER')
})
afterAll(() => product.close())

/** With both secrets of the invitation: that of whoever invites, and that in the mailbox. */
async function invitePerson(email = person.principal.email) {
  const { secret: shown, ...sent } = await invite(admin, email)
  return { ...sent, shown, mailed: await mailedSecret(email) }
}

/** The secret in the newest e-mail to an address. */
async function mailedSecret(email: string): Promise<string> {
  const secret = (await mailsTo(admin, email)).at(-1)?.secret
  if (!secret) throw new Error('There is no mail.')
  return secret
}

async function isProven(email: string): Promise<boolean> {
  const { rows } = await product.db.pool.query<{ proven: boolean }>(
    'SELECT email_verified_at IS NOT NULL AS proven FROM users WHERE email = $1',
    [email],
  )
  return rows[0]?.proven === true
}

const prove = ({ principal }: Person) =>
  product.db.pool.query('UPDATE users SET email_verified_at = now() WHERE id = $1', [
    principal.userId,
  ])

const own = ({ principal }: Person) => ({
  db: product.db,
  organizationId: organization.id,
  person: principal,
  request: REQUEST,
})
describe('the two links of an invitation', () => {
  it('open the same invitation, and only the e-mailed one proves the mailbox', async () => {
    const { mailed, shown } = await invitePerson()
    expect(mailed).not.toBe(shown)
    await acceptAs(person, shown)
    expect(await isProven(person.principal.email)).toBe(false)
    await removeMember(admin, { userId: person.principal.userId })
    await acceptAs(person, (await invitePerson()).mailed)
    expect(await isProven(person.principal.email)).toBe(true)
  })

  it('are the same for new people: whoever invites cannot prove a mailbox for them', async () => {
    const [first, second] = [freshAddress(), freshAddress()]
    await acceptAsNew(product.db, (await invitePerson(first)).shown)
    await acceptAsNew(product.db, (await invitePerson(second)).mailed)
    expect([await isProven(first), await isProven(second)]).toEqual([false, true])
  })

  it('end together', async () => {
    const first = await invitePerson()
    const again = await resendInvitation(admin, first)
    for (const secret of [first.mailed, first.shown]) {
      expect(await refusalOf(acceptAs(person, secret))).toMatchObject({ code: 'invitation_ended' })
    }
    const secrets = [secretIn(again.linkPath), await mailedSecret(person.principal.email)]
    await withdrawInvitation(admin, first)
    for (const secret of secrets) {
      expect(await refusalOf(acceptAs(person, secret))).toMatchObject({ code: 'invitation_ended' })
    }
  })

  it('lead whoever joined by them back in, and nobody who was removed or is somebody else', async () => {
    const { mailed, shown } = await invitePerson()
    await acceptAs(person, mailed)
    for (const secret of [mailed, shown]) {
      expect(await acceptAs(person, secret)).toEqual({ slug: organization.slug })
    }
    const other = await organization.member('MEMBER')
    expect(await refusalOf(acceptAs(other, mailed))).toMatchObject({ code: 'invitation_ended' })
    await removeMember(admin, { userId: person.principal.userId })
    expect(await refusalOf(acceptAs(person, mailed))).toMatchObject({ code: 'invitation_ended' })
    expect(await listMembers(admin)).toHaveLength(2)
  })
})

describe('invitations that are found by the address', () => {
  it('are there for a proven mailbox only', async () => {
    await invitePerson()
    expect(await listOwnInvitations(product.db, person.principal)).toEqual([])
    for (const act of [acceptOwnInvitation, declineOwnInvitation]) {
      expect(await refusalOf(act(own(person)))).toMatchObject({ code: 'email_unverified' })
    }
    await prove(person)
    expect(await listOwnInvitations(product.db, person.principal)).toMatchObject([
      { organizationId: organization.id, organizationSlug: organization.slug, role: 'MEMBER' },
    ])
  })

  it('make one member of many calls, whichever way they come', async () => {
    const { mailed } = await invitePerson()
    await prove(person)
    const ways = [1, 2, 3].flatMap(() => [
      acceptOwnInvitation(own(person)),
      acceptAs(person, mailed).then(() => undefined),
    ])
    expect(await Promise.all(ways)).toEqual(Array(6).fill(undefined))
    const { items } = await listAuditEvents(admin, { eventTypes: ['MEMBER_JOINED'] })
    expect(items).toMatchObject([
      { actor: { id: person.principal.userId }, request: { channel: 'dashboard' } },
    ])
  })

  it('are gone with a withdrawal at the same moment, or were taken: never both', async () => {
    const { invitationId } = await invitePerson()
    await prove(person)
    const [accepted, withdrawn] = await Promise.allSettled([
      acceptOwnInvitation(own(person)),
      withdrawInvitation(admin, { invitationId }),
    ])
    expect([accepted.status, withdrawn.status].sort()).toEqual(['fulfilled', 'rejected'])
    const members = await listMembers(admin)
    expect(members).toHaveLength(accepted.status === 'fulfilled' ? 2 : 1)
  })

  it('of an address that the person gave up are not theirs any more', async () => {
    await invitePerson()
    await prove(person)
    await product.db.pool.query('UPDATE users SET email = $2 WHERE id = $1', [
      person.principal.userId,
      freshAddress(),
    ])
    expect(await listOwnInvitations(product.db, person.principal)).toEqual([])
    const refusal = await refusalOf(acceptOwnInvitation(own(person)))
    expect(refusal).toMatchObject({ kind: 'not-found' })
  })
})
