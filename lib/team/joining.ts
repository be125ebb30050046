import type pg from 'pg'
import type { Role } from '@/lib/access/roles'
import type { AuditEntry } from '@/lib/audit/events'
import { systemAuditPayload } from '@/lib/audit/payload'
import type { RequestFacts } from '@/lib/context'
import { DomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { endPersonalTokens } from '@/lib/team/end-membership'

/** The steps of answering an invitation, whichever way somebody comes to it. */

/** A signed-in person; made of a session, never of a token. */
export interface AnsweringPerson {
  userId: string
  displayName: string
}

export interface TakenInvitation {
  id: string
  organizationId: string
  slug: string
  email: string
  role: Role
  invitedBy: string
  secretHash: Buffer
}

/**
 * Takes the invitation away: nobody else finds it. Call `lockTeam` first.
 * @returns null where it has ended or expired
 */
export async function takeInvitation(
  client: pg.PoolClient,
  organizationId: string,
  by: { secretHash: Buffer } | { email: string },
): Promise<TakenInvitation | null> {
  const [column, value] =
    'email' in by ? (['email', by.email] as const) : (['secret_hash', by.secretHash] as const)
  const { rows } = await client.query<TakenInvitation>(
    `DELETE FROM invitations i USING organizations o
     WHERE o.id = i.organization_id AND i.organization_id = $1 AND i.${column} = $2
       AND i.expires_at > now()
     RETURNING i.id, i.organization_id AS "organizationId", o.slug, i.email, i.role::text AS role,
       i.invited_by_label AS "invitedBy", i.secret_hash AS "secretHash"`,
    [organizationId, value],
  )
  return rows[0] ?? null
}

/** Makes the membership, unless there is one. Last in the caller's transaction. */
export async function join(
  client: pg.PoolClient,
  { organizationId, role, invitedBy }: TakenInvitation,
  person: AnsweringPerson,
  request: RequestFacts,
): Promise<void> {
  const joined = await client.query(
    `INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, $3::role)
     ON CONFLICT (organization_id, user_id) DO NOTHING`,
    [organizationId, person.userId, role],
  )
  if (joined.rowCount !== 1) return
  // Who comes back comes without tokens, also without one that was being minted while they were removed.
  await endPersonalTokens(client, organizationId, person.userId, 'System')
  await append(client, organizationId, request, {
    actor: { id: person.userId, label: person.displayName },
    eventType: 'MEMBER_JOINED',
    target: { type: 'user', id: person.userId, label: person.displayName, familyId: null },
    details: { role, invitedBy },
  })
}

/** Tells the organization that somebody said no. Last in the caller's transaction. */
export async function recordDecline(
  client: pg.PoolClient,
  invitation: TakenInvitation,
  request: RequestFacts,
  actor: { id: string | null; label: string },
): Promise<void> {
  await append(client, invitation.organizationId, request, {
    actor,
    eventType: 'INVITATION_DECLINED',
    target: { type: 'invitation', id: invitation.id, label: invitation.email, familyId: null },
    details: { role: invitation.role },
  })
}

async function append(
  client: pg.PoolClient,
  organizationId: string,
  request: RequestFacts,
  { actor, ...entry }: AuditEntry & { actor: { id: string | null; label: string } },
): Promise<void> {
  const payload = systemAuditPayload(request, entry, { type: 'USER', tokenId: null, ...actor })
  await client.query('SELECT audit.append($1::uuid, $2::uuid, $3)', [
    organizationId,
    newId(),
    payload,
  ])
}

export function invitationEnded(): DomainError {
  return new DomainError(
    'conflict',
    'invitation_ended',
    'This invitation was used, withdrawn or replaced, or has expired. Ask for a new one.',
  )
}
