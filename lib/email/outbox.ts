import type pg from 'pg'
import { signalChanges } from '@/lib/db/change-bus'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import type { EmailFacts, EmailTemplate } from '@/lib/email/model'
import { newId } from '@/lib/ids'

export interface NewEmail<Template extends EmailTemplate> {
  template: Template
  recipient: string
  /** Whose business it is, and whose admins may see it; null for what concerns a person alone. */
  organizationId: string | null
  /** The same key never makes a second e-mail, whoever tries again. */
  idempotencyKey: string
  facts: EmailFacts[Template]
  /** Path of the one-time link, such as `/invitations/SECRET`; sealed until it is sent. */
  linkPath?: string | undefined
}

export const EMAIL_CHANNEL = 'email'

/** Inserts the e-mails of `$1`, which `outboxRows` makes; for a statement that does more. */
export const INSERT_EMAILS = `INSERT INTO outgoing_emails
    (id, organization_id, idempotency_key, recipient, template, facts, sealed_link)
  SELECT e.id, e.organization_id, e.idempotency_key, e.recipient, e.template, e.facts,
    decode(e.sealed_link, 'base64')
  FROM jsonb_to_recordset($1::jsonb) AS e(id uuid, organization_id uuid, idempotency_key text,
    recipient text, template text, facts jsonb, sealed_link text)
  ON CONFLICT (idempotency_key) DO NOTHING`

/** E-mails as `INSERT_EMAILS` takes them. Whoever inserts them signals `EMAIL_CHANNEL`. */
export function outboxRows(
  sealer: EmailLinkSealer,
  emails: readonly (NewEmail<EmailTemplate> & { id: string })[],
): Record<string, unknown>[] {
  return emails.map(({ id, linkPath, ...email }) => ({
    id,
    organization_id: email.organizationId,
    idempotency_key: email.idempotencyKey,
    recipient: email.recipient,
    template: email.template,
    facts: email.facts,
    sealed_link: linkPath === undefined ? null : sealer.seal(id, linkPath).toString('base64'),
  }))
}

/**
 * Puts an e-mail into the outbox, in the caller's transaction: it is sent if, and only if, that commits.
 * Sending happens in the background, with retries (lib/email/delivery.ts).
 * @returns its id; null where the key has made one before
 */
export async function enqueueEmail<Template extends EmailTemplate>(
  client: Pick<pg.PoolClient, 'query'>,
  sealer: EmailLinkSealer,
  email: NewEmail<Template>,
): Promise<string | null> {
  const id = newId()
  const { rowCount } = await client.query(INSERT_EMAILS, [
    JSON.stringify(outboxRows(sealer, [{ ...email, id }])),
  ])
  if (rowCount !== 1) return null
  await signalChanges(client, [EMAIL_CHANNEL])
  return id
}
