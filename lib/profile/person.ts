import type pg from 'pg'
import { authorize } from '@/lib/access/authorize'
import type { Principal, UserPrincipal } from '@/lib/access/principal'
import type { AuditTarget } from '@/lib/audit/events'
import { DomainError } from '@/lib/errors'

/**
 * Line 1 of everything about one's own account: no program does that, whatever its token may.
 * @throws DomainError forbidden `insufficient_scope` | `session_required`
 */
export function requirePerson(principal: Principal): UserPrincipal {
  authorize(principal, 'profile:write')
  if (principal.kind !== 'user') {
    throw new DomainError('forbidden', 'session_required', 'Only a signed-in person can do this.')
  }
  return principal
}

/** A person as what an audit event is about. */
export function personTarget(person: { userId: string; displayName: string }): AuditTarget {
  return { type: 'user', id: person.userId, label: person.displayName, familyId: null }
}

export interface HeldPerson {
  userId: string
  email: string
  displayName: string
  avatarId: string | null
}

/** Holds the row of a person until the transaction ends. @returns null for nobody */
export async function holdPerson(
  client: Pick<pg.PoolClient, 'query'>,
  by: { userId: string } | { email: string },
): Promise<HeldPerson | null> {
  const [column, value] = 'userId' in by ? ['id', by.userId] : ['email', by.email]
  const { rows } = await client.query<HeldPerson>(
    `SELECT id AS "userId", email, display_name AS "displayName", avatar_id AS "avatarId" FROM users
     WHERE ${column} = $1 FOR NO KEY UPDATE`,
    [value],
  )
  return rows[0] ?? null
}
