import { authorize, authorizeOnItem, requireOrganizationInventory } from '@/lib/access/authorize'
import { seesOrganizationInventory } from '@/lib/access/principal'
import { isScope } from '@/lib/access/scopes'
import { type ActivityEvent, type ActivityFilter, activityPage } from '@/lib/activity/queries'
import type { AuditEvent } from '@/lib/audit/events'
import { pageOfEvents } from '@/lib/audit/queries'
import type { Context } from '@/lib/context'
import { notFound } from '@/lib/errors'
import type { Page, PageRequest } from '@/lib/paging'
import type { ServiceAccountDetail, ServiceAccountSummary } from '@/lib/service-accounts/model'
import { clampPageSize } from '@/lib/tokens/queries'
import { selectTokens } from '@/lib/tokens/rows'

interface AccountRow {
  id: string
  name: string
  description: string
  scopes: string[]
  createdById: string | null
  createdByLabel: string
  createdAt: number
  modifiedAt: number
  suspendedAt: number | null
  revokedAt: number | null
  activeTokens: number
  lastUsedAt: number | null
}

const EPOCH_MS = (sql: string) => `(extract(epoch from ${sql}) * 1000)::float8`

/** `$1` organization, `$2` maximum life in days or null, `$3` whether an expiry is required. */
const SELECT = `
  SELECT s.id, s.name, s.description, s.scopes, s.created_by_id AS "createdById",
    s.created_by_label AS "createdByLabel", ${EPOCH_MS('s.created_at')} AS "createdAt",
    ${EPOCH_MS('s.modified_at')} AS "modifiedAt", ${EPOCH_MS('s.suspended_at')} AS "suspendedAt",
    ${EPOCH_MS('s.revoked_at')} AS "revokedAt",
    coalesce(use.active, 0)::int AS "activeTokens", ${EPOCH_MS('use.last_used_at')} AS "lastUsedAt"
  FROM service_accounts s
  LEFT JOIN LATERAL (
    SELECT max(t.last_used_at) AS last_used_at,
      count(*) FILTER (WHERE s.suspended_at IS NULL AND s.revoked_at IS NULL
        AND (t.revoked_at IS NULL OR t.revoked_at > now())
        AND (t.expires_at IS NULL OR t.expires_at > now())
        AND ($2::int IS NULL OR t.created_at + make_interval(days => $2) > now())
        AND (NOT $3::boolean OR t.expires_at IS NOT NULL)) AS active
    FROM tokens t WHERE t.organization_id = s.organization_id AND t.service_account_id = s.id
  ) use ON true
  WHERE s.organization_id = $1`

/**
 * The organization's service accounts, newest first. Never a secret.
 * @throws DomainError forbidden | invalid at /query/pageToken
 */
export async function listServiceAccounts(
  ctx: Context,
  request: PageRequest = {},
): Promise<Page<ServiceAccountSummary>> {
  authorize(ctx.principal, 'keys:read')
  requireOrganizationInventory(ctx.principal)
  const list = ['service-accounts', ctx.organization.id]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const size = clampPageSize(request.pageSize)
  const [rows, total] = await Promise.all([
    ctx.db.pool.query<AccountRow>(
      `${SELECT} ${cursor ? 'AND (s.created_at, s.id) < (to_timestamp($4 / 1000.0), $5::uuid)' : ''}
       ORDER BY s.created_at DESC, s.id DESC LIMIT ${size + 1}`,
      [...base(ctx), ...(cursor ?? [])],
    ),
    ctx.db.prisma.serviceAccount.count({ where: { organizationId: ctx.organization.id } }),
  ])
  const items = rows.rows.map(toSummary)
  const last = items.length > size ? items[size - 1] : undefined
  return {
    items: items.slice(0, size),
    nextPageToken: last ? ctx.crypto.pageTokens.seal(list, [last.createdAt, last.id]) : '',
    totalCount: total,
  }
}

/**
 * One service account with all its tokens.
 * @throws DomainError not-found
 */
export async function getServiceAccount(
  ctx: Context,
  input: { serviceAccountId: string },
): Promise<ServiceAccountDetail> {
  authorizeOnItem(ctx.principal, 'keys:read', 'keys:read')
  const account = await visibleServiceAccount(ctx, input.serviceAccountId)
  const tokens = await selectTokens(ctx.db.pool, {
    organizationId: ctx.organization.id,
    policy: ctx.organization.policy,
    where: 't.service_account_id = $2',
    values: [account.id],
  })
  return { ...account, tokens }
}

/** The account if the caller may see it; else the one 404. Callers have authorized before. */
export async function visibleServiceAccount(
  ctx: Context,
  serviceAccountId: string,
): Promise<ServiceAccountSummary> {
  if (!seesOrganizationInventory(ctx.principal)) throw notFound()
  const found = await ctx.db.pool.query<AccountRow>(`${SELECT} AND s.id = $4`, [
    ...base(ctx),
    serviceAccountId,
  ])
  const row = found.rows[0]
  if (!row) throw notFound()
  return toSummary(row)
}

/**
 * History of the principal itself, newest first; its tokens' histories stay with them.
 * @throws DomainError not-found | invalid at /query/pageToken
 */
export async function listServiceAccountAuditEvents(
  ctx: Context,
  request: { serviceAccountId: string } & PageRequest,
): Promise<Page<AuditEvent>> {
  authorizeOnItem(ctx.principal, 'keys:read', 'keys:read')
  const account = await visibleServiceAccount(ctx, request.serviceAccountId)
  return pageOfEvents(ctx, { sql: ['target_id = $2'], values: [account.id] }, request)
}

/**
 * Calls made with any of the account's tokens, newest first.
 * @throws DomainError not-found | invalid at /query/pageToken
 */
export async function listServiceAccountActivity(
  ctx: Context,
  request: { serviceAccountId: string } & ActivityFilter & PageRequest,
): Promise<Page<ActivityEvent>> {
  authorizeOnItem(ctx.principal, 'keys:read', 'keys:read')
  const account = await visibleServiceAccount(ctx, request.serviceAccountId)
  return activityPage(ctx, { column: 'service_account_id', id: account.id }, request)
}

function base(ctx: Context): unknown[] {
  const { policy } = ctx.organization
  return [ctx.organization.id, policy.maxLifetimeDays, policy.expiryRequired]
}

function toSummary(row: AccountRow): ServiceAccountSummary {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    scopes: row.scopes.filter(isScope),
    state: row.revokedAt !== null ? 'revoked' : row.suspendedAt !== null ? 'suspended' : 'active',
    createdBy: { id: row.createdById, label: row.createdByLabel },
    createdAt: row.createdAt,
    modifiedAt: row.modifiedAt,
    suspendedAt: row.suspendedAt,
    revokedAt: row.revokedAt,
    activeTokens: row.activeTokens,
    lastUsedAt: row.lastUsedAt,
  }
}
