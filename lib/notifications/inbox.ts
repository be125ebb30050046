import { requirePerson } from '@/lib/access/person'
import type { Context } from '@/lib/context'
import { signalChanges } from '@/lib/db/change-bus'
import type { Database } from '@/lib/db/database'
import { type NotificationKind, whyOf, wordsOf } from '@/lib/notifications/model'
import { channelOf } from '@/lib/notifications/notify'
import {
  knownKinds,
  NOTICE_COLUMNS,
  NOTICE_TABLES,
  type NoticeRow,
  nextCursor,
  PAGE_SIZE,
  placeOf,
} from '@/lib/notifications/rows'

export interface InboxItem {
  id: string
  kind: NotificationKind
  title: string
  body: string
  /** A path of this site; null where there is nothing to open, or nothing that this person may open. */
  action: { label: string; path: string } | null
  organizationName: string | null
  /** One sentence: why this person was told. */
  why: string
  /** Epoch ms. */
  createdAt: number
  /** Epoch ms; null while it is unread. */
  readAt: number | null
}

export interface InboxPage {
  items: InboxItem[]
  /** '' at the end. */
  nextPageToken: string
}

/**
 * What the caller was told, across their organizations, newest first.
 * @throws DomainError forbidden | invalid at /query/pageToken
 */
export async function listInbox(
  ctx: Context,
  request: { pageToken?: string | undefined; unreadOnly?: boolean | undefined } = {},
): Promise<InboxPage> {
  const { userId } = requirePerson(ctx.principal)
  const unreadOnly = request.unreadOnly ?? false
  const list = ['inbox', userId, unreadOnly]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const { rows } = await ctx.db.pool.query<NoticeRow>(
    `SELECT ${NOTICE_COLUMNS} FROM ${NOTICE_TABLES}
     WHERE n.user_id = $1 AND n.in_app AND ($2::uuid IS NULL OR n.id < $2)
       AND (NOT $3 OR n.read_at IS NULL) AND n.kind = ANY($4)
     ORDER BY n.id DESC LIMIT ${PAGE_SIZE + 1}`,
    [userId, cursor?.[0] ?? null, unreadOnly, knownKinds()],
  )
  return {
    items: rows.slice(0, PAGE_SIZE).map((row) => toItem(ctx, row)),
    nextPageToken: nextCursor(ctx, list, rows),
  }
}

function toItem(ctx: Context, row: NoticeRow): InboxItem {
  const words = wordsOf(row.kind, row.facts, placeOf(ctx, row))
  // A page of an organization is nothing to those outside; being asked in is for them.
  const mayOpen = row.organizationName === null || row.isMember || row.kind === 'invitation'
  return {
    id: row.id,
    kind: row.kind,
    ...words,
    action: mayOpen ? words.action : null,
    organizationName: row.organizationName,
    why: whyOf(row.reason, row.organizationName),
    createdAt: row.createdAt,
    readAt: row.readAt,
  }
}

/** Beyond it nobody counts, and the page says "99+". */
export const UNREAD_COUNTED = 100

/** How many unread notices a person has; at most `UNREAD_COUNTED`. */
export async function unreadCount(db: Pick<Database, 'pool'>, userId: string): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (
       SELECT 1 FROM notifications WHERE user_id = $1 AND in_app AND read_at IS NULL
         AND kind = ANY($2) LIMIT ${UNREAD_COUNTED}) unread`,
    [userId, knownKinds()],
  )
  return rows[0]?.count ?? 0
}

/**
 * Marks the caller's own notices as read; others, and those read before, are passed over.
 * @throws DomainError forbidden
 */
export async function markRead(
  ctx: Context,
  input: { ids: readonly string[] } | { all: true },
): Promise<void> {
  const { userId } = requirePerson(ctx.principal)
  const ids = 'ids' in input ? input.ids : null
  const { rowCount } = await ctx.db.pool.query(
    `UPDATE notifications SET read_at = now()
     WHERE user_id = $1 AND read_at IS NULL AND ($2::uuid[] IS NULL OR id = ANY($2))`,
    [userId, ids],
  )
  if (rowCount) await signalChanges(ctx.db.pool, [channelOf(userId)])
}
