import { authorize, peopleOnly } from '@/lib/access/authorize'
import type { Principal, UserPrincipal } from '@/lib/access/principal'
import type { AuditTarget } from '@/lib/audit/events'

/**
 * Line 1 of everything about one's own account: no program does that, whatever its token may.
 * @throws DomainError forbidden `insufficient_scope`
 */
export function requirePerson(principal: Principal): UserPrincipal {
  authorize(principal, 'profile:write')
  if (principal.kind !== 'user') throw peopleOnly()
  return principal
}

/** A person as what an audit event is about. */
export function personTarget(person: { userId: string; displayName: string }): AuditTarget {
  return { type: 'user', id: person.userId, label: person.displayName, familyId: null }
}
