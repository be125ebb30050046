import { authorizeOnItem } from '@/lib/access/authorize'
import { type Principal, personOf } from '@/lib/access/principal'
import type { Scope } from '@/lib/access/scopes'
import { AGENT_ROLE_FACTS, type AgentRole, type AgentSummary, reaches } from '@/lib/agents/model'
import type { Context } from '@/lib/context'
import { DomainError } from '@/lib/errors'

/**
 * Who may do what on one agent. People: an admin of the organization everything, everybody else what their grant
 * on it says, whatever their role. Tokens: their scopes, and on top of them what their owner may on it; a service
 * account's tokens reach every agent that their scopes allow.
 */

/** True for those who need no grant on an agent. */
export function reachesEveryAgent(principal: Principal): boolean {
  if (principal.kind === 'user') return principal.role === 'ADMIN'
  const { owner } = principal
  if (owner.type === 'integration') return false
  return owner.type === 'service-account' || owner.role === 'ADMIN'
}

/**
 * Line 1 of everything about one agent: what a token's scopes say, before any look-up. What a person may, only
 * the agent can tell.
 * @throws DomainError not-found | forbidden
 */
export function authorizeOnAgent({ principal }: Context, readScope: Scope, scope: Scope): void {
  if (principal.kind === 'token') authorizeOnItem(principal, readScope, scope)
}

/** After the look-up. @throws DomainError forbidden `role_insufficient` */
export function requireAgentRole(agent: Pick<AgentSummary, 'yourRole'>, needed: AgentRole): void {
  if (reaches(agent.yourRole, needed)) return
  const { label } = AGENT_ROLE_FACTS[needed]
  throw new DomainError(
    'forbidden',
    'role_insufficient',
    `This needs the role ${label} on the agent, or an admin of the organization.`,
  )
}

/** The values that `accessJoin` needs: whether every agent is reached, and whose grants count. */
export function accessValues(principal: Principal): [boolean, string | null] {
  return [reachesEveryAgent(principal), personOf(principal)]
}
