import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAuditEvents } from '@/lib/audit/queries'
import { verifyAuditChain } from '@/lib/audit/verify'
import { refusalOf } from '@/lib/auth/auth-fixture'
import { createSession, resolveSession } from '@/lib/auth/sessions'
import { outboxOf, type PersonContext } from '@/lib/notifications/notifications-fixture'
import { leaveOrganization, removeMember } from '@/lib/team/members'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { mint, provision, rotate, verdictOn } from '@/lib/testing/token-fixture'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const idOf = (person: PersonContext) => person.principal.userId
const emailsTo = (person: PersonContext) => outboxOf(product.db, person.principal.email)

describe('a removal', () => {
  it('ends personal tokens of this organization and nothing else', async () => {
    const organization = await product.organization()
    const admin = await organization.member('ADMIN')
    const leaver = await organization.member('ADMIN')
    const old = await mint(leaver)
    const young = await rotate(leaver, old.id, { graceSeconds: 3_600 })
    const plain = await mint(leaver)
    const { token: workload } = await provision(leaver)
    const elsewhere = await product.organization()
    await product.db.pool.query(
      `INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, 'MEMBER')`,
      [elsewhere.id, idOf(leaver)],
    )
    const away = await mint({
      ...leaver,
      organization: { ...leaver.organization, id: elsewhere.id },
    })
    await removeMember(admin, { userId: idOf(leaver) })
    const verdicts = [old, young, plain, workload, away].map(({ secret }) =>
      verdictOn(product.verifier, secret),
    )
    const [first, second, third, ...rest] = await Promise.all(verdicts)
    expect([first, second, third]).not.toContain('accepted')
    expect(rest).toEqual(['accepted', 'accepted'])
    const { rows } = await product.db.pool.query(
      `SELECT end_reason::text AS reason, ended_by_label AS by FROM tokens WHERE id = $1`,
      [plain.id],
    )
    expect(rows).toEqual([{ reason: 'OWNER_REMOVED', by: admin.principal.displayName }])
    expect(await emailsTo(leaver)).toMatchObject([{ template: 'removed-from-organization' }])
    const { items } = await listAuditEvents(admin, { eventTypes: ['MEMBER_REMOVED'] })
    expect(items[0]?.details.tokensEnded).toHaveLength(3)
    expect(await verifyAuditChain(product.db, { organizationId: organization.id })).toMatchObject({
      ok: true,
    })
  })

  it('bites before it has answered, whoever uses the token meanwhile', async () => {
    const organization = await product.organization()
    const admin = await organization.member('ADMIN')
    const leaver = await organization.member('MEMBER')
    const token = await mint(leaver)
    expect(await verdictOn(product.verifier, token.secret)).toBe('accepted')
    await removeMember(admin, { userId: idOf(leaver) })
    expect(await verdictOn(product.verifier, token.secret)).toBe('revoked')
  })

  it('leaves no live replacement behind when a rotation runs at the same time', async () => {
    const organization = await product.organization()
    const admin = await organization.member('ADMIN')
    for (let round = 0; round < 10; round++) {
      const leaver = await organization.member('MEMBER')
      const token = await mint(leaver)
      await Promise.allSettled([
        rotate(leaver, token.id, { graceSeconds: 600 }),
        removeMember(admin, { userId: idOf(leaver) }),
      ])
      const { rows } = await product.db.pool.query(
        `SELECT count(*)::int AS live FROM tokens WHERE owner_user_id = $1
           AND (revoked_at IS NULL OR revoked_at > clock_timestamp())`,
        [idOf(leaver)],
      )
      expect(rows).toEqual([{ live: 0 }])
    }
  })

  it('ends the sessions of who belongs nowhere any more, and only theirs', async () => {
    const organization = await product.organization()
    const admin = await organization.member('ADMIN')
    const leaver = await organization.member('MEMBER')
    const elsewhere = await product.organization()
    await elsewhere.member('ADMIN')
    await product.db.pool.query(
      `INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, 'ADMIN')`,
      [elsewhere.id, idOf(leaver)],
    )
    const { sessionSecret } = await createSession(product.db, {
      userId: idOf(leaver),
      ip: null,
      userAgent: null,
    })
    await removeMember(admin, { userId: idOf(leaver) })
    const kept = await resolveSession(product.db, sessionSecret)
    expect(kept?.memberships.map(({ organization: { id } }) => id)).toEqual([elsewhere.id])
    const other = await elsewhere.member('ADMIN')
    await removeMember(other, { userId: idOf(leaver) })
    expect(await resolveSession(product.db, sessionSecret)).toBeNull()
  })
})

it('lets somebody leave, with their tokens, without mail', async () => {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  const leaver = await organization.member('MEMBER')
  const token = await mint(leaver)
  await leaveOrganization(leaver)
  expect(await verdictOn(product.verifier, token.secret)).not.toBe('accepted')
  expect(await emailsTo(leaver)).toEqual([])
  expect(await refusalOf(leaveOrganization(leaver))).toMatchObject({ kind: 'not-found' })
  const { items } = await listAuditEvents(admin, { eventTypes: ['MEMBER_LEFT'] })
  expect(items).toHaveLength(1)
})
