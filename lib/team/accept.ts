import type pg from 'pg'
import { ROLE_FACTS, type Role } from '@/lib/access/roles'
import { strongPasswordHash } from '@/lib/auth/strong-password'
import type { RequestFacts } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { markEmailVerified } from '@/lib/profile/email-verification'
import { invitationEmailKey } from '@/lib/team/invitation-email'
import { type PresentedInvitation, presentedInvitation } from '@/lib/team/invitation-link'
import {
  type AnsweringPerson,
  invitationEnded,
  join,
  recordDecline,
  type TakenInvitation,
  takeInvitation,
} from '@/lib/team/joining'
import { lockTeam } from '@/lib/team/lock'
import type { InvitationState, UsableInvitation } from '@/lib/team/model'
import type { AcceptAsNewPersonInput } from '@/lib/team/schema'

/** What needs no membership yet: the link itself is the authority. */

/** What the page says before anything is answered. */
export async function invitationState(db: Database, secret: string): Promise<InvitationState> {
  const { asShown, asMailed } = presentedInvitation(secret)
  const { rows } = await db.pool.query<
    Omit<UsableInvitation, 'state' | 'roleLabel'> & { role: Role }
  >(
    `SELECT o.name AS "organizationName", i.role::text AS role, i.invited_by_label AS "invitedBy",
       i.email, EXISTS (SELECT 1 FROM users u WHERE u.email = i.email) AS "hasAccount",
       (extract(epoch from i.expires_at) * 1000)::float8 AS "expiresAt", i.message
     FROM invitations i JOIN organizations o ON o.id = i.organization_id
     WHERE i.secret_hash IN ($1, $2) AND i.expires_at > now()`,
    [asShown, asMailed],
  )
  const row = rows[0]
  if (!row) return { state: 'ended' }
  const { role, ...facts } = row
  return { state: 'usable', roleLabel: ROLE_FACTS[role].label, ...facts }
}

/**
 * Lets the signed-in person in. Of several calls at once one makes the membership, and whoever is in already by
 * this link is told the same again.
 * @returns the organization's slug
 * @throws DomainError conflict `invitation_ended` | `invitation_other_address`
 */
export async function acceptInvitation(input: {
  db: Database
  secret: string
  person: AnsweringPerson
  request: RequestFacts
}): Promise<{ slug: string }> {
  const { db, person, request } = input
  const presented = presentedInvitation(input.secret)
  return sqlTransaction(db.pool, async (client) => {
    const invitation = await takeByLink(client, presented)
    if (!invitation) return { slug: await slugOfJoined(client, presented, person) }
    const { rows } = await client.query<{ email: string }>(
      'SELECT email FROM users WHERE id = $1 FOR NO KEY UPDATE',
      [person.userId],
    )
    if (rows[0]?.email !== invitation.email) throw otherAddress()
    if (cameByMail(invitation, presented)) await markEmailVerified(client, person)
    await join(client, invitation, person, request)
    return { slug: invitation.slug }
  })
}

/** Where this person joined by this link before; the outbox remembers to whom it was sent. */
async function slugOfJoined(
  client: pg.PoolClient,
  { asShown, asMailed }: PresentedInvitation,
  { userId }: AnsweringPerson,
): Promise<string> {
  const { rows } = await client.query<{ slug: string }>(
    `SELECT o.slug FROM outgoing_emails e
     JOIN users u ON u.email = e.recipient AND u.id = $1
     JOIN memberships m ON m.organization_id = e.organization_id AND m.user_id = u.id
     JOIN organizations o ON o.id = m.organization_id
     WHERE e.idempotency_key IN ($2, $3)`,
    [userId, invitationEmailKey(asShown), invitationEmailKey(asMailed)],
  )
  if (!rows[0]) throw invitationEnded()
  return rows[0].slug
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
  if (state.state === 'ended') throw invitationEnded()
  if (state.hasAccount) throw signInFirst()
  const { displayName, password } = input
  const words = { displayName, email: state.email, organizationNames: [state.organizationName] }
  const passwordHash = await strongPasswordHash(password, words, '/password')
  const person = { userId: newId(), displayName }
  const presented = presentedInvitation(input.secret)
  return sqlTransaction(db.pool, async (client) => {
    const invitation = await takeByLink(client, presented)
    if (!invitation) throw invitationEnded()
    const made = await client.query(
      `INSERT INTO users (id, email, display_name, password_hash) VALUES ($1, $2, $3, $4)
       ON CONFLICT (email) DO NOTHING`,
      [person.userId, invitation.email, person.displayName, passwordHash],
    )
    if (made.rowCount !== 1) throw signInFirst()
    if (cameByMail(invitation, presented)) await markEmailVerified(client, person)
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
    const invitation = await takeByLink(client, presentedInvitation(input.secret))
    if (!invitation) throw invitationEnded()
    const actor = { id: null, label: invitation.email }
    await recordDecline(client, invitation, input.request, actor)
  })
}

/** The same as `takeInvitation` with the team's lock, by either of the two links. */
async function takeByLink(
  client: pg.PoolClient,
  { asShown, asMailed }: PresentedInvitation,
): Promise<TakenInvitation | null> {
  const found = await client.query<{ organizationId: string; secretHash: Buffer }>(
    `SELECT organization_id AS "organizationId", secret_hash AS "secretHash" FROM invitations
     WHERE secret_hash IN ($1, $2)`,
    [asShown, asMailed],
  )
  const invitation = found.rows[0]
  if (!invitation) return null
  await lockTeam(client, invitation.organizationId)
  return takeInvitation(client, invitation.organizationId, invitation)
}

function cameByMail({ secretHash }: TakenInvitation, { asMailed }: PresentedInvitation): boolean {
  return secretHash.equals(asMailed)
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
