import { authorize, authorizeOnItem } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'

/** Whoever builds agents keeps the cases that agents are evaluated on: the scopes decide, no role beside them. */

/** @throws DomainError forbidden */
export function authorizeDatasets(
  { principal }: Context,
  scope: 'datasets:read' | 'datasets:write',
): void {
  authorize(principal, scope)
}

/** Before the look-up of one. @throws DomainError not-found | forbidden */
export function authorizeOnDataset(
  { principal }: Context,
  scope: 'datasets:read' | 'datasets:write',
): void {
  authorizeOnItem(principal, 'datasets:read', scope)
}
