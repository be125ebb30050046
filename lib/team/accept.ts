import type pg from 'pg'
import { ROLE_FACTS, type Role } from '@/lib/access/roles'
import type { AuditEntry } from '@/lib/audit/events'
import { systemAuditPayload } from '@/lib/audit/payload'
import { opaqueSecretHash } from '@/lib/auth/opaque-secret'
import { hashPassword } from '@/lib/auth/passwords'
import type { RequestFacts } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, invalid } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { passwordStrength, weaknessOf } from '@/lib/profile/password-strength'
import { endPersonalTokens } from '@/lib/team/end-membership'
import { lockTeam } from '@/lib/team/lock'
import type { InvitationState, UsableInvitation } from '@/lib/team/model'
import type { AcceptAsNewPersonInput } from '@/lib/team/schema'

/** What needs no membership yet: the link itself is the authority. */

/** What the page says before anything is answered. */
export async function invitationState(db: Database, secret: string): Promise<InvitationState> {
  const { rows } = await db.pool.query<
    Omit<UsableInvitation, 'state' | 'roleLabel'> & { role: Role }
  >(
    `SELECT o.name AS "organizationName", i.role::text AS role, i.invited_by_label AS "invitedBy",
       i.email, EXISTS (SELECT 1 FROM users u WHERE u.email = i.email) AS "hasAccount",
       (extract(epoch from i.expires_at) * 1000)::float8 AS "expiresAt", i.message
     FROM invitations i JOIN organizations o ON o.id = i.organization_id
     WHERE i.secret_hash = $1 AND i.expires_at > now()`,
    [opaqueSecretHash(secret)],
  )
  const row = rows[0]
  if (!row) return { state: 'ended' }
  const { role, ...facts } = row
  return { state: 'usable', roleLabel: ROLE_FACTS[role].label, ...facts }
}

export interface AnsweringPerson {
  userId: string
  displayName: string
}

/**
 * Lets the signed-in person in. Works once: of several calls at once one makes the membership.
 * @returns the organization's slug
 * @throws DomainError conflict `invitation_ended` | `invitation_other_address`
 */
export async function acceptInvitation(input: {
  db: Database
  secret: string
  person: AnsweringPerson
  request: RequestFacts
}): Promise<{ slug: string }> {
  const { db, secret, person, request } = input
  return sqlTransaction(db.pool, async (client) => {
    const invitation = await takeInvitation(client, secret)
    const { rows } = await client.query<{ email: string }>(
      'SELECT email FROM users WHERE id = $1 FOR NO KEY UPDATE',
      [person.userId],
    )
    if (rows[0]?.email !== invitation.email) throw otherAddress()
    await join(client, invitation, person, request)
    return { slug: invitation.slug }
  })
}

/**
 * Makes an account for the address that was invited, and lets it in. The caller then signs in.
 * @throws DomainError conflict `invitation_ended` | `sign_in_first` | invalid `password_weak`
 */
export async function acceptInvitationAsNewPerson({
  db,
  request,
  ...input
}: AcceptAsNewPersonInput & { db: Database; request: RequestFacts }): Promise<{
  slug: string
  email: string
}> {
  const state = await invitationState(db, input.secret)
  // Before the expensive hash: a stranger without a link costs one query.
  if (state.state === 'ended') throw ended()
  if (state.hasAccount) throw signInFirst()
  const { displayName, password } = input
  const weakness = weaknessOf(
    await passwordStrength(password, {
      displayName,
      email: state.email,
      organizationNames: [state.organizationName],
    }),
  )
  if (weakness) throw invalid([{ pointer: '/password', detail: weakness }], 'password_weak')
  const passwordHash = await hashPassword(password)
  const person = { userId: newId(), displayName }
  return sqlTransaction(db.pool, async (client) => {
    const invitation = await takeInvitation(client, input.secret)
    const made = await client.query(
      `INSERT INTO users (id, email, display_name, password_hash) VALUES ($1, $2, $3, $4)
       ON CONFLICT (email) DO NOTHING`,
      [person.userId, invitation.email, person.displayName, passwordHash],
    )
    if (made.rowCount !== 1) throw signInFirst()
    await join(client, invitation, person, request)
    return { slug: invitation.slug, email: invitation.email }
  })
}

/**
 * Ends the invitation without joining. Whoever holds the link may: it says no to them only.
 * @throws DomainError conflict `invitation_ended`
 */
export async function declineInvitation(input: {
  db: Database
  secret: string
  request: RequestFacts
}): Promise<void> {
  await sqlTransaction(input.db.pool, async (client) => {
    const invitation = await takeInvitation(client, input.secret)
    await append(client, invitation.organizationId, input.request, {
      actor: { id: null, label: invitation.email },
      eventType: 'INVITATION_DECLINED',
      target: { type: 'invitation', id: invitation.id, label: invitation.email, familyId: null },
      details: { role: invitation.role },
    })
  })
}

interface TakenInvitation {
  id: string
  organizationId: string
  slug: string
  email: string
  role: Role
  invitedBy: string
}

/** Takes the invitation away, under the team's lock: nobody else finds it. */
async function takeInvitation(client: pg.PoolClient, secret: string): Promise<TakenInvitation> {
  const hash = opaqueSecretHash(secret)
  const found = await client.query<{ organizationId: string }>(
    'SELECT organization_id AS "organizationId" FROM invitations WHERE secret_hash = $1',
    [hash],
  )
  const organizationId = found.rows[0]?.organizationId
  if (!organizationId) throw ended()
  await lockTeam(client, organizationId)
  const { rows } = await client.query<TakenInvitation>(
    `DELETE FROM invitations i USING organizations o
     WHERE o.id = i.organization_id AND i.organization_id = $1 AND i.secret_hash = $2
       AND i.expires_at > now()
     RETURNING i.id, i.organization_id AS "organizationId", o.slug, i.email, i.role::text AS role,
       i.invited_by_label AS "invitedBy"`,
    [organizationId, hash],
  )
  if (!rows[0]) throw ended()
  return rows[0]
}

async function join(
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

function ended(): DomainError {
  return new DomainError(
    'conflict',
    'invitation_ended',
    'This invitation was used, withdrawn or replaced, or has expired. Ask for a new one.',
  )
}

function otherAddress(): DomainError {
  return new DomainError(
    'conflict',
    'invitation_other_address',
    'This invitation was sent to another e-mail address. Sign out, then sign in with that one.',
  )
}

function signInFirst(): DomainError {
  return new DomainError(
    'conflict',
    'sign_in_first',
    'This address has an account already. Sign in with it, then accept.',
  )
}
