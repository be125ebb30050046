import { authorize, authorizeOnItem, requireOrganizationInventory } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'

/**
 * Metrics are read and kept with the scopes of evaluation cases, datasets:read and datasets:write. The library is
 * shared by all agents, so only admins and service accounts change it; which of it an agent uses is part of the
 * agent, and anybody who may change agents decides (docs/decisions/0017).
 */

/** @throws DomainError forbidden */
export function authorizeMetricReading({ principal }: Context): void {
  authorize(principal, 'datasets:read')
}

/** Before the look-up of one. @throws DomainError not-found */
export function authorizeOneMetricReading({ principal }: Context): void {
  authorizeOnItem(principal, 'datasets:read', 'datasets:read')
}

/** The same before a model is paid for: as a test of an agent is. @throws DomainError not-found | forbidden */
export function authorizeJudging({ principal }: Context): void {
  authorizeOnItem(principal, 'datasets:read', 'agents:test')
}

/** @throws DomainError forbidden */
export function authorizeMetricWriting({ principal }: Context): void {
  authorize(principal, 'datasets:write')
  requireOrganizationInventory(principal)
}

/** Before the look-up of one. @throws DomainError not-found | forbidden */
export function authorizeOneMetricWriting({ principal }: Context): void {
  authorizeOnItem(principal, 'datasets:read', 'datasets:write')
  requireOrganizationInventory(principal)
}
