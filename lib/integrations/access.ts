import { authorize, authorizeOnItem, requireOrganizationInventory } from '@/lib/access/authorize'
import { ceiling } from '@/lib/access/principal'
import type { Scope } from '@/lib/access/scopes'
import type { Context } from '@/lib/context'
import { DomainError } from '@/lib/errors'
import { TOOL_FACTS, type ToolId } from '@/lib/integrations/tools'

/** What is published reaches beyond the organization: it is for those alone who see all of the organization. */
export function authorizeIntegrations({ principal }: Context, scope: Scope): void {
  authorize(principal, scope)
  requireOrganizationInventory(principal)
}

/** The same about one of them. */
export function authorizeOnIntegration({ principal }: Context, scope: Scope): void {
  authorizeOnItem(principal, 'integrations:read', scope)
  requireOrganizationInventory(principal)
}

/**
 * Nobody hands on what they cannot do themselves: whoever offers a tool, or takes a key that opens it.
 * @throws DomainError forbidden `scope_exceeds_yours`
 */
export function requireWithinTools({ principal }: Context, tools: readonly ToolId[]): void {
  const own = new Set(ceiling(principal))
  const beyond = tools.map((tool) => TOOL_FACTS[tool].scope).filter((scope) => !own.has(scope))
  if (beyond.length === 0) return
  throw new DomainError(
    'forbidden',
    'scope_exceeds_yours',
    `You cannot offer what you cannot do yourself: ${beyond.join(', ')}.`,
    { missingScopes: beyond },
  )
}
