import { randomBytes } from 'node:crypto'
import pino from 'pino'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import type { DeliveryRuntime } from '@/lib/email/delivery'
import { EmailLinkSealer } from '@/lib/email/link-sealer'
import type { EmailFacts, EmailTemplate } from '@/lib/email/model'
import { enqueueEmail, type NewEmail } from '@/lib/email/outbox'
import { readEnvironment } from '@/lib/env'
import { newId } from '@/lib/ids'

const HOUR_MS = 3_600_000

const DOCUMENT = {
  organizationId: newId(),
  documentId: newId(),
  sellerName: 'Fruxon, Inc.',
  sellerEmail: 'billing@fruxon.example',
  buyerName: 'Acme Robotics GmbH',
  path: '/acme/settings/billing/invoices/1',
}

/** Facts of each template as a command would write them. */
export const SAMPLE_FACTS: EmailFacts = {
  invitation: {
    organizationName: 'Acme Robotics',
    organizationWebsite: 'https://acme.example',
    logoId: null,
    roleLabel: 'Admin',
    invitedBy: 'Ana Ruiz',
    message: 'Come in.',
    expiresAt: Date.now() + HOUR_MS,
  },
  'role-changed': {
    organizationName: 'Acme Robotics',
    before: 'Member',
    after: 'Admin',
    changedBy: 'Ana Ruiz',
  },
  'removed-from-organization': { organizationName: 'Acme Robotics', removedBy: 'Ana Ruiz' },
  'password-reset': {
    displayName: 'Jonas Weber',
    ip: '192.0.2.10',
    expiresAt: Date.now() + HOUR_MS,
  },
  'password-changed': { displayName: 'Jonas Weber', ip: '192.0.2.10', at: Date.now() },
  'confirm-email-change': {
    displayName: 'Jonas Weber',
    newEmail: 'jonas@new.example',
    expiresAt: Date.now() + HOUR_MS,
  },
  'verify-email': {
    displayName: 'Jonas Weber',
    email: 'jonas@acme.example',
    expiresAt: Date.now() + HOUR_MS,
  },
  'email-change-notice': {
    displayName: 'Jonas Weber',
    newEmail: 'jonas@new.example',
    ip: null,
    at: Date.now(),
  },
  'organization-deletion': {
    organizationName: 'Acme Robotics',
    askedBy: 'Ana Ruiz',
    deletesAt: Date.now() + HOUR_MS,
  },
  invoice: {
    ...DOCUMENT,
    number: 'INV-2026-000042',
    amount: '$299.00',
    dueAt: Date.now() + HOUR_MS,
  },
  'credit-note': {
    ...DOCUMENT,
    number: 'CN-2026-000007',
    amount: '$29.90',
    invoiceNumber: 'INV-2026-000042',
    reason: 'A day of outage.',
  },
  notification: {
    organizationName: 'Acme Robotics',
    organizationWebsite: 'https://acme.example',
    logoId: null,
    title: 'prod-server expires on 28 Nov 2026',
    body: 'Rotate it before then, or let it end if nothing uses it.',
    action: { label: 'Open the token', path: '/acme/settings/api-access' },
    why: 'You own this token.',
  },
  digest: {
    displayName: 'Jonas Weber',
    day: '21 Nov 2026',
    notices: [
      {
        title: 'prod-server was revoked',
        body: 'Ana Ruiz revoked the token prod-server.',
        action: { label: 'Open the token', path: '/acme/settings/api-access' },
        why: 'You own this token.',
        organizationName: 'Acme Robotics',
        moment: '20 Nov 2026, 10:00 UTC',
      },
      {
        title: 'ci-evals was rotated',
        body: 'Jonas Weber via deploy rotated the token ci-evals.',
        action: null,
        why: 'You own this token.',
        organizationName: null,
        moment: '20 Nov 2026, 11:00 UTC',
      },
    ],
    more: 3,
    inboxPath: '/acme/notifications',
    preferencesPath: '/acme/settings/profile?tab=notifications',
  },
}

export interface OutboxRow {
  state: 'WAITING' | 'SENT' | 'FAILED'
  subject: string | null
  attempts: number
  lastError: string | null
  sealed: boolean
}

/** The outbox of one database, with what delivery needs. Sends to `url`. */
export function outboxFixture(db: Database, url: string) {
  const logged: string[] = []
  const emailLinks = new EmailLinkSealer(randomBytes(32).toString('base64'))
  const runtime: DeliveryRuntime = {
    db,
    environment: readEnvironment({
      PUBLIC_URL: 'https://settings.example.com',
      SMTP_URL: url,
      MAIL_FROM: 'Acme, Inc. <settings@mail.example.com>',
    }),
    crypto: { emailLinks },
    log: pino({ level: 'debug' }, { write: (line) => logged.push(line) }),
  }
  return {
    runtime,
    logged,
    /** An invitation unless told otherwise; answers the recipient, which is new each time. */
    async enqueue<Template extends EmailTemplate = 'invitation'>(
      traits: Partial<NewEmail<Template>> = {},
    ): Promise<string> {
      const recipient = `${newId()}@example.test`
      const email = {
        template: 'invitation',
        recipient,
        organizationId: null,
        idempotencyKey: newId(),
        facts: SAMPLE_FACTS.invitation,
        linkPath: `/invitations/${randomBytes(32).toString('base64url')}`,
        ...traits,
      } as NewEmail<Template>
      await sqlTransaction(db.pool, (client) => enqueueEmail(client, emailLinks, email))
      return email.recipient
    },
    async rowOf(recipient: string): Promise<OutboxRow | undefined> {
      const { rows } = await db.pool.query<OutboxRow>(
        `SELECT state, subject, attempts, last_error AS "lastError",
           sealed_link IS NOT NULL AS sealed FROM outgoing_emails WHERE recipient = $1`,
        [recipient],
      )
      return rows[0]
    },
    /** As if it had been written, and tried last, so much longer ago. */
    async age(recipient: string, interval: string): Promise<void> {
      await db.pool.query(
        `UPDATE outgoing_emails SET created_at = created_at - $2::interval,
           next_attempt_at = next_attempt_at - $2::interval WHERE recipient = $1`,
        [recipient, interval],
      )
    },
    /** Everything the table holds, as text. */
    async dump(): Promise<string> {
      const { rows } = await db.pool.query<{ row: string }>(
        `SELECT concat(t::text, encode(sealed_link, 'escape')) AS row FROM outgoing_emails t`,
      )
      return rows.map(({ row }) => row).join('\n')
    },
  }
}
