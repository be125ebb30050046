import { requirePerson } from '@/lib/access/person'
import { appendToOwnOrganizations } from '@/lib/audit/own-organizations'
import { checkOwnPassword } from '@/lib/auth/own-password'
import type { SignInThrottle } from '@/lib/auth/throttle'
import type { Context } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { enqueueEmail } from '@/lib/email/outbox'
import { DomainError, invalid } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { notify } from '@/lib/notifications/notify'
import {
  consumeEmailLink,
  endEmailLinks,
  findEmailLink,
  issueEmailLink,
  linkEnded,
} from '@/lib/profile/email-links'
import type { LinkDoor } from '@/lib/profile/password-reset'
import { holdPerson } from '@/lib/profile/person'
import type { EmailChange } from '@/lib/profile/schema'

const LINK_HOURS = 24

/**
 * Sends a link to the new address, good for 24 hours, and a notice to the old one. Nothing has changed
 * until the link is used. Whether somebody else has the address is not told: it would tell who is here.
 * @param throttles `password` counts tries of the password, `links` what is sent
 * @throws DomainError forbidden | invalid `email_unchanged` | `password_incorrect` | throttled
 *   `too_many_attempts`
 */
export async function requestEmailChange(
  ctx: Context,
  input: EmailChange,
  throttles: { password: SignInThrottle; links: SignInThrottle },
): Promise<void> {
  const person = requirePerson(ctx.principal)
  const { newEmail } = input
  const { ip } = ctx.request
  if (newEmail === person.email) {
    const detail = 'This is your address already. Enter another one.'
    throw invalid([{ pointer: '/newEmail', detail }], 'email_unchanged')
  }
  const presented = { password: input.currentPassword, pointer: '/currentPassword' }
  await checkOwnPassword(ctx.db, { ...person, ip }, presented, throttles.password)
  await throttles.links.count({ email: newEmail, ip })
  await sqlTransaction(ctx.db.pool, async (client) => {
    const held = await holdPerson(client, { userId: person.userId })
    if (!held) return
    const { displayName } = held
    const { secret, expiresAt } = await issueEmailLink(client, {
      userId: held.userId,
      purpose: 'CHANGE_EMAIL',
      hours: LINK_HOURS,
      newEmail,
    })
    const asked = newId()
    await enqueueEmail(client, ctx.crypto.emailLinks, {
      template: 'confirm-email-change',
      recipient: newEmail,
      organizationId: null,
      idempotencyKey: `confirm-email-change:${asked}`,
      facts: { displayName, newEmail, expiresAt },
      linkPath: `/confirm-email/${secret}`,
    })
    await notify(client, ctx.crypto.emailLinks, {
      kind: 'email-changed',
      facts: { stage: 'ASKED', newEmail, ip, at: ctx.now },
      organizationId: null,
      recipients: [{ userId: held.userId, reason: 'ACCOUNT' }],
      idempotencyKey: `email-change-asked/${asked}`,
      special: {
        template: 'email-change-notice',
        facts: { displayName, newEmail, ip, at: ctx.now },
      },
    })
  })
}

/** The address that the link would change to, for the page that asks; null once it has ended. */
export async function findEmailChange(db: Database, secret: string): Promise<string | null> {
  return (await findEmailLink(db.pool, 'CHANGE_EMAIL', secret))?.newEmail ?? null
}

/**
 * Makes the confirmed address the one to sign in with. Sessions stay; links that were sent to the old
 * address end, and the old address is told.
 * @throws DomainError conflict `link_ended` | `address_in_use`
 */
export async function confirmEmailChange({
  db,
  crypto,
  request,
  secret,
}: LinkDoor & { secret: string }): Promise<{ email: string }> {
  return sqlTransaction(db.pool, async (client) => {
    const { userId, newEmail } = await consumeEmailLink(client, 'CHANGE_EMAIL', secret)
    const person = await holdPerson(client, { userId })
    if (!person || newEmail === null) throw linkEnded()
    await client
      .query(
        `UPDATE users SET email = $2, email_verified_at = now(), modified_at = now() WHERE id = $1`,
        [userId, newEmail],
      )
      .catch((error: unknown) => {
        throw isTaken(error) ? addressInUse() : error
      })
    await endEmailLinks(client, userId)
    await notify(client, crypto.emailLinks, {
      kind: 'email-changed',
      facts: { stage: 'DONE', newEmail, ip: request.ip, at: Date.now() },
      organizationId: null,
      recipients: [{ userId, reason: 'ACCOUNT' }],
      idempotencyKey: `email-changed/${newId()}`,
      address: person.email,
    })
    await appendToOwnOrganizations(client, request, person, {
      eventType: 'EMAIL_CHANGED',
      details: { email: { before: person.email, after: newEmail } },
    })
    return { email: newEmail }
  })
}

const UNIQUE_VIOLATION = '23505'

/** Decided by the index: of two who confirm one address at once, one gets it. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION
}

function addressInUse(): DomainError {
  return new DomainError(
    'conflict',
    'address_in_use',
    'Another account uses this address. Sign in with that account, or choose another address.',
  )
}
