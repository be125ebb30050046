import type pg from 'pg'
import { authorize } from '@/lib/access/authorize'
import { personOf } from '@/lib/access/principal'
import type { Role } from '@/lib/access/roles'
import { appendAudit } from '@/lib/audit/append'
import type { AuditEntry, AuditEventType } from '@/lib/audit/events'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { inviterLabel, sendInvitation, withholdInvitationEmails } from '@/lib/team/invitation-email'
import { newInvitationSecrets } from '@/lib/team/invitation-link'
import { type LockedOrganization, lockTeam, requireStill } from '@/lib/team/lock'
import { INVITATION_DAYS, type InviteOutcome, type SentInvitation } from '@/lib/team/model'
import type { InviteMembersInput } from '@/lib/team/schema'

/**
 * Sends each address a link that is good for 7 days. An open invitation to the same address is replaced and
 * its link ends; who is a member already is passed over. Addresses must be in lower case.
 * @returns an outcome for each address, in the order given; the links in it are nowhere
 *   else, and prove no mailbox: those of the e-mails are others
 * @throws DomainError forbidden
 */
export async function inviteMembers(
  ctx: Context,
  input: InviteMembersInput,
): Promise<InviteOutcome[]> {
  authorize(ctx.principal, 'members:write')
  const emails = [...new Set(input.emails)]
  return sqlTransaction(ctx.db.pool, async (client) => {
    const organization = await lockTeam(client, ctx.organization.id)
    await requireStill(client, ctx.organization.id, personOf(ctx.principal), 'members:write')
    const members = await membersAmong(client, ctx.organization.id, emails)
    await withholdEarlier(client, ctx, 'email', emails)
    const outcomes: InviteOutcome[] = []
    for (const email of emails) {
      outcomes.push(
        members.has(email)
          ? { outcome: 'already-member', email }
          : await invite(client, ctx, organization, { ...input, email }),
      )
    }
    // All at the end: an event holds the chain until the commit.
    for (const sent of outcomes) {
      if (sent.outcome === 'already-member') continue
      const details = { role: input.role, ...(sent.outcome === 'replaced' && { replaced: true }) }
      await appendAudit(
        client,
        ctx,
        about('MEMBER_INVITED', sent.invitationId, sent.email, details),
      )
    }
    return outcomes
  })
}

/**
 * Makes a new link and sends it; the old one ends. The 7 days begin again.
 * @returns the link, in this answer and nowhere else
 * @throws DomainError forbidden | not-found, also where it was answered or withdrawn meanwhile
 */
export async function resendInvitation(
  ctx: Context,
  input: { invitationId: string },
): Promise<SentInvitation> {
  authorize(ctx.principal, 'members:write')
  return sqlTransaction(ctx.db.pool, async (client) => {
    const organization = await lockTeam(client, ctx.organization.id)
    await requireStill(client, ctx.organization.id, personOf(ctx.principal), 'members:write')
    await withholdEarlier(client, ctx, 'id', [input.invitationId])
    const secrets = newInvitationSecrets()
    const { rows } = await client.query<InvitationRow & { email: string }>(
      `UPDATE invitations SET secret_hash = $3, sent_at = now(),
         expires_at = now() + make_interval(days => $4)
       WHERE organization_id = $1 AND id = $2
       RETURNING id, email, role::text AS role, message,
         (extract(epoch from expires_at) * 1000)::float8 AS "expiresAt"`,
      [ctx.organization.id, input.invitationId, secrets.hash, INVITATION_DAYS],
    )
    const row = rows[0]
    if (!row) throw notOpen()
    const sent = await sendInvitation(client, ctx, organization, { ...row, secrets })
    const details = { role: row.role }
    await appendAudit(client, ctx, about('INVITATION_RESENT', row.id, row.email, details))
    return sent
  })
}

/**
 * Ends an invitation and its link. An e-mail that was not sent yet never is.
 * @throws DomainError forbidden | not-found, also where it was answered or withdrawn meanwhile
 */
