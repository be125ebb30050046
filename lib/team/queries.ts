import { authorize } from '@/lib/access/authorize'
import { can, personOf, seesOrganizationInventory } from '@/lib/access/principal'
import type { Role } from '@/lib/access/roles'
import type { Context } from '@/lib/context'
import { hasAuthenticatorApp, hasPasskey } from '@/lib/db/second-factors'
import type { Member, PendingInvitation, SecondFactors } from '@/lib/team/model'

const EPOCH_MS = (time: string) => `(extract(epoch from ${time}) * 1000)::float8`

type MemberRow = Omit<Member, 'you' | 'tokenCount' | 'twoFactor'> &
  SecondFactors & { tokenCount: number }

/**
 * Everybody in the organization, by name. How many tokens a person has is told to those who see the
 * organization's tokens, and who has a second factor to those who manage the team; everybody knows their own.
 * @throws DomainError forbidden
 */
export async function listMembers(ctx: Context): Promise<Member[]> {
  authorize(ctx.principal, 'members:read')
  const { rows } = await ctx.db.pool.query<MemberRow>(
    `SELECT m.user_id AS "userId", u.display_name AS "displayName", u.email,
       u.avatar_id AS "avatarId", m.role::text AS role, ${EPOCH_MS('m.created_at')} AS "joinedAt",
       ${EPOCH_MS('m.last_active_at')} AS "lastActiveAt", coalesce(t.live, 0) AS "tokenCount",
       ${hasAuthenticatorApp('m.user_id')} AS app, ${hasPasskey('m.user_id')} AS passkey
     FROM memberships m
     JOIN users u ON u.id = m.user_id
     LEFT JOIN (
       SELECT owner_user_id, count(DISTINCT family_id)::int AS live FROM tokens
       WHERE organization_id = $1 AND owner_user_id IS NOT NULL
         AND (revoked_at IS NULL OR revoked_at > clock_timestamp())
         AND (expires_at IS NULL OR expires_at > clock_timestamp())
       GROUP BY owner_user_id) t ON t.owner_user_id = m.user_id
     WHERE m.organization_id = $1
     ORDER BY lower(u.display_name), u.id`,
    [ctx.organization.id],
  )
  const caller = personOf(ctx.principal)
  const seesTokens = seesOrganizationInventory(ctx.principal)
  const seesFactors = can(ctx.principal, 'members:write')
  return rows.map(({ app, passkey, ...row }) => {
    const you = row.userId === caller
    return {
      ...row,
      you,
      tokenCount: seesTokens || you ? row.tokenCount : null,
      twoFactor: seesFactors || you ? { app, passkey } : null,
    }
  })
}

/**
 * Invitations that nobody has answered yet, newest first, expired ones among them: they can be sent again.
 * Without their links, which are stored nowhere.
 * @throws DomainError forbidden
 */
export async function listInvitations(ctx: Context): Promise<PendingInvitation[]> {
  authorize(ctx.principal, 'members:write')
  const { rows } = await ctx.db.pool.query<PendingInvitation & { role: Role }>(
    `SELECT id, email, role::text AS role, invited_by_label AS "invitedBy",
       ${EPOCH_MS('sent_at')} AS "sentAt", ${EPOCH_MS('expires_at')} AS "expiresAt",
       expires_at <= now() AS expired
     FROM invitations WHERE organization_id = $1 ORDER BY sent_at DESC, email`,
    [ctx.organization.id],
  )
  return rows
}
