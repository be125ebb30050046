import { authorize } from '@/lib/access/authorize'
import type { Role } from '@/lib/access/roles'
import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import type { Page, PageRequest } from '@/lib/paging'
import { clampPageSize } from '@/lib/tokens/queries'

/** A member as the account that they are, everywhere the same. */
export interface MemberAccount {
  userId: string
  displayName: string
  email: string
  avatarId: string | null
  role: Role
  /** Of the account. Epoch ms, as is `modifiedAt`. */
  createdAt: number
  modifiedAt: number
}

const EPOCH_MS = (time: string) => `(extract(epoch from ${time}) * 1000)::float8`

/** `$1` organization. */
const SELECT = `SELECT m.user_id AS "userId", u.display_name AS "displayName", u.email,
    u.avatar_id AS "avatarId", m.role::text AS role, ${EPOCH_MS('u.created_at')} AS "createdAt",
    ${EPOCH_MS('u.modified_at')} AS "modifiedAt", ${EPOCH_MS('m.created_at')} AS "joinedAt"
  FROM memberships m JOIN users u ON u.id = m.user_id
  WHERE m.organization_id = $1`

type MemberRow = MemberAccount & { joinedAt: number }

/**
 * One page of the members, in the order in which they joined: nobody who joins meanwhile is missed or met twice.
 * @throws DomainError forbidden | invalid at /query/pageToken
 */
export async function listMemberPage(
  ctx: Context,
  request: PageRequest = {},
): Promise<Page<MemberAccount>> {
  authorize(ctx.principal, 'members:read')
  const list = ['members', ctx.organization.id]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const size = clampPageSize(request.pageSize)
  const [found, counted] = await Promise.all([
    ctx.db.pool.query<MemberRow>(
      `${SELECT} ${cursor ? 'AND (m.created_at, m.user_id) > (to_timestamp($2 / 1000.0), $3::uuid)' : ''}
       ORDER BY m.created_at, m.user_id LIMIT ${size + 1}`,
      [ctx.organization.id, ...(cursor ?? [])],
    ),
    ctx.db.pool.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM memberships WHERE organization_id = $1',
      [ctx.organization.id],
    ),
  ])
  const { rows } = found
  const last = rows.length > size ? rows[size - 1] : undefined
  return {
    items: rows.slice(0, size),
    nextPageToken: last ? ctx.crypto.pageTokens.seal(list, [last.joinedAt, last.userId]) : '',
    totalCount: counted.rows[0]?.count ?? 0,
  }
}

/** @throws DomainError forbidden | not-found for who is no member here */
export async function getMember(ctx: Context, input: { userId: string }): Promise<MemberAccount> {
  authorize(ctx.principal, 'members:read')
  const { rows } = await ctx.db.pool.query<MemberRow>(`${SELECT} AND m.user_id = $2`, [
    ctx.organization.id,
    input.userId,
  ])
  if (!rows[0]) throw notFound()
  return rows[0]
}
