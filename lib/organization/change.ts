import { authorize, requireOrganizationInventory } from '@/lib/access/authorize'
import type { AuditTarget } from '@/lib/audit/events'
import type { Context } from '@/lib/context'

/** Line 1 of everything that changes the organization itself. @throws DomainError forbidden */
export function authorizeOrganizationChange(ctx: Context): void {
  authorize(ctx.principal, 'organization:write')
  requireOrganizationInventory(ctx.principal)
}

/** The organization as what an event is about. */
export function organizationTarget(organization: { id: string; name: string }): AuditTarget {
  return { type: 'organization', id: organization.id, label: organization.name, familyId: null }
}
