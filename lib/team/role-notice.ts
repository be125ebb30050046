import type pg from 'pg'
import { actorOf } from '@/lib/access/principal'
import { ROLE_FACTS, type Role } from '@/lib/access/roles'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import { notify } from '@/lib/notifications/notify'
import type { LockedMember, LockedOrganization } from '@/lib/team/lock'

/** Tells a member of the role that the caller gives them, in the transaction that gives it. */
export async function tellOfRole(
  client: pg.PoolClient,
  ctx: Context,
  change: { organization: LockedOrganization; member: LockedMember; role: Role },
): Promise<void> {
  const { organization, member, role } = change
  const facts = {
    before: ROLE_FACTS[member.role].label,
    after: ROLE_FACTS[role].label,
    changedBy: actorOf(ctx.principal).label,
  }
  await notify(client, ctx.crypto.emailLinks, {
    kind: 'role-changed',
    facts,
    organizationId: ctx.organization.id,
    recipients: [{ userId: member.userId, reason: 'MEMBER' }],
    idempotencyKey: `role-changed/${newId()}`,
    special: { template: 'role-changed', facts: { organizationName: organization.name, ...facts } },
  })
}
