import { authorize, authorizeOnItem } from '@/lib/access/authorize'
import {
  can,
  ceiling,
  type Principal,
  personOf,
  seesOrganizationInventory,
} from '@/lib/access/principal'
import { ROLE_FACTS, type Role } from '@/lib/access/roles'
import { isScope, type Scope } from '@/lib/access/scopes'
import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type Page, type PageRequest } from '@/lib/paging'
import { effectiveScopes, isUsable, type TokenSummary } from '@/lib/tokens/model'
import { IN_INVENTORY, selectTokens } from '@/lib/tokens/rows'
import type { TOKEN_ORIGINS } from '@/lib/tokens/schema'

export interface TokenDetail extends TokenSummary {
  /** What it can do now: granted and still within its owner's power. */
  effectiveScopes: Scope[]
  /** Every secret this logical token ever had, newest first, itself included. */
  family: TokenSummary[]
  mayRevoke: boolean
  mayRotate: boolean
  mayPatch: boolean
}

interface ListFilter {
  origin?: (typeof TOKEN_ORIGINS)[number] | undefined
}

/**
 * Every token the caller may see, newest first: the organization's with organization inventory, else
 * only their own. `SYSTEM` tokens, which integrations have, live outside this inventory, so that filter is empty.
 * @throws DomainError forbidden `insufficient_scope`
 */
export async function listTokens(ctx: Context, filter: ListFilter = {}): Promise<TokenSummary[]> {
  authorize(ctx.principal, 'keys:read')
  if (filter.origin === 'SYSTEM') return []
  const own = ownership(ctx.principal)
  return selectTokens(ctx.db.pool, { ...scope(ctx), where: own.sql(2), values: own.values })
}

/**
 * The same list by pages (AIP-158): stable while tokens are made, and no token twice.
 * @throws DomainError forbidden | invalid at /query/pageToken
 */
export async function listTokensPage(
  ctx: Context,
  request: ListFilter & PageRequest,
): Promise<Page<TokenSummary>> {
  authorize(ctx.principal, 'keys:read')
  if (request.origin === 'SYSTEM') return { items: [], nextPageToken: '', totalCount: 0 }
  const own = ownership(ctx.principal)
  const list = ['tokens', ctx.organization.id, own.values]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const size = clampPageSize(request.pageSize)
  const after = cursor ? `AND (t.created_at, t.id) < (to_timestamp($3 / 1000.0), $4::uuid)` : ''
  const items = await selectTokens(ctx.db.pool, {
    ...scope(ctx),
    where: `($2::uuid IS NULL OR t.owner_user_id = $2) ${after}`,
    values: [own.values[0] ?? null, ...(cursor ?? [])],
    orderAndLimit: `ORDER BY t.created_at DESC, t.id DESC LIMIT ${size + 1}`,
  })
  const total = await ctx.db.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM tokens t
     WHERE t.organization_id = $1 AND ${IN_INVENTORY} AND ($2::uuid IS NULL OR t.owner_user_id = $2)`,
    [ctx.organization.id, own.values[0] ?? null],
  )
  const last = items.length > size ? items[size - 1] : undefined
  return {
    items: items.slice(0, size),
    nextPageToken: last ? ctx.crypto.pageTokens.seal(list, [last.createdAt, last.id]) : '',
    totalCount: total.rows[0]?.count ?? 0,
  }
}

/**
 * One token with its family and what the caller may do to it.
 * @throws DomainError not-found for a missing, foreign or unseen one, all alike
 */
export async function getToken(ctx: Context, input: { tokenId: string }): Promise<TokenDetail> {
  authorizeOnItem(ctx.principal, 'keys:read', 'keys:read')
  const token = await visibleToken(ctx, input.tokenId)
  const [family, ownerScopes] = await Promise.all([
    selectTokens(ctx.db.pool, {
      ...scope(ctx),
      where: 't.family_id = $2',
      values: [token.familyId],
    }),
    ownerCeiling(ctx, token),
  ])
  const mayWrite = can(ctx.principal, 'keys:write')
  const isOwn = isOwnToken(ctx.principal, token)
  return {
    ...token,
    effectiveScopes: effectiveScopes(token.scopes, ownerScopes),
    family,
    mayRevoke: mayWrite && (token.revokedAt === null || token.state === 'overlap'),
    mayRotate: mayWrite && isOwn && isUsable(token.state) && token.state !== 'overlap',
    mayPatch: mayWrite && isOwn && isUsable(token.state) && token.state !== 'overlap',
  }
}

/** The token if the caller may see it; else the one 404. Callers have authorized before. */
export async function visibleToken(ctx: Context, tokenId: string): Promise<TokenSummary> {
  const token = await findToken(ctx, tokenId)
  if (!token) throw notFound()
  const own = personOf(ctx.principal)
  const isVisible =
    seesOrganizationInventory(ctx.principal) || (own !== null && token.owner.id === own)
  if (!isVisible) throw notFound()
  return token
}

/** The token of this organization's inventory, or null. No visibility rule: for the core's own use. */
export async function findToken(ctx: Context, tokenId: string): Promise<TokenSummary | null> {
  const found = await selectTokens(ctx.db.pool, {
    ...scope(ctx),
    where: 't.id = $2',
    values: [tokenId],
  })
  return found[0] ?? null
}

/** What the token's owner can do now: the role's scopes, or the service account's grant. */
export async function ownerCeiling(ctx: Context, token: TokenSummary): Promise<readonly Scope[]> {
  const { principal } = ctx
  if (
    token.owner.type === 'user' &&
    principal.kind === 'user' &&
    principal.userId === token.owner.id
  ) {
    return ceiling(principal)
  }
  const result = await ctx.db.pool.query<{ role: Role | null; scopes: string[] | null }>(
    `SELECT (SELECT role::text FROM memberships WHERE organization_id = $1 AND user_id = $2) AS role,
            (SELECT scopes FROM service_accounts WHERE organization_id = $1 AND id = $2) AS scopes`,
    [ctx.organization.id, token.owner.id],
  )
  const row = result.rows[0]
  if (row?.role) return ROLE_FACTS[row.role].scopes
  return (row?.scopes ?? []).filter(isScope)
}

/** A person's own token, or a service account's in the hands of who manages those. */
export function isOwnToken(principal: Principal, token: TokenSummary): boolean {
  if (token.owner.type === 'service-account') return seesOrganizationInventory(principal)
  return personOf(principal) === token.owner.id
}

export function clampPageSize(requested: number | undefined): number {
  return Math.min(Math.max(requested || PAGE_SIZE_DEFAULT, 1), PAGE_SIZE_MAX)
}

function scope(ctx: Context) {
  return { organizationId: ctx.organization.id, policy: ctx.organization.policy }
}

/** The caller's rows: all of the organization, or those owned by the person. */
function ownership(principal: Principal): { sql(place: number): string; values: string[] } {
  if (seesOrganizationInventory(principal)) return { sql: () => 'true', values: [] }
  const own = personOf(principal)
  return own === null
    ? { sql: () => 'false', values: [] }
    : { sql: (place) => `t.owner_user_id = $${place}`, values: [own] }
}
