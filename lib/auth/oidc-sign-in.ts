import type pg from 'pg'
import { z } from 'zod'
import type { Role } from '@/lib/access/roles'
import { appendToOwnOrganizations } from '@/lib/audit/own-organizations'
import {
  completeSignIn,
  lockPerson,
  type OpenedSession,
  type SignInDoor,
} from '@/lib/auth/complete-sign-in'
import { displayNameSchema } from '@/lib/auth/schema'
import { revokeAllSessions } from '@/lib/auth/sessions'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { emailSchema } from '@/lib/email/schema'
import { DomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { endUnprovenFactors } from '@/lib/two-factor/unproven'

/** Sign-in by the company's identity provider: what its claims are worth here. */

/** Who may come in, as the installation's operator decided. */
export interface OidcAdmission {
  issuer: string
  /** Lower-case; every domain where empty. */
  allowedDomains: readonly string[]
  /** Slug of the organization that newcomers join; null where nobody joins by signing in. */
  organization: string | null
  defaultRole: Role
}

/** OpenID Connect Core 1.0, section 5.1. Signature, issuer, audience and nonce are checked already. */
const claimsSchema = z.object({
  sub: z.string().min(1).max(255),
  email: emailSchema.optional().catch(undefined),
  // Some providers send the word.
  email_verified: z.union([z.boolean(), z.stringbool()]).optional().catch(undefined),
  name: displayNameSchema.optional().catch(undefined),
})

interface Newcomer {
  subject: string
  /** Proven by the provider. */
  email: string
  displayName: string
}

/**
 * Opens a session for whoever the provider vouches for: the person it vouched for before, else the account
 * with the same proven e-mail address, else a new account, where the organization of `admission` takes
 * newcomers or somebody invited the address.
 * @throws DomainError unauthenticated `oidc_email_unproven` | `oidc_domain` | `oidc_not_invited`
 */
export async function signInByOidc(
  input: SignInDoor & { claims: unknown; admission: OidcAdmission },
): Promise<OpenedSession> {
  const { db, admission } = input
  const claims = claimsSchema.parse(input.claims)
  return sqlTransaction(db.pool, async (client) => {
    const known = await findKnown(client, admission.issuer, claims.sub)
    if (known) requireDomain(known.email, admission)
    const userId = known?.userId ?? (await welcome(client, newcomerOf(claims, admission), input))
    const person = await lockPerson(client, { userId })
    if (!person) throw new Error(`The user ${userId} vanished while signing in.`)
    return completeSignIn(client, input, { ...person, method: 'OIDC', secondFactor: null })
  })
}

async function findKnown(
  client: pg.PoolClient,
  issuer: string,
  subject: string,
): Promise<{ userId: string; email: string } | undefined> {
  const { rows } = await client.query<{ userId: string; email: string }>(
    `UPDATE external_identities e SET last_used_at = now() FROM users u
     WHERE u.id = e.user_id AND e.issuer = $1 AND e.subject = $2
     RETURNING e.user_id AS "userId", u.email`,
    [issuer, subject],
  )
  return rows[0]
}

function newcomerOf(claims: z.infer<typeof claimsSchema>, admission: OidcAdmission): Newcomer {
  const { sub: subject, email, email_verified: proven, name } = claims
  // An address that anybody can type into a profile would open anybody's account.
  if (email === undefined || proven !== true) {
    throw refused(
      'oidc_email_unproven',
      'Your identity provider does not confirm your e-mail address. Ask your administrator.',
    )
  }
  requireDomain(email, admission)
  return { subject, email, displayName: name ?? email.slice(0, email.indexOf('@')) }
}

function requireDomain(email: string, { allowedDomains }: OidcAdmission): void {
  const domain = email.slice(email.lastIndexOf('@') + 1)
  if (allowedDomains.length === 0 || allowedDomains.includes(domain)) return
  throw refused('oidc_domain', `Addresses at ${domain} may not sign in here.`)
}

/** Links the identity to the account of its address, making one where that is allowed. */
async function welcome(
  client: pg.PoolClient,
  newcomer: Newcomer,
  { admission, request }: SignInDoor & { admission: OidcAdmission },
): Promise<string> {
  // Two first sign-ins at once: the second waits here, and then finds what the first one made.
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [newcomer.email])
  const known = await findKnown(client, admission.issuer, newcomer.subject)
  if (known) return known.userId
  const existing = await findAccount(client, newcomer.email)
  const userId = existing?.userId ?? (await makeAccount(client, newcomer, admission))
  if (existing && (await endUnprovenFactors(client, userId))) {
    await takeOver(client, userId)
    await appendToOwnOrganizations(client, request, existing, {
      eventType: 'PASSWORD_CHANGED',
      details: { by: 'OpenID Connect', reason: 'The address had never been proven.' },
    })
  }
  await client.query('UPDATE users SET email_verified_at = now() WHERE id = $1', [userId])
  await client.query(
    'INSERT INTO external_identities (issuer, subject, user_id) VALUES ($1, $2, $3)',
    [admission.issuer, newcomer.subject, userId],
  )
  if (!existing && admission.organization !== null) {
    const role = await join(client, userId, admission)
    await appendToOwnOrganizations(
      client,
      request,
      { ...newcomer, userId },
      {
        eventType: 'MEMBER_JOINED',
        details: { role, by: 'OpenID Connect' },
      },
    )
  }
  return userId
}

