import { afterAll, beforeAll, expect, it } from 'vitest'
import { REAUTHENTICATION_WINDOW_MS } from '@/lib/access/authorize'
import type { UserPrincipal } from '@/lib/access/principal'
import { listAuditEvents } from '@/lib/audit/queries'
import { refusalOf } from '@/lib/auth/auth-fixture'
import type { Context } from '@/lib/context'
import { noticesOf } from '@/lib/notifications/notifications-fixture'
import { handOverAdminDuty } from '@/lib/team/handover'
import { changeRole } from '@/lib/team/members'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

type Person = Context<UserPrincipal>

async function adminsOf({ id }: OrganizationFixture): Promise<string[]> {
  const { rows } = await product.db.pool.query<{ id: string }>(
    "SELECT user_id AS id FROM memberships WHERE organization_id = $1 AND role = 'ADMIN'",
    [id],
  )
  return rows.map(({ id }) => id)
}

const to = (person: Person) => ({ email: person.principal.email })

it('makes the other an admin and the last admin a member, and tells and records both', async () => {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  const successor = await organization.member('FINANCE')
  await handOverAdminDuty(admin, to(successor))
  expect(await adminsOf(organization)).toEqual([successor.principal.userId])
  expect(await noticesOf(product.db, successor.principal.userId)).toMatchObject([
    { kind: 'role-changed' },
  ])
  expect(await noticesOf(product.db, admin.principal.userId)).toEqual([])
  const watcher = { ...successor, principal: { ...successor.principal, role: 'ADMIN' as const } }
  const { items } = await listAuditEvents(watcher, { eventTypes: ['ROLE_CHANGED'] })
  expect(items.map(({ target, details }) => [target.id, details.after])).toEqual([
    [admin.principal.userId, { role: 'MEMBER' }],
    [successor.principal.userId, { role: 'ADMIN' }],
  ])
})

it('changes nothing where the address is nobody’s here, or one’s own', async () => {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  const stranger = await (await product.organization()).member('ADMIN')
  expect(await refusalOf(handOverAdminDuty(admin, to(stranger)))).toMatchObject({
    code: 'not_a_member',
    errors: [{ pointer: '/email' }],
  })
  expect(await refusalOf(handOverAdminDuty(admin, to(admin)))).toMatchObject({ code: 'oneself' })
  expect(await adminsOf(organization)).toEqual([admin.principal.userId])
})

it('needs an admin who has proven who they are', async () => {
  const organization = await product.organization()
  const member = await organization.member('MEMBER')
  const long = Date.now() - REAUTHENTICATION_WINDOW_MS - 1000
  const stale = await organization.member('ADMIN', { reauthenticatedAt: long })
  expect(await refusalOf(handOverAdminDuty(member, to(stale)))).toMatchObject({
    code: 'insufficient_scope',
  })
  expect(await refusalOf(handOverAdminDuty(stale, to(member)))).toMatchObject({
    code: 'reauthentication_required',
  })
})

it('leaves an admin, also where the successor is demoted at the same moment', async () => {
  for (let round = 0; round < 20; round++) {
    const organization = await product.organization()
    const first = await organization.member('ADMIN')
    const second = await organization.member('ADMIN')
    await Promise.allSettled([
      handOverAdminDuty(first, to(second)),
      handOverAdminDuty(second, to(first)),
      changeRole(first, { userId: second.principal.userId, role: 'MEMBER' }),
    ])
    expect((await adminsOf(organization)).length).toBeGreaterThan(0)
  }
})
