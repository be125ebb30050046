import type pg from 'pg'
import { authorize, requireRecentAuthentication } from '@/lib/access/authorize'
import { personTarget } from '@/lib/access/person'
import { actorOf, personOf } from '@/lib/access/principal'
import type { Role } from '@/lib/access/roles'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { enqueueEmail } from '@/lib/email/outbox'
import { DomainError, notFound } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { endMembership, endSessionsWithoutOrganization } from '@/lib/team/end-membership'
import { findMember, isLastAdmin, type LockedMember, lockTeam, requireStill } from '@/lib/team/lock'
import { concernsAdmin } from '@/lib/team/model'
import { tellOfRole } from '@/lib/team/role-notice'

/**
 * Gives a member another role; it bites at their next request. The same role again changes nothing.
 * Making and unmaking admins needs a recent proof of identity.
 * @throws DomainError forbidden `insufficient_scope` | `reauthentication_required` | not-found |
 *   conflict `last_admin`
 */
export async function changeRole(
  ctx: Context,
  input: { userId: string; role: Role },
): Promise<void> {
  authorize(ctx.principal, 'members:write')
  await sqlTransaction(ctx.db.pool, async (client) => {
    const organization = await lockTeam(client, ctx.organization.id)
    await requireStill(client, ctx.organization.id, personOf(ctx.principal), 'members:write')
    const member = await findMember(client, ctx.organization.id, input.userId)
    if (!member) throw notFound()
    if (member.role === input.role) return
    if (concernsAdmin(member.role, input.role)) requireRecentAuthentication(ctx.principal, ctx.now)
    await requireAnotherAdmin(client, ctx, member)
    await client.query(
      'UPDATE memberships SET role = $3::role WHERE organization_id = $1 AND user_id = $2',
      [ctx.organization.id, member.userId, input.role],
    )
    if (member.userId !== personOf(ctx.principal)) {
      await tellOfRole(client, ctx, { organization, member, role: input.role })
    }
    await appendAudit(client, ctx, {
      eventType: 'ROLE_CHANGED',
      target: personTarget(member),
      details: { before: { role: member.role }, after: { role: input.role } },
    })
  })
}

/**
 * Takes somebody out of the organization: their personal tokens of it end with the commit, and so do all
 * their sessions if they belong to no other organization. Service accounts they made go on.
 * @throws DomainError forbidden `insufficient_scope` | `reauthentication_required` | not-found |
 *   conflict `oneself` | `last_admin`
 */
export async function removeMember(ctx: Context, input: { userId: string }): Promise<void> {
  authorize(ctx.principal, 'members:write')
  requireRecentAuthentication(ctx.principal, ctx.now)
  if (input.userId === personOf(ctx.principal)) {
    throw new DomainError(
      'conflict',
      'oneself',
      'You cannot remove yourself. Leave the organization instead.',
    )
  }
  await sqlTransaction(ctx.db.pool, async (client) => {
    const organization = await lockTeam(client, ctx.organization.id)
    await requireStill(client, ctx.organization.id, personOf(ctx.principal), 'members:write')
    const member = await findMember(client, ctx.organization.id, input.userId)
    if (!member) throw notFound()
    await requireAnotherAdmin(client, ctx, member)
    const { label } = actorOf(ctx.principal)
    const tokensEnded = await endMembership(client, ctx.organization.id, member.userId, label)
    await endSessionsWithoutOrganization(client, member.userId)
    await enqueueEmail(client, ctx.crypto.emailLinks, {
      template: 'removed-from-organization',
      recipient: member.email,
      organizationId: ctx.organization.id,
      idempotencyKey: `removed-from-organization/${newId()}`,
      facts: { organizationName: organization.name, removedBy: label },
    })
    await appendAudit(client, ctx, {
      eventType: 'MEMBER_REMOVED',
      target: personTarget(member),
      details: { before: { role: member.role }, after: { role: null }, tokensEnded },
    })
  })
}

/**
 * The caller leaves: their personal tokens of this organization end. They stay signed in, even where it
 * was their last organization.
 * @throws DomainError forbidden `insufficient_scope` | not-found | conflict `last_admin`
 */
export async function leaveOrganization(ctx: Context): Promise<void> {
  authorize(ctx.principal, 'members:read')
  const userId = personOf(ctx.principal)
  if (userId === null) throw notFound()
  await sqlTransaction(ctx.db.pool, async (client) => {
    await lockTeam(client, ctx.organization.id)
    const member = await findMember(client, ctx.organization.id, userId)
    if (!member) throw notFound()
    await requireAnotherAdmin(client, ctx, member)
    const { label } = actorOf(ctx.principal)
    const tokensEnded = await endMembership(client, ctx.organization.id, userId, label)
    await appendAudit(client, ctx, {
      eventType: 'MEMBER_LEFT',
      target: personTarget(member),
      details: { before: { role: member.role }, after: { role: null }, tokensEnded },
    })
  })
}

async function requireAnotherAdmin(
  client: pg.PoolClient,
  ctx: Context,
  member: LockedMember,
): Promise<void> {
  if (!(await isLastAdmin(client, ctx.organization.id, member))) return
  const yourself = member.userId === personOf(ctx.principal)
  throw new DomainError(
    'conflict',
    'last_admin',
    `${yourself ? 'You are' : `${member.displayName} is`} the only admin. Make somebody else an admin first.`,
  )
}
