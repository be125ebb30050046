import type pg from 'pg'
import { authorize, requireRecentAuthentication } from '@/lib/access/authorize'
import { personTarget } from '@/lib/access/person'
import { personOf } from '@/lib/access/principal'
import type { Role } from '@/lib/access/roles'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { invalid } from '@/lib/errors'
import { findMember, type LockedMember, lockTeam, requireStill } from '@/lib/team/lock'
import { tellOfRole } from '@/lib/team/role-notice'
import type { HandOverInput } from '@/lib/team/schema'

/**
 * Makes another member an admin and the caller a plain member, both or neither: at no moment is there
 * nobody to run the organization. It bites at the next request of each.
 * @throws DomainError forbidden `insufficient_scope` | `reauthentication_required` | invalid at /email
 *   `not_a_member` | `oneself`
 */
export async function handOverAdminDuty(ctx: Context, input: HandOverInput): Promise<void> {
  authorize(ctx.principal, 'members:write')
  requireRecentAuthentication(ctx.principal, ctx.now)
  const callerId = personOf(ctx.principal)
  await sqlTransaction(ctx.db.pool, async (client) => {
    const organization = await lockTeam(client, ctx.organization.id)
    await requireStill(client, ctx.organization.id, callerId, 'members:write')
    const successor = await memberAt(client, ctx.organization.id, input.email)
    const caller = callerId && (await findMember(client, ctx.organization.id, callerId))
    if (!successor || !caller) {
      throw refused('not_a_member', 'Nobody in this organization has this address.')
    }
    if (successor.userId === caller.userId) {
      throw refused('oneself', 'This is your own address. Enter that of your successor.')
    }
    if (successor.role !== 'ADMIN') {
      await setRole(client, ctx, successor, 'ADMIN')
      await tellOfRole(client, ctx, { organization, member: successor, role: 'ADMIN' })
    }
    await setRole(client, ctx, caller, 'MEMBER')
    // Last, as everywhere: the head of the chain stays locked until the commit.
    if (successor.role !== 'ADMIN') await recordRole(client, ctx, successor, 'ADMIN')
    await recordRole(client, ctx, caller, 'MEMBER')
  })
}

async function memberAt(
  client: pg.PoolClient,
  organizationId: string,
  email: string,
): Promise<LockedMember | null> {
  const { rows } = await client.query<{ id: string }>('SELECT id FROM users WHERE email = $1', [
    email,
  ])
  return rows[0] ? findMember(client, organizationId, rows[0].id) : null
}

async function setRole(
  client: pg.PoolClient,
  ctx: Context,
  member: LockedMember,
  role: Role,
): Promise<void> {
  await client.query(
    'UPDATE memberships SET role = $3::role WHERE organization_id = $1 AND user_id = $2',
    [ctx.organization.id, member.userId, role],
  )
}

async function recordRole(
  client: pg.PoolClient,
  ctx: Context,
  member: LockedMember,
  role: Role,
): Promise<void> {
  await appendAudit(client, ctx, {
    eventType: 'ROLE_CHANGED',
    target: personTarget(member),
    details: { before: { role: member.role }, after: { role }, by: 'handover' },
  })
}

function refused(code: string, detail: string) {
  return invalid([{ pointer: '/email', detail }], code)
}
