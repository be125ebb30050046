import type pg from 'pg'
import { signalChanges } from '@/lib/db/change-bus'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import type { EmailFacts, EmailTemplate } from '@/lib/email/model'
import { EMAIL_CHANNEL, INSERT_EMAILS, type NewEmail, outboxRows } from '@/lib/email/outbox'
import { newId } from '@/lib/ids'
import {
  decided,
  NOTIFICATION_KINDS,
  type NotificationFacts,
  type NotificationKind,
  type Preference,
  whyOf,
  wordsOf,
} from '@/lib/notifications/model'
import { type Person, type Recipient, readPeople } from '@/lib/notifications/recipients'
import { unsubscribePath } from '@/lib/notifications/unsubscribe-secret'

type Client = Pick<pg.PoolClient, 'query'>

/** `notifications/USER_ID` is signalled with every new notice of a person, and every reading of one. */
export const NOTIFICATIONS_CHANNEL = 'notifications'

export function channelOf(userId: string): string {
  return `${NOTIFICATIONS_CHANNEL}/${userId}`
}

/** An e-mail of its own in place of the general one, to who wants one at once. */
export interface SpecialEmail<Template extends EmailTemplate = EmailTemplate> {
  template: Template
  facts: EmailFacts[Template]
  /** Path of a one-time link. */
  linkPath?: string | undefined
  /** Where others must find the e-mail in the outbox; then for one recipient only. */
  idempotencyKey?: string | undefined
}

export interface NewNotification<
  Kind extends NotificationKind,
  Template extends EmailTemplate = EmailTemplate,
> {
  kind: Kind
  facts: NotificationFacts[Kind]
  /** Null for what concerns the person's own account. */
  organizationId: string | null
  recipients: readonly Recipient[]
  /** The same key never tells the same person twice. */
  idempotencyKey: string
  special?: SpecialEmail<Template> | undefined
  /** Where the e-mail goes, if not to the person's present address. */
  address?: string | undefined
}

/**
 * Tells people something, in the caller's transaction: a notice for each, with what their preferences say of
 * it, and the e-mail of those who want it at once. Who wants it daily is told by the next digest. Call it
 * before the audit event: that is the last statement of a transaction.
 */
export async function notify<Kind extends NotificationKind, Template extends EmailTemplate>(
  client: Client,
  sealer: EmailLinkSealer,
  notification: NewNotification<Kind, Template>,
): Promise<void> {
  if (notification.recipients.length === 0) return
  const people = await readPeople(client, notification)
  const notices = people.map((person) => noticeFor(notification, person))
  const emails = notices.flatMap(({ person, emailId }) =>
    emailId === null ? [] : [{ ...emailFor(sealer, notification, person), id: emailId }],
  )
  const made = await insert(client, sealer, notification, notices, emails)
  if (made === 0) return
  const channels = notices.map(({ person }) => channelOf(person.userId))
  await signalChanges(client, emails.length > 0 ? [EMAIL_CHANNEL, ...channels] : channels)
}

interface Notice {
  person: Person
  id: string
  decision: Preference
  /** Of the e-mail that carries it at once. */
  emailId: string | null
}

function noticeFor({ kind }: NewNotification<NotificationKind>, person: Person): Notice {
  const decision = decided(kind, person.chosen)
  const emailId = decision.email === 'INSTANT' ? newId() : null
  return { person, id: newId(), decision, emailId }
}

function emailFor<Kind extends NotificationKind, Template extends EmailTemplate>(
  sealer: EmailLinkSealer,
  notification: NewNotification<Kind, Template>,
  person: Person,
): NewEmail<EmailTemplate> {
  const { kind, facts, organizationId, idempotencyKey, special } = notification
  const common = {
    recipient: notification.address ?? person.email,
    organizationId,
    idempotencyKey: `notification/${person.userId}/${idempotencyKey}`,
  }
  if (special) {
    return {
      ...common,
      ...special,
      idempotencyKey: special.idempotencyKey ?? common.idempotencyKey,
    }
  }
  const { userId, reason, organizationName } = person
  return {
    ...common,
    template: 'notification',
    facts: {
      ...wordsOf(kind, facts, person),
      why: whyOf(reason, organizationName),
      organizationName,
      organizationWebsite: person.organizationWebsite,
      logoId: person.logoId,
    },
    // Not for what is always sent.
    linkPath:
      NOTIFICATION_KINDS[kind].locked === null
        ? unsubscribePath(sealer, { userId, what: kind })
        : undefined,
  }
}

/** Notices and e-mails in one statement. @returns how many notices are new */
async function insert(
  client: Client,
  sealer: EmailLinkSealer,
  { kind, facts, organizationId, idempotencyKey }: NewNotification<NotificationKind>,
  notices: readonly Notice[],
  emails: readonly (NewEmail<EmailTemplate> & { id: string })[],
): Promise<number> {
  const rows = notices.map(({ person, id, decision, emailId }) => ({
    user_id: person.userId,
    id,
    reason: person.reason,
    in_app: decision.inApp,
    email: decision.email,
    email_id: emailId,
  }))
  const result = await client.query(
    `WITH sent AS (${INSERT_EMAILS})
     INSERT INTO notifications (user_id, id, organization_id, kind, facts, reason, idempotency_key,
       in_app, email, email_id)
     SELECT n.user_id, n.id, $2::uuid, $3, $4::jsonb, n.reason, $5, n.in_app, n.email::email_cadence,
       n.email_id
     FROM jsonb_to_recordset($6::jsonb) AS n(user_id uuid, id uuid, reason text, in_app boolean,
       email text, email_id uuid)
     ON CONFLICT (user_id, idempotency_key) DO NOTHING`,
    [
      JSON.stringify(outboxRows(sealer, emails)),
      organizationId,
      kind,
      JSON.stringify(facts),
      idempotencyKey,
      JSON.stringify(rows),
    ],
  )
  return result.rowCount ?? 0
}
