import type pg from 'pg'
import { requireRecentAuthentication } from '@/lib/access/authorize'
import type { UserPrincipal } from '@/lib/access/principal'
import { appendAudit } from '@/lib/audit/append'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { enqueueEmail } from '@/lib/email/outbox'
import { DomainError, invalid, notFound } from '@/lib/errors'
import { authorizeOrganizationChange, organizationTarget } from '@/lib/organization/change'
import { DELETION_DAYS } from '@/lib/organization/model'

interface EndRow {
  name: string
  /** Epoch ms. */
  deletesAt: number | null
}

/**
 * Asks for the end of the organization. For 14 days everything works on and any admin can restore it;
 * every admin is told by e-mail. Asking again changes nothing.
 * @param input the organization's name, typed
 * @returns when it ends, epoch ms
 * @throws DomainError forbidden insufficient_scope | role_insufficient | session_required |
 *   reauthentication_required, invalid at `/confirmation`
 */
export async function askDeletion(
  ctx: Context,
  input: { confirmation: string },
): Promise<{ deletesAt: number }> {
  const person = authorizeEnd(ctx)
  requireRecentAuthentication(person, ctx.now)
  return sqlTransaction(ctx.db.pool, async (client) => {
    const { name, deletesAt: already } = await holdEnd(client, ctx)
    if (input.confirmation !== name) throw wrongName()
    if (already !== null) return { deletesAt: already }
    const { rows } = await client.query<{ deletesAt: number }>(
      `UPDATE organizations SET deletion_asked_at = now(), modified_at = now(),
         deletes_at = now() + make_interval(days => $2)
       WHERE id = $1 RETURNING (extract(epoch from deletes_at) * 1000)::float8 AS "deletesAt"`,
      [ctx.organization.id, DELETION_DAYS],
    )
    const deletesAt = rows[0]?.deletesAt ?? 0
    await tellAdmins(client, ctx, {
      organizationName: name,
      askedBy: person.displayName,
      deletesAt,
    })
    await appendAudit(client, ctx, {
      eventType: 'DELETION_ASKED',
      target: organizationTarget({ id: ctx.organization.id, name }),
      details: { deletesAt },
    })
    return { deletesAt }
  })
}

/** Restores an organization that waits for its end; otherwise does nothing. @throws DomainError forbidden */
export async function cancelDeletion(ctx: Context): Promise<void> {
  authorizeEnd(ctx)
  await sqlTransaction(ctx.db.pool, async (client) => {
    const { name, deletesAt } = await holdEnd(client, ctx)
    if (deletesAt === null) return
    await client.query(
      `UPDATE organizations SET deletion_asked_at = NULL, deletes_at = NULL, modified_at = now()
       WHERE id = $1`,
      [ctx.organization.id],
    )
    await appendAudit(client, ctx, {
      eventType: 'DELETION_CANCELLED',
      target: organizationTarget({ id: ctx.organization.id, name }),
      details: { deletesAt },
    })
  })
}

/** Only people end organizations: no program, whatever it was granted. */
function authorizeEnd(ctx: Context): UserPrincipal {
  authorizeOrganizationChange(ctx)
  if (ctx.principal.kind !== 'user') {
    throw new DomainError('forbidden', 'session_required', 'Only a signed-in admin can do this.')
  }
  return ctx.principal
}

async function holdEnd(client: pg.PoolClient, ctx: Context): Promise<EndRow> {
  const { rows } = await client.query<EndRow>(
    `SELECT name, (extract(epoch from deletes_at) * 1000)::float8 AS "deletesAt"
     FROM organizations WHERE id = $1 FOR NO KEY UPDATE`,
    [ctx.organization.id],
  )
  const [organization] = rows
  if (!organization) throw notFound()
  return organization
}

function wrongName(): DomainError {
  return invalid(
    [{ pointer: '/confirmation', detail: 'Type the name of the organization exactly.' }],
    'confirmation_mismatch',
  )
}

async function tellAdmins(
  client: pg.PoolClient,
  ctx: Context,
  facts: { organizationName: string; askedBy: string; deletesAt: number },
): Promise<void> {
  const admins = await client.query<{ id: string; email: string }>(
    `SELECT u.id, u.email FROM memberships m JOIN users u ON u.id = m.user_id
     WHERE m.organization_id = $1 AND m.role = 'ADMIN' ORDER BY u.id`,
    [ctx.organization.id],
  )
  for (const { id, email } of admins.rows) {
    await enqueueEmail(client, ctx.crypto.emailLinks, {
      template: 'organization-deletion',
      recipient: email,
      organizationId: ctx.organization.id,
      idempotencyKey: `organization-deletion:${ctx.organization.id}:${facts.deletesAt}:${id}`,
      facts,
    })
  }
}
