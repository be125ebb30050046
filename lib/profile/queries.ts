import { ROLE_FACTS, type Role } from '@/lib/access/roles'
import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import { requirePerson } from '@/lib/profile/person'
import { isUsable } from '@/lib/tokens/model'
import { selectTokens } from '@/lib/tokens/rows'

export interface Profile {
  userId: string
  displayName: string
  email: string
  /** Of `/pictures/{id}/64.webp`. */
  avatarId: string | null
  /** Epoch ms. */
  createdAt: number
  hasPassword: boolean
  /** All of theirs, by name. */
  organizations: { name: string; slug: string; roleLabel: string }[]
  /** Their own in this organization. */
  tokens: { live: number; expiringSoon: number }
}

interface ProfileRow {
  displayName: string
  email: string
  avatarId: string | null
  createdAt: Date
  hasPassword: boolean
}

/** The caller's own account. @throws DomainError forbidden | not-found for an account just removed */
export async function getProfile(ctx: Context): Promise<Profile> {
  const { userId } = requirePerson(ctx.principal)
  const [person, organizations, tokens] = await Promise.all([
    ctx.db.pool.query<ProfileRow>(
      `SELECT display_name AS "displayName", email, avatar_id AS "avatarId",
              created_at AS "createdAt", password_hash IS NOT NULL AS "hasPassword"
       FROM users WHERE id = $1`,
      [userId],
    ),
    listOwnOrganizations(ctx),
    countOwnTokens(ctx),
  ])
  const row = person.rows[0]
  if (!row) throw notFound()
  return {
    userId,
    ...row,
    createdAt: row.createdAt.getTime(),
    organizations: organizations.map(({ name, slug, role }) => ({
      name,
      slug,
      roleLabel: ROLE_FACTS[role].label,
    })),
    tokens,
  }
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
