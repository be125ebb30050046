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

/**
 * Puts an e-mail into the outbox, in the caller's transaction: it is sent if, and only if, that commits.
 * Sending happens in the background, with retries (lib/email/delivery.ts).
 */
export async function enqueueEmail<Template extends EmailTemplate>(
  client: Pick<pg.PoolClient, 'query'>,
  sealer: EmailLinkSealer,
  email: NewEmail<Template>,
): Promise<void> {
  const id = newId()
  await client.query(
    `INSERT INTO outgoing_emails
       (id, organization_id, idempotency_key, recipient, template, facts, sealed_link)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (idempotency_key) DO NOTHING`,
    [
      id,
      email.organizationId,
      email.idempotencyKey,
      email.recipient,
      email.template,
      JSON.stringify(email.facts),
      email.linkPath === undefined ? null : sealer.seal(id, email.linkPath),
    ],
  )
  await signalChanges(client, [EMAIL_CHANNEL])
}
