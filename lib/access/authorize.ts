import { can, type Principal, seesOrganizationInventory } from '@/lib/access/principal'
import type { Permission } from '@/lib/access/roles'
import { isScope, type Scope } from '@/lib/access/scopes'
import { DomainError, notFound } from '@/lib/errors'

/** 403 that names what was needed, never what the caller holds. */
export function missingPermission(permission: Permission): DomainError {
  return new DomainError(
    'forbidden',
    'insufficient_scope',
    isScope(permission)
      ? `This needs the scope ${permission}.`
      : `This needs the permission ${permission}, which your role does not have.`,
    { missingScopes: isScope(permission) ? [permission] : [] },
  )
}

/**
 * Line 1 of every query and command on a collection.
 * @throws DomainError forbidden `insufficient_scope`
 */
export function authorize(principal: Principal, permission: Permission): void {
  if (can(principal, permission)) return
  if (principal.kind === 'token' && !isScope(permission)) throw peopleOnly()
  throw missingPermission(permission)
}

/** 403 for every token, whatever it holds. */
export function peopleOnly(): DomainError {
  return new DomainError(
    'forbidden',
    'insufficient_scope',
    'Only a signed-in person can do this; no token can.',
  )
}

/**
 * Line 1 of every command on one resource: who may not read it gets the 404 of a missing one (before
 * any look-up, so that timing tells nothing); who may read but not act gets 403.
 * @throws DomainError not-found | forbidden
 */
export function authorizeOnItem(
  principal: Principal,
  readScope: Scope,
  permission: Permission,
): void {
  if (isSinglePurpose(principal)) throw missingPermission(permission)
  if (!can(principal, readScope)) throw notFound()
  if (!can(principal, permission)) throw missingPermission(permission)
}

/** True for a token that holds delivery or MCP scopes only: it has no business with the control plane at all. */
function isSinglePurpose(principal: Principal): boolean {
  if (principal.kind === 'user' || principal.granted.length === 0) return false
  return principal.granted.every((scope) => scope === 'inbound:deliver' || scope === 'mcp:invoke')
}

/**
 * For what only organization-wide sight may do (service accounts, policy, audit log).
 * @throws DomainError forbidden `role_insufficient`
 */
export function requireOrganizationInventory(principal: Principal): void {
  if (!seesOrganizationInventory(principal)) {
    throw new DomainError(
      'forbidden',
      'role_insufficient',
      'Only an admin of the organization may do this.',
    )
  }
}

/** How long a proof of identity opens minting and rotating, in ms. */
export const REAUTHENTICATION_WINDOW_MS = 10 * 60 * 1000

/**
 * Dashboard minting and rotation need a recent proof of identity; bearer callers have other limits.
 * @throws DomainError forbidden `reauthentication_required`
 */
export function requireRecentAuthentication(principal: Principal, nowMs: number): void {
  if (principal.kind !== 'user') return
  if (nowMs - principal.reauthenticatedAt >= REAUTHENTICATION_WINDOW_MS) {
    throw new DomainError(
      'forbidden',
      'reauthentication_required',
      'Confirm that it is you to go on: it has been more than 10 minutes.',
    )
  }
}
