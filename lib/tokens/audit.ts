import { authorizeOnItem } from '@/lib/access/authorize'
import type { AuditEvent, AuditEventType } from '@/lib/audit/events'
import { filterClauses, pageOfEvents } from '@/lib/audit/queries'
import type { Context } from '@/lib/context'
import type { Page, PageRequest } from '@/lib/paging'
import { visibleToken } from '@/lib/tokens/queries'

/**
 * Lifecycle history of the logical token, newest first: every rotation of its family included.
 * @throws DomainError not-found | invalid at /query/pageToken
 */
export async function listTokenAuditEvents(
  ctx: Context,
  request: { tokenId: string; eventTypes?: readonly AuditEventType[] | undefined } & PageRequest,
): Promise<Page<AuditEvent>> {
  authorizeOnItem(ctx.principal, 'keys:read', 'keys:read')
  const token = await visibleToken(ctx, request.tokenId)
  const filter = filterClauses({ eventTypes: request.eventTypes })
  const clauses = {
    sql: [...filter.sql, `family_id = $${filter.values.length + 2}`],
    values: [...filter.values, token.familyId],
  }
  return pageOfEvents(ctx, clauses, request)
}
