import { setTimeout as delay } from 'node:timers/promises'
import { appendToOwnOrganizations } from '@/lib/audit/own-organizations'
import type { PersonalWords } from '@/lib/auth/password-strength'
import { strongPasswordHash } from '@/lib/auth/strong-password'
import type { SignInThrottle } from '@/lib/auth/throttle'
import type { RequestFacts } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import { enqueueEmail } from '@/lib/email/outbox'
import { newId } from '@/lib/ids'
import {
  consumeEmailLink,
  findEmailLink,
  issueEmailLink,
  linkEnded,
} from '@/lib/profile/email-links'
import { markEmailVerified } from '@/lib/profile/email-verification'
import { personalWordsOf, storePassword } from '@/lib/profile/new-password'
import { holdPerson } from '@/lib/profile/person'
import type { PasswordReset } from '@/lib/profile/schema'
import { endUnprovenFactors } from '@/lib/two-factor/unproven'

const LINK_HOURS = 1

/** Longer than the work for a known address takes, so that the wait does not tell it from an unknown one. */
const ANSWER_AFTER_MS = 250

/** What acting by a link needs, where nobody is signed in. */
export interface LinkDoor {
  db: Database
  crypto: { emailLinks: EmailLinkSealer }
  request: RequestFacts
}

export interface PasswordResetRequest {
  db: Database
  crypto: { emailLinks: EmailLinkSealer }
  throttle: SignInThrottle
  email: string
  ip: string | null
}

/**
 * Sends a link to set a new password, good for an hour, in place of earlier ones. Known and unknown
 * addresses get the same answer after the same time.
 * @throws DomainError throttled `too_many_attempts`, counted for unknown addresses too
 */
export async function requestPasswordReset(input: PasswordResetRequest): Promise<void> {
  const { throttle, email, ip } = input
  await throttle.count({ email, ip })
  await Promise.all([sendResetLink(input), delay(ANSWER_AFTER_MS)])
}

async function sendResetLink({ db, crypto, email, ip }: PasswordResetRequest): Promise<void> {
  await sqlTransaction(db.pool, async (client) => {
    const person = await holdPerson(client, { email })
    if (!person) return
    const { secret, expiresAt } = await issueEmailLink(client, {
      userId: person.userId,
      purpose: 'RESET_PASSWORD',
      hours: LINK_HOURS,
    })
    await enqueueEmail(client, crypto.emailLinks, {
      template: 'password-reset',
      recipient: person.email,
      organizationId: null,
      idempotencyKey: `password-reset:${newId()}`,
      facts: { displayName: person.displayName, ip, expiresAt },
      linkPath: `/reset-password/${secret}`,
    })
  })
}

/** Whose password the link sets, for the page that asks for the new one; null once it has ended. */
export async function findPasswordReset(
  db: Database,
  secret: string,
): Promise<PersonalWords | null> {
  const link = await findEmailLink(db.pool, 'RESET_PASSWORD', secret)
  return link ? personalWordsOf(db.pool, link.userId) : null
}

/**
 * Sets the password of whoever the link was sent to, once, and ends all their sessions.
 * @throws DomainError conflict `link_ended` | invalid `password_weak` at /newPassword
 */
export async function resetPassword({
  db,
  crypto,
  request,
  secret,
  newPassword,
}: LinkDoor & PasswordReset): Promise<void> {
  // Before the expensive hash: a stranger without a link costs one query.
  const words = await findPasswordReset(db, secret)
  if (!words) throw linkEnded()
  const passwordHash = await strongPasswordHash(newPassword, words)
  await sqlTransaction(db.pool, async (client) => {
    const { userId } = await consumeEmailLink(client, 'RESET_PASSWORD', secret)
    await storePassword(client, crypto.emailLinks, { userId, passwordHash, ip: request.ip })
    await endUnprovenFactors(client, userId)
    await markEmailVerified(client, { userId })
    const { displayName } = words
    await appendToOwnOrganizations(
      client,
      request,
      { userId, displayName },
      {
        eventType: 'PASSWORD_CHANGED',
        details: { by: 'link by e-mail' },
      },
    )
  })
}
