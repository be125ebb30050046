import type pg from 'pg'
import { missingPermission } from '@/lib/access/authorize'
import { type HumanPermission, ROLE_FACTS, type Role } from '@/lib/access/roles'
import { notFound } from '@/lib/errors'

/** What e-mails say of the organization. */
export interface LockedOrganization {
  name: string
  website: string | null
  logoId: string | null
}

/**
 * Lets one change of an organization's team run at a time, so that what was counted (admins above all)
 * stays true until the commit. Not FOR UPDATE: minting a token reads the row's key and must not wait.
 * @throws DomainError not-found
 */
export async function lockTeam(
  client: pg.PoolClient,
  organizationId: string,
): Promise<LockedOrganization> {
  const { rows } = await client.query<LockedOrganization>(
    `SELECT name, website, logo_id AS "logoId" FROM organizations WHERE id = $1 FOR NO KEY UPDATE`,
    [organizationId],
  )
  if (!rows[0]) throw notFound()
  return rows[0]
}

export interface LockedMember {
  userId: string
  displayName: string
  email: string
  role: Role
}

/** The member as they are under the lock, or null. Call `lockTeam` first. */
export async function findMember(
  client: pg.PoolClient,
  organizationId: string,
  userId: string,
): Promise<LockedMember | null> {
  const { rows } = await client.query<LockedMember>(
    `SELECT m.user_id AS "userId", u.display_name AS "displayName", u.email, m.role::text AS role
     FROM memberships m JOIN users u ON u.id = m.user_id
     WHERE m.organization_id = $1 AND m.user_id = $2`,
    [organizationId, userId],
  )
  return rows[0] ?? null
}

/**
 * Asks again, under the lock: whoever was removed or demoted a moment ago has no last act.
 * @throws DomainError forbidden `insufficient_scope`
 */
export async function requireStill(
  client: pg.PoolClient,
  organizationId: string,
  userId: string | null,
  permission: HumanPermission,
): Promise<void> {
  const member = userId === null ? null : await findMember(client, organizationId, userId)
  if (!member || !ROLE_FACTS[member.role].human.includes(permission)) {
    throw missingPermission(permission)
  }
}

/** True where nobody else is an admin. Call `lockTeam` first. */
export async function isLastAdmin(
  client: pg.PoolClient,
  organizationId: string,
  member: LockedMember,
): Promise<boolean> {
  if (member.role !== 'ADMIN') return false
  const { rows } = await client.query<{ others: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM memberships
       WHERE organization_id = $1 AND role = 'ADMIN' AND user_id <> $2) AS others`,
    [organizationId, member.userId],
  )
  return rows[0]?.others !== true
}
