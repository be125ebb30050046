import type pg from 'pg'
import type { Role } from '@/lib/access/roles'
import type { RequestFacts } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { DomainError, notFound } from '@/lib/errors'
import {
  type AnsweringPerson,
  join,
  recordDecline,
  type TakenInvitation,
  takeInvitation,
} from '@/lib/team/joining'
import { lockTeam } from '@/lib/team/lock'

/**
 * Invitations of a signed-in person, found by their e-mail address and answered without a link. Only for those
 * who have shown that the mailbox is theirs: anybody can make an account under an address that is not.
 */

export interface OwnInvitation {
  organizationId: string
  organizationSlug: string
  organizationName: string
  role: Role
  /** Epoch ms. */
  invitedAt: number
}

/** Newest first, without expired ones; none where the mailbox is not proven. */
export async function listOwnInvitations(
  db: Database,
  person: { userId: string },
): Promise<OwnInvitation[]> {
  const { rows } = await db.pool.query<OwnInvitation>(
    `SELECT o.id AS "organizationId", o.slug AS "organizationSlug", o.name AS "organizationName",
       i.role::text AS role, (extract(epoch from i.sent_at) * 1000)::float8 AS "invitedAt"
     FROM users u
     JOIN invitations i ON i.email = u.email AND i.expires_at > now()
     JOIN organizations o ON o.id = i.organization_id
     WHERE u.id = $1 AND u.email_verified_at IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM memberships m
         WHERE m.organization_id = o.id AND m.user_id = u.id)
     ORDER BY i.sent_at DESC, o.id`,
    [person.userId],
  )
  return rows
}

export interface OwnAnswer {
  db: Database
  organizationId: string
  person: AnsweringPerson
  request: RequestFacts
}

/**
 * Joins; whoever is a member already is told the same again.
 * @throws DomainError forbidden `email_unverified` | not-found | invalid `invitation_expired`
 */
export async function acceptOwnInvitation(answer: OwnAnswer): Promise<void> {
  const { db, organizationId, person, request } = answer
  await sqlTransaction(db.pool, async (client) => {
    const taken = await takeOwn(client, organizationId, person)
    if (taken) await join(client, taken, person, request)
  })
}

/**
 * Ends the invitation; to join later takes another one.
 * @throws DomainError forbidden `email_unverified` | not-found, also where it was answered before | invalid
 *   `invitation_expired`
 */
export async function declineOwnInvitation(answer: OwnAnswer): Promise<void> {
  const { db, organizationId, person, request } = answer
  await sqlTransaction(db.pool, async (client) => {
    const taken = await takeOwn(client, organizationId, person)
    if (!taken) throw notFound()
    const actor = { id: person.userId, label: person.displayName }
    await recordDecline(client, taken, request, actor)
  })
}

/** @returns null for a member who is not invited */
async function takeOwn(
  client: pg.PoolClient,
  organizationId: string,
  { userId }: AnsweringPerson,
): Promise<TakenInvitation | null> {
  // Before any lock: a stranger cannot hold up somebody's team.
  if ((await standingOf(client, organizationId, userId)).invitation === 'none') return null
  await lockTeam(client, organizationId)
  await client.query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId])
  const { email, invitation } = await standingOf(client, organizationId, userId)
  return invitation === 'none' ? null : takeInvitation(client, organizationId, { email })
}

interface Standing {
  email: string
  /** `none` for members only. */
  invitation: 'open' | 'none'
}

interface StandingRow {
  email: string
  verified: boolean
  member: boolean
  expired: boolean | null
}

async function standingOf(
  client: pg.PoolClient,
  organizationId: string,
  userId: string,
): Promise<Standing> {
  const { rows } = await client.query<StandingRow>(
    `SELECT u.email, u.email_verified_at IS NOT NULL AS verified, i.expires_at <= now() AS expired,
       EXISTS (SELECT 1 FROM memberships m
         WHERE m.organization_id = $2 AND m.user_id = u.id) AS member
     FROM users u LEFT JOIN invitations i ON i.organization_id = $2 AND i.email = u.email
     WHERE u.id = $1`,
    [userId, organizationId],
  )
  const row = rows[0]
  if (!row) throw notFound()
  if (!row.verified) throw unverified()
  if (row.member && row.expired !== false) return { email: row.email, invitation: 'none' }
  if (row.expired === null) throw notFound()
  if (row.expired) throw expired()
  return { email: row.email, invitation: 'open' }
}

function unverified(): DomainError {
  return new DomainError(
    'forbidden',
    'email_unverified',
    'First show that the mailbox is yours: use the link in the e-mail of the invitation, or “Verify this address” in your profile.',
  )
}

function expired(): DomainError {
  return new DomainError(
    'invalid',
    'invitation_expired',
    'This invitation has expired. Ask for a new one.',
  )
}