export async function withdrawInvitation(
  ctx: Context,
  input: { invitationId: string },
): Promise<void> {
  authorize(ctx.principal, 'members:write')
  await sqlTransaction(ctx.db.pool, async (client) => {
    await lockTeam(client, ctx.organization.id)
    await requireStill(client, ctx.organization.id, personOf(ctx.principal), 'members:write')
    await withholdEarlier(client, ctx, 'id', [input.invitationId])
    const { rows } = await client.query<{ email: string; role: Role }>(
      `DELETE FROM invitations WHERE organization_id = $1 AND id = $2
       RETURNING email, role::text AS role`,
      [ctx.organization.id, input.invitationId],
    )
    const row = rows[0]
    if (!row) throw notOpen()
    const details = { role: row.role }
    await appendAudit(
      client,
      ctx,
      about('INVITATION_WITHDRAWN', input.invitationId, row.email, details),
    )
  })
}

interface InvitationRow {
  id: string
  role: Role
  message: string
  expiresAt: number
}

async function membersAmong(
  client: pg.PoolClient,
  organizationId: string,
  emails: readonly string[],
): Promise<Set<string>> {
  const { rows } = await client.query<{ email: string }>(
    `SELECT u.email FROM memberships m JOIN users u ON u.id = m.user_id
     WHERE m.organization_id = $1 AND u.email = ANY($2)`,
    [organizationId, emails],
  )
  return new Set(rows.map(({ email }) => email))
}

async function invite(
  client: pg.PoolClient,
  ctx: Context,
  organization: LockedOrganization,
  input: { email: string; role: Role; message?: string | undefined },
): Promise<InviteOutcome> {
  const secrets = newInvitationSecrets()
  const { rows } = await client.query<InvitationRow & { fresh: boolean }>(
    `INSERT INTO invitations (organization_id, id, email, role, secret_hash, message, invited_by_id,
       invited_by_label, expires_at)
     VALUES ($1, $2, $3, $4::role, $5, $6, $7, $8, now() + make_interval(days => $9))
     ON CONFLICT (organization_id, email) DO UPDATE SET role = excluded.role,
       secret_hash = excluded.secret_hash, message = excluded.message, sent_at = now(),
       invited_by_id = excluded.invited_by_id, invited_by_label = excluded.invited_by_label,
       expires_at = excluded.expires_at
     RETURNING id, role::text AS role, message, id = $2::uuid AS fresh,
       (extract(epoch from expires_at) * 1000)::float8 AS "expiresAt"`,
    [
      ctx.organization.id,
      newId(),
      input.email,
      input.role,
      secrets.hash,
      input.message ?? '',
      personOf(ctx.principal),
      inviterLabel(ctx),
      INVITATION_DAYS,
    ],
  )
  const row = rows[0]
  if (!row) throw new Error('An upsert returns its row.')
  const sent = await sendInvitation(client, ctx, organization, {
    ...row,
    email: input.email,
    secrets,
  })
  return { outcome: row.fresh ? 'invited' : 'replaced', ...sent }
}

/** The links of these invitations end: call it before they are replaced, and under the team's lock. */
async function withholdEarlier(
  client: pg.PoolClient,
  ctx: Context,
  column: 'id' | 'email',
  values: readonly string[],
): Promise<void> {
  const { rows } = await client.query<{ secretHash: Buffer }>(
    `SELECT secret_hash AS "secretHash" FROM invitations
     WHERE organization_id = $1 AND ${column}::text = ANY($2)`,
    [ctx.organization.id, values],
  )
  if (rows.length > 0) {
    await withholdInvitationEmails(
      client,
      rows.map(({ secretHash }) => secretHash),
    )
  }
}

function about(
  eventType: AuditEventType,
  id: string,
  email: string,
  details: Record<string, unknown>,
): AuditEntry {
  return { eventType, target: { type: 'invitation', id, label: email, familyId: null }, details }
}

function notOpen(): DomainError {
  return new DomainError(
    'not-found',
    'not_found',
    'This invitation is not open any more: it was accepted, declined or withdrawn.',
  )
}
