import { authorize, requireOrganizationInventory } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import type { EmailFacts, EmailTemplate } from '@/lib/email/model'
import { notFound } from '@/lib/errors'
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type Page, type PageRequest } from '@/lib/paging'

export type OutgoingEmailState = 'WAITING' | 'SENT' | 'FAILED'

/** An e-mail of the organization, as its admins see it. Times are epoch ms. */
export interface OutgoingEmail {
  id: string
  recipient: string
  template: EmailTemplate
  /** As sent, or as it is known before that; null where only sending tells. */
  subject: string | null
  state: OutgoingEmailState
  attempts: number
  /** What the server for e-mail said last; holds no secret. */
  lastError: string | null
  createdAt: number
  nextAttemptAt: number
  sentAt: number | null
}

interface EmailRow extends Omit<OutgoingEmail, 'createdAt' | 'nextAttemptAt' | 'sentAt'> {
  createdAt: Date
  nextAttemptAt: Date
  sentAt: Date | null
}

/** One that waits has no subject yet; of a notification it is known already. */
const SUBJECT = `coalesce(subject, CASE WHEN template = 'notification' THEN facts->>'title' END)`

const COLUMNS = `id, recipient, template, ${SUBJECT} AS subject, state::text AS state, attempts,
  last_error AS "lastError", created_at AS "createdAt", next_attempt_at AS "nextAttemptAt",
  sent_at AS "sentAt"`

/**
 * What the organization has sent or would send, newest first. What concerns a person alone (a new password,
 * a sign-in) is nobody else's business and not in it.
 * @throws DomainError forbidden | invalid at /query/pageToken
 */
export async function listOutgoingEmails(
  ctx: Context,
  request: PageRequest & { state?: OutgoingEmailState | undefined },
): Promise<Page<OutgoingEmail>> {
  authorizeOutbox(ctx)
  const { state = null } = request
  const list = ['outgoing-emails', ctx.organization.id, state]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const size = Math.min(Math.max(request.pageSize || PAGE_SIZE_DEFAULT, 1), PAGE_SIZE_MAX)
  const where = 'organization_id = $1 AND ($2::email_state IS NULL OR state = $2::email_state)'
  const [rows, total] = await Promise.all([
    ctx.db.pool.query<EmailRow>(
      `SELECT ${COLUMNS} FROM outgoing_emails
       WHERE ${where} AND ($3::float8 IS NULL
         OR (created_at, id) < (to_timestamp($3::float8 / 1000), $4::uuid))
       ORDER BY created_at DESC, id DESC LIMIT $5`,
      [ctx.organization.id, state, cursor?.[0] ?? null, cursor?.[1] ?? null, size + 1],
    ),
    ctx.db.pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM outgoing_emails WHERE ${where}`,
      [ctx.organization.id, state],
    ),
  ])
  const last = rows.rows.length > size ? rows.rows[size - 1] : undefined
  return {
    items: rows.rows.slice(0, size).map(toEmail),
    nextPageToken: last
      ? ctx.crypto.pageTokens.seal(list, [last.createdAt.getTime(), last.id])
      : '',
    totalCount: total.rows[0]?.count ?? 0,
  }
}

/**
 * One of them, with the facts that its text is written from; never with its one-time link.
 * @throws DomainError forbidden | not-found
 */
export async function getOutgoingEmail(
  ctx: Context,
  input: { emailId: string },
): Promise<OutgoingEmail & { facts: EmailFacts[EmailTemplate] }> {
  authorizeOutbox(ctx)
  const { rows } = await ctx.db.pool.query<EmailRow & { facts: EmailFacts[EmailTemplate] }>(
    `SELECT ${COLUMNS}, facts FROM outgoing_emails WHERE organization_id = $1 AND id = $2`,
    [ctx.organization.id, input.emailId],
  )
  const row = rows[0]
  if (!row) throw notFound()
  return { ...toEmail(row), facts: row.facts }
}

function authorizeOutbox(ctx: Context): void {
  authorize(ctx.principal, 'members:write')
  requireOrganizationInventory(ctx.principal)
}

function toEmail<Row extends EmailRow>({ createdAt, nextAttemptAt, sentAt, ...row }: Row) {
  return {
    ...row,
    createdAt: createdAt.getTime(),
    nextAttemptAt: nextAttemptAt.getTime(),
    sentAt: sentAt?.getTime() ?? null,
  }
}
