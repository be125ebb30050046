import { requirePerson } from '@/lib/access/person'
import type { Context } from '@/lib/context'
import type { EmailCadence } from '@/lib/notifications/kind'
import {
  NOTIFICATION_KINDS,
  type NotificationKind,
  whyOf,
  wordsOf,
} from '@/lib/notifications/model'
import {
  EPOCH_MS,
  knownKinds,
  NOTICE_COLUMNS,
  NOTICE_TABLES,
  type NoticeRow,
  nextCursor,
  PAGE_SIZE,
  placeOf,
} from '@/lib/notifications/rows'

export interface Delivery {
  id: string
  kind: NotificationKind
  label: string
  title: string
  organizationName: string | null
  /** One sentence: why this person was told. */
  why: string
  /** Epoch ms. */
  createdAt: number
  inApp: boolean
  email: {
    /** As decided when it happened; LOCKED is INSTANT that nobody can switch off. */
    decision: EmailCadence | 'LOCKED'
    /** NONE: no e-mail. WAITING: for the mail server. DIGEST: for the next digest. */
    state: 'NONE' | 'DIGEST' | 'WAITING' | 'SENT' | 'FAILED'
    /** Epoch ms at which it was sent; null before. */
    sentAt: number | null
    /** What the mail server said at the last try, while it is not sent; null where nothing is known. */
    problem: string | null
    /** When the digest that carries it was made, epoch ms; null where it came alone. */
    digestAt: number | null
  }
}

export interface DeliveryPage {
  items: Delivery[]
  /** '' at the end. */
  nextPageToken: string
  /** IANA name of the person's time zone. */
  timeZone: string
}

const LOG_DAYS = 90

interface DeliveryRow extends NoticeRow {
  inApp: boolean
  email: EmailCadence
  emailState: 'WAITING' | 'SENT' | 'FAILED' | null
  sentAt: number | null
  problem: string | null
  emailAt: number | null
}

/**
 * What became of every notice of the caller in the last 90 days, newest first, shown and not shown.
 * @throws DomainError forbidden | invalid at /query/pageToken
 */
export async function listDeliveries(
  ctx: Context,
  request: { pageToken?: string | undefined } = {},
): Promise<DeliveryPage> {
  const { userId } = requirePerson(ctx.principal)
  const list = ['deliveries', userId]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const { rows } = await ctx.db.pool.query<DeliveryRow>(
    `SELECT ${NOTICE_COLUMNS}, n.in_app AS "inApp", n.email::text AS email,
       e.state::text AS "emailState", e.last_error AS problem, ${EPOCH_MS('e.sent_at')} AS "sentAt",
       ${EPOCH_MS('e.created_at')} AS "emailAt"
     FROM ${NOTICE_TABLES} LEFT JOIN outgoing_emails e ON e.id = n.email_id
     WHERE n.user_id = $1 AND n.created_at > now() - make_interval(days => ${LOG_DAYS})
       AND ($2::uuid IS NULL OR n.id < $2) AND n.kind = ANY($3)
     ORDER BY n.id DESC LIMIT ${PAGE_SIZE + 1}`,
    [userId, cursor?.[0] ?? null, knownKinds()],
  )
  return {
    items: rows.slice(0, PAGE_SIZE).map((row) => toDelivery(ctx, row)),
    nextPageToken: nextCursor(ctx, list, rows),
    timeZone: rows[0]?.timeZone ?? 'UTC',
  }
}

function toDelivery(ctx: Context, row: DeliveryRow): Delivery {
  const { label, locked } = NOTIFICATION_KINDS[row.kind]
  return {
    id: row.id,
    kind: row.kind,
    label,
    title: wordsOf(row.kind, row.facts, placeOf(ctx, row)).title,
    organizationName: row.organizationName,
    why: whyOf(row.reason, row.organizationName),
    createdAt: row.createdAt,
    inApp: row.inApp,
    email: {
      decision: locked === null ? row.email : 'LOCKED',
      state: row.emailState ?? (row.email === 'DAILY' ? 'DIGEST' : 'NONE'),
      sentAt: row.sentAt,
      problem: row.problem,
      digestAt: row.email === 'DAILY' ? row.emailAt : null,
    },
  }
}
