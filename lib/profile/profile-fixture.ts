import type { UserPrincipal } from '@/lib/access/principal'
import type { Role } from '@/lib/access/roles'
import { createSession } from '@/lib/auth/sessions'
import { openEmailLinkThrottle, openSignInThrottle } from '@/lib/auth/throttle'
import { buildContext, type Context, type RequestFacts } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import { newId } from '@/lib/ids'
import { createProductFixture, type OrganizationFixture } from '@/lib/testing/organization-fixture'
import { quickPasswordHash } from '@/lib/testing/quick-password-hash'

export const PASSWORD = 'wandering otters sing at dawn'
export const NEW_PASSWORD = 'seven quiet lanterns on the quay'

/** Whoever acts by a link, signed in or not. */
export const SOMEWHERE: RequestFacts = {
  id: newId(),
  channel: 'dashboard',
  ip: '198.51.100.7',
  userAgent: null,
}

/** A product whose people have a password and real sessions. */
export async function openProfileFixture() {
  const product = await createProductFixture()
  const { db } = product
  const organization = await product.organization()
  const passwordHash = quickPasswordHash(PASSWORD)
  const someone = await organization.member('MEMBER')
  return {
    ...product,
    addOrganization: product.organization,
    organization,
    crypto: someone.crypto,
    throttle: openSignInThrottle(db.pool),
    links: openEmailLinkThrottle(db.pool),
    person: (role: Role = 'MEMBER', where = organization) => person(db, where, role, passwordHash),
    emails: (recipient: string) => emailsTo(db, someone.crypto.emailLinks, recipient),
  }
}

export type ProfileFixture = Awaited<ReturnType<typeof openProfileFixture>>

export interface PersonFixture {
  ctx: Context<UserPrincipal>
  sessionSecret: string
  /** Signs them in once more. */
  signIn(userAgent?: string): Promise<{ sessionSecret: string; sessionId: string }>
}

async function person(
  db: Database,
  organization: OrganizationFixture,
  role: Role,
  passwordHash: string,
): Promise<PersonFixture> {
  const ctx = await organization.member(role)
  const { userId } = ctx.principal
  await db.pool.query('UPDATE users SET password_hash = $2 WHERE id = $1', [userId, passwordHash])
  const signIn = (userAgent: string | null = null) =>
    createSession(db, { userId, ip: '192.0.2.10', userAgent })
  const { sessionId, sessionSecret } = await signIn()
  const principal = { ...ctx.principal, sessionId }
  return { ctx: buildContext({ ...ctx, principal }), sessionSecret, signIn }
}

export interface SentEmail {
  template: string
  facts: Record<string, unknown>
  /** Opened, or null where there is no link. */
  linkPath: string | null
}

async function emailsTo(
  db: Database,
  sealer: EmailLinkSealer,
  recipient: string,
): Promise<SentEmail[]> {
  const { rows } = await db.pool.query<{
    id: string
    template: string
    facts: Record<string, unknown>
    sealed: Buffer | null
  }>(
    `SELECT id, template, facts, sealed_link AS sealed FROM outgoing_emails
     WHERE recipient = $1 ORDER BY id`,
    [recipient],
  )
  return rows.map(({ id, template, facts, sealed }) => ({
    template,
    facts,
    linkPath: sealed ? sealer.open(id, sealed) : null,
  }))
}

/** The last part of the newest link that was sent. */
export function secretOf(emails: readonly SentEmail[]): string {
  const path = emails.findLast(({ linkPath }) => linkPath !== null)?.linkPath
  if (!path) throw new Error('No link was sent.')
  return path.split('/').at(-1) ?? ''
}
