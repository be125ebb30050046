import type pg from 'pg'
import { ROLE_FACTS, type Role } from '@/lib/access/roles'
import type { Context } from '@/lib/context'
import { enqueueEmail } from '@/lib/email/outbox'
import { notify } from '@/lib/notifications/notify'
import type { InvitationSecrets } from '@/lib/team/invitation-link'
import type { LockedOrganization } from '@/lib/team/lock'
import type { SentInvitation } from '@/lib/team/model'

export interface InvitationToSend {
  id: string
  email: string
  secrets: InvitationSecrets
  role: Role
  message: string
  expiresAt: number
}

/** By which the outbox finds the e-mail of a link. @param secretHash as stored with the invitation */
export function invitationEmailKey(secretHash: Buffer): string {
  return `invitation/${secretHash.toString('hex')}`
}

/**
 * Sends the link to the address. Who has an account under it, and has shown that the mailbox is theirs, finds
 * the invitation among their notifications too.
 */
export async function sendInvitation(
  client: pg.PoolClient,
  ctx: Context,
  organization: LockedOrganization,
  invitation: InvitationToSend,
): Promise<SentInvitation> {
  const { id, email, secrets, expiresAt } = invitation
  const invitedBy = inviterLabel(ctx)
  const roleLabel = ROLE_FACTS[invitation.role].label
  const idempotencyKey = invitationEmailKey(secrets.hash)
  const message = {
    template: 'invitation',
    facts: {
      organizationName: organization.name,
      organizationWebsite: organization.website,
      logoId: organization.logoId,
      roleLabel,
      invitedBy,
      message: invitation.message,
      expiresAt,
    },
    linkPath: `/invitations/${secrets.mailed}`,
    idempotencyKey,
  } as const
  const organizationId = ctx.organization.id
  const userId = await verifiedPerson(client, email)
  if (userId === null) {
    await enqueueEmail(client, ctx.crypto.emailLinks, {
      ...message,
      recipient: email,
      organizationId,
    })
  } else {
    await notify(client, ctx.crypto.emailLinks, {
      kind: 'invitation',
      facts: { invitedBy, roleLabel, email, expiresAt },
      organizationId,
      recipients: [{ userId, reason: 'INVITED' }],
      idempotencyKey,
      special: message,
    })
  }
  return { invitationId: id, email, linkPath: `/invitations/${secrets.shown}`, expiresAt }
}

async function verifiedPerson(client: pg.PoolClient, email: string): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM users WHERE email = $1 AND email_verified_at IS NOT NULL',
    [email],
  )
  return rows[0]?.id ?? null
}

/**
 * Gives up the e-mails of links that end now and were not sent yet. One that is being sent at this moment is
 * passed over: it is too late, and waiting for the mail server would hold up the team.
 */
export async function withholdInvitationEmails(
  client: pg.PoolClient,
  secretHashes: readonly Buffer[],
): Promise<void> {
  await client.query(
    `UPDATE outgoing_emails SET state = 'FAILED', sealed_link = NULL,
       last_error = 'The invitation was withdrawn or replaced before it was sent.'
     WHERE id IN (SELECT id FROM outgoing_emails
       WHERE idempotency_key = ANY($1) AND state = 'WAITING' FOR UPDATE SKIP LOCKED)`,
    [secretHashes.map(invitationEmailKey)],
  )
}

/** Only people invite: no token holds `members:write`. */
export function inviterLabel({ principal }: Context): string {
  return principal.kind === 'user' ? principal.displayName : principal.tokenName
}
