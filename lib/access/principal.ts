import { type Permission, ROLE_FACTS, type Role } from '@/lib/access/roles'
import { isScope, normalizeScopes, type Scope } from '@/lib/access/scopes'

/** A signed-in person in one organization. */
export interface UserPrincipal {
  kind: 'user'
  userId: string
  sessionId: string
  displayName: string
  email: string
  role: Role
  /** Epoch ms of the last proof of identity in this session. */
  reauthenticatedAt: number
}

/** A program holding a token. `scopes` is its effective power at this request, never just what it was granted. */
export interface TokenPrincipal {
  kind: 'token'
  tokenId: string
  familyId: string
  tokenName: string
  displayPrefix: string
  granted: readonly Scope[]
  scopes: ReadonlySet<Scope>
  /** Epoch ms after which the credential is refused (policy included), or null. */
  expiresAt: number | null
  owner:
    | { type: 'user'; userId: string; displayName: string; email: string; role: Role }
    | { type: 'service-account'; serviceAccountId: string; name: string }
    /** Calls the MCP server of the integration, and has no sight of the control plane. */
    | { type: 'integration'; integrationId: string; name: string }
}

export type Principal = UserPrincipal | TokenPrincipal

/**
 * The whole policy in one line each: a session can what its role can now; a token can what its
 * effective scopes say, and no token ever holds a human permission (design.md "Access").
 */
export function can(principal: Principal, permission: Permission): boolean {
  if (principal.kind === 'user') {
    const role = ROLE_FACTS[principal.role]
    return isScope(permission) ? role.scopes.includes(permission) : role.human.includes(permission)
  }
  return isScope(permission) && principal.scopes.has(permission)
}

/** Everything of the 41 that the principal may do now, and so the most it may hand on. */
export function ceiling(principal: Principal): readonly Scope[] {
  return principal.kind === 'user'
    ? ROLE_FACTS[principal.role].scopes
    : normalizeScopes(principal.scopes)
}

/** True where the principal sees everyone's tokens and the service accounts, not just its own tokens. */
export function seesOrganizationInventory(principal: Principal): boolean {
  if (principal.kind === 'user') return ROLE_FACTS[principal.role].inventory === 'organization'
  if (principal.owner.type === 'integration') return false
  if (principal.owner.type === 'service-account') return true
  return ROLE_FACTS[principal.owner.role].inventory === 'organization'
}

/** The person whose own tokens these are, or null where no person is behind it. */
export function personOf(principal: Principal): string | null {
  if (principal.kind === 'user') return principal.userId
  return principal.owner.type === 'user' ? principal.owner.userId : null
}

/** Who did it, as written into audit and activity: taken from the principal, never from input. */
export interface Actor {
  type: 'USER' | 'TOKEN' | 'SERVICE_ACCOUNT' | 'SYSTEM'
  id: string | null
  label: string
  /** The token that carried the request, where one did. */
  tokenId: string | null
}

export function actorOf(principal: Principal): Actor {
  if (principal.kind === 'user') {
    return { type: 'USER', id: principal.userId, label: principal.displayName, tokenId: null }
  }
  if (principal.owner.type === 'user') {
    return {
      type: 'TOKEN',
      id: principal.owner.userId,
      label: `${principal.owner.displayName} via ${principal.tokenName}`,
      tokenId: principal.tokenId,
    }
  }
  if (principal.owner.type === 'integration') {
    const label = `${principal.owner.name} via MCP`
    return { type: 'SYSTEM', id: null, label, tokenId: principal.tokenId }
  }
  return {
    type: 'SERVICE_ACCOUNT',
    id: principal.owner.serviceAccountId,
    label: `${principal.owner.name} via ${principal.tokenName}`,
    tokenId: principal.tokenId,
  }
}
