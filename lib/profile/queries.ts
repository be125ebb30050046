import { requirePerson } from '@/lib/access/person'
import type { Role } from '@/lib/access/roles'
import type { PersonalWords } from '@/lib/auth/password-strength'
import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import { personalWordsOf } from '@/lib/profile/new-password'
import { isUsable } from '@/lib/tokens/model'
import { selectTokens } from '@/lib/tokens/rows'

export interface Profile {
  userId: string
  displayName: string
  email: string
  /** They have shown that the mailbox is theirs. */
  emailVerified: boolean
  /** Of `/pictures/{id}/64.webp`. */
  avatarId: string | null
  /** Epoch ms. */
  createdAt: number
  hasPassword: boolean
  /** Their own in this organization. */
  tokens: { live: number; expiringSoon: number }
}

interface ProfileRow {
  displayName: string
  email: string
  emailVerified: boolean
  avatarId: string | null
  createdAt: Date
  hasPassword: boolean
}

/** The caller's own account. @throws DomainError forbidden | not-found for an account just removed */
export async function getProfile(ctx: Context): Promise<Profile> {
  const { userId } = requirePerson(ctx.principal)
  const [person, tokens] = await Promise.all([
    ctx.db.pool.query<ProfileRow>(
      `SELECT display_name AS "displayName", email, avatar_id AS "avatarId",
              email_verified_at IS NOT NULL AS "emailVerified", created_at AS "createdAt",
              password_hash IS NOT NULL AS "hasPassword"
       FROM users WHERE id = $1`,
      [userId],
    ),
    countOwnTokens(ctx),
  ])
  const row = person.rows[0]
  if (!row) throw notFound()
  return {
    userId,
    ...row,
    createdAt: row.createdAt.getTime(),
    tokens,
  }
}

/** What changing a password has to know. */
export interface SignInFacts extends PersonalWords {
  hasPassword: boolean
}

/** @throws DomainError forbidden | not-found for an account just removed */
export async function getSignInFacts(ctx: Context): Promise<SignInFacts> {
  const { userId } = requirePerson(ctx.principal)
  const [words, person] = await Promise.all([
    personalWordsOf(ctx.db.pool, userId),
    ctx.db.pool.query<{ hasPassword: boolean }>(
      'SELECT password_hash IS NOT NULL AS "hasPassword" FROM users WHERE id = $1',
      [userId],
    ),
  ])
  if (!words || !person.rows[0]) throw notFound()
  return { ...words, ...person.rows[0] }
}

export interface OwnOrganization {
  id: string
  name: string
  slug: string
  role: Role
  memberSince: Date
}

/** Every organization of the caller, by name. @throws DomainError forbidden */
export async function listOwnOrganizations(ctx: Context): Promise<OwnOrganization[]> {
  const { userId } = requirePerson(ctx.principal)
  const { rows } = await ctx.db.pool.query<OwnOrganization>(
    `SELECT o.id, o.name, o.slug, m.role, m.created_at AS "memberSince"
     FROM memberships m JOIN organizations o ON o.id = m.organization_id
     WHERE m.user_id = $1 ORDER BY lower(o.name), o.id`,
    [userId],
  )
  return rows
}

async function countOwnTokens(ctx: Context): Promise<Profile['tokens']> {
  const { userId } = requirePerson(ctx.principal)
  const tokens = await selectTokens(ctx.db.pool, {
    organizationId: ctx.organization.id,
    policy: ctx.organization.policy,
    where: 't.owner_user_id = $2 AND (t.revoked_at IS NULL OR t.revoked_at > clock_timestamp())',
    values: [userId],
  })
  const live = tokens.filter(({ state }) => isUsable(state))
  return {
    live: live.length,
    expiringSoon: live.filter(({ state }) => state === 'expiring').length,
  }
}