async function findAccount(
  client: pg.PoolClient,
  email: string,
): Promise<{ userId: string; displayName: string } | undefined> {
  const { rows } = await client.query<{ userId: string; displayName: string }>(
    `SELECT id AS "userId", display_name AS "displayName" FROM users
     WHERE email = $1 FOR NO KEY UPDATE`,
    [email],
  )
  return rows[0]
}

/**
 * Whoever made an account for an address that they never proved to be theirs must not share it with the
 * person who owns the address: what they could come back with ends.
 */
async function takeOver(client: pg.PoolClient, userId: string): Promise<void> {
  await client.query('UPDATE users SET password_hash = NULL, modified_at = now() WHERE id = $1', [
    userId,
  ])
  await client.query('DELETE FROM email_links WHERE user_id = $1', [userId])
  await revokeAllSessions({ pool: client }, { userId })
}

async function makeAccount(
  client: pg.PoolClient,
  newcomer: Newcomer,
  { organization }: OidcAdmission,
): Promise<string> {
  const { rows } = await client.query<{ invited: boolean }>(
    'SELECT EXISTS (SELECT 1 FROM invitations WHERE email = $1 AND expires_at > now()) AS invited',
    [newcomer.email],
  )
  if (organization === null && !rows[0]?.invited) {
    throw refused(
      'oidc_not_invited',
      'There is no account for your address yet. Ask an admin of your organization to invite you.',
    )
  }
  const userId = newId()
  await client.query('INSERT INTO users (id, email, display_name) VALUES ($1, $2, $3)', [
    userId,
    newcomer.email,
    newcomer.displayName,
  ])
  return userId
}

/** @throws Error where OIDC_ORGANIZATION names no organization */
async function join(
  client: pg.PoolClient,
  userId: string,
  { organization, defaultRole }: OidcAdmission,
): Promise<Role> {
  const { rowCount } = await client.query(
    `INSERT INTO memberships (organization_id, user_id, role)
     SELECT organization_id, $2, $3::role FROM organization_addresses WHERE slug = $1`,
    [organization, userId, defaultRole],
  )
  if (rowCount !== 1)
    throw new Error(`OIDC_ORGANIZATION: there is no organization ${organization}.`)
  return defaultRole
}

function refused(code: string, message: string): DomainError {
  return new DomainError('unauthenticated', code, message)
}
