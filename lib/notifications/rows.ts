import type { Context } from '@/lib/context'
import type { Place } from '@/lib/notifications/kind'
import { NOTIFICATION_KINDS, type NotificationKind } from '@/lib/notifications/model'

/** Reading notices in sets, for the inbox and the delivery log. */

export const PAGE_SIZE = 30

export interface NoticeRow {
  id: string
  kind: NotificationKind
  facts: unknown
  reason: string
  organizationName: string | null
  organizationSlug: string | null
  /** Of the organization it is about. */
  isMember: boolean
  timeZone: string
  createdAt: number
  readAt: number | null
}

export const EPOCH_MS = (time: string) => `(extract(epoch from ${time}) * 1000)::float8`

export const NOTICE_COLUMNS = `n.id, n.kind, n.facts, n.reason, o.name AS "organizationName",
  o.slug AS "organizationSlug", m.user_id IS NOT NULL AS "isMember", u.time_zone AS "timeZone",
  ${EPOCH_MS('n.created_at')} AS "createdAt", ${EPOCH_MS('n.read_at')} AS "readAt"`

/** `organizations` is asked by the key of a notice that is the caller's own: no other tenant's row is read. */
export const NOTICE_TABLES = `notifications n JOIN users u ON u.id = n.user_id
  LEFT JOIN organizations o ON o.id = n.organization_id
  LEFT JOIN memberships m ON m.organization_id = n.organization_id AND m.user_id = n.user_id`

/** A notice of a kind that only a newer process knows has no words here. */
export function knownKinds(): string[] {
  return Object.keys(NOTIFICATION_KINDS)
}

/** Links of what concerns the account alone stay in the organization that is open. */
export function placeOf(ctx: Context, row: NoticeRow): Place {
  return {
    organizationName: row.organizationName,
    organizationSlug: row.organizationSlug ?? ctx.organization.slug,
    timeZone: row.timeZone,
  }
}

/** The token of the page after `rows`, of which one more than a page was asked for; '' at the end. */
export function nextCursor(
  ctx: Context,
  list: readonly unknown[],
  rows: readonly { id: string }[],
): string {
  const last = rows.length > PAGE_SIZE ? rows[PAGE_SIZE - 1] : undefined
  return last ? ctx.crypto.pageTokens.seal(list, [last.id]) : ''
}
