import type pg from 'pg'
import { requirePerson } from '@/lib/access/person'
import { appendToOwnOrganizations } from '@/lib/audit/own-organizations'
import type { SignInThrottle } from '@/lib/auth/throttle'
import type { Context, RequestFacts } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { enqueueEmail } from '@/lib/email/outbox'
import { newId } from '@/lib/ids'
import {
  consumeEmailLink,
  findEmailLink,
  issueEmailLink,
  linkEnded,
} from '@/lib/profile/email-links'
import { holdPerson } from '@/lib/profile/person'

/** Showing that the mailbox of an account is its owner's: by using what was sent to it and to nobody else. */

const LINK_HOURS = 24

/** For whoever just used such a link. In the caller's transaction. */
export async function markEmailVerified(
  client: Pick<pg.PoolClient, 'query'>,
  { userId }: { userId: string },
): Promise<void> {
  await client.query('UPDATE users SET email_verified_at = now() WHERE id = $1', [userId])
}

/**
 * Sends the caller a link to their present address, good for 24 hours, in place of earlier ones. Nothing is
 * sent where the address is verified already.
 * @throws DomainError forbidden | throttled `too_many_attempts`
 */
export async function requestEmailVerification(
  ctx: Context,
  { throttle }: { throttle: SignInThrottle },
): Promise<void> {
  const { userId, email } = requirePerson(ctx.principal)
  await throttle.count({ email, ip: ctx.request.ip })
  await sqlTransaction(ctx.db.pool, async (client) => {
    const person = await holdPerson(client, { userId })
    if (!person || person.emailVerified) return
    const { secret, expiresAt } = await issueEmailLink(client, {
      userId,
      purpose: 'VERIFY_EMAIL',
      hours: LINK_HOURS,
    })
    await enqueueEmail(client, ctx.crypto.emailLinks, {
      template: 'verify-email',
      recipient: person.email,
      organizationId: null,
      idempotencyKey: `verify-email:${newId()}`,
      facts: { displayName: person.displayName, email: person.email, expiresAt },
      linkPath: `/verify-email/${secret}`,
    })
  })
}

/** The address that the link would verify, for the page that asks; null once it has ended. */
export async function findEmailVerification(db: Database, secret: string): Promise<string | null> {
  const link = await findEmailLink(db.pool, 'VERIFY_EMAIL', secret)
  if (!link) return null
  const { rows } = await db.pool.query<{ email: string }>('SELECT email FROM users WHERE id = $1', [
    link.userId,
  ])
  return rows[0]?.email ?? null
}

/** Marks the address as verified, once. @throws DomainError conflict `link_ended` */
export async function verifyEmail(input: {
  db: Database
  request: RequestFacts
  secret: string
}): Promise<{ email: string }> {
  const { db, request, secret } = input
  return sqlTransaction(db.pool, async (client) => {
    const { userId } = await consumeEmailLink(client, 'VERIFY_EMAIL', secret)
    const person = await holdPerson(client, { userId })
    if (!person) throw linkEnded()
    await markEmailVerified(client, person)
    await appendToOwnOrganizations(client, request, person, {
      eventType: 'EMAIL_VERIFIED',
      details: { email: person.email },
    })
    return { email: person.email }
  })
}
