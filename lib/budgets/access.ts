import { authorize, authorizeOnItem, requireOrganizationInventory } from '@/lib/access/authorize'
import type { Scope } from '@/lib/access/scopes'
import type { Context } from '@/lib/context'

/**
 * People read budgets with usage:read and change them with budgets:write. Programs need the scopes of whose
 * budget it is. To change one they must belong to an admin or be a service account: else a member could lift
 * by a token the limit that an admin has set.
 */

/** @throws DomainError forbidden */
export function authorizeBudgetReading({ principal }: Context, scope: Scope): void {
  authorize(principal, principal.kind === 'user' ? 'usage:read' : scope)
}

/** @throws DomainError forbidden */
export function authorizeBudgetWriting({ principal }: Context, scope: Scope): void {
  authorize(principal, principal.kind === 'user' ? 'budgets:write' : scope)
  requireOrganizationInventory(principal)
}

/** Before the look-up of the token. @throws DomainError forbidden | not-found */
export function authorizeTokenBudget({ principal }: Context, act: 'read' | 'write'): void {
  if (principal.kind === 'user') {
    authorizeOnItem(principal, 'keys:read', act === 'read' ? 'usage:read' : 'budgets:write')
  } else {
    authorizeOnItem(principal, 'keys:read', act === 'read' ? 'keys:read' : 'keys:write')
  }
  if (act === 'write') requireOrganizationInventory(principal)
}
