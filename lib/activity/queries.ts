import { authorizeOnItem } from '@/lib/access/authorize'
import type { Scope } from '@/lib/access/scopes'
import type { Context } from '@/lib/context'
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type Page, type PageRequest } from '@/lib/paging'
import { visibleToken } from '@/lib/tokens/queries'

/** One authenticated call as lists show it. Times epoch ms. */
export interface ActivityEvent {
  id: string
  tokenId: string
  keyPrefix: string
  createdAt: number
  method: string
  /** Route template. */
  path: string
  statusCode: number
  latencyMs: number
  remoteIp: string | null
  userAgent: string | null
  actor: string
  scope: Scope | null
  requestId: string
}

export interface ActivityFilter {
  /** Case-insensitive part of method, path, status, IP or actor. */
  search?: string | undefined
  /** 2 = 2xx and so on. */
  statusClass?: 2 | 3 | 4 | 5 | undefined
  method?: string | undefined
}

/** Rows one filtered page may look at; a page with few hits then ends early with a token to go on. */
const SCAN_LIMIT = 20_000

/**
 * Calls made with the logical token (all secrets of its family), newest first. `totalCount` is the
 * number of calls kept, whatever the filter: counting hits in millions of rows would cost more than it tells.
 * @throws DomainError not-found | invalid at /query/pageToken
 */
export async function listTokenActivity(
  ctx: Context,
  request: { tokenId: string } & ActivityFilter & PageRequest,
): Promise<Page<ActivityEvent>> {
  authorizeOnItem(ctx.principal, 'keys:read', 'keys:read')
  const token = await visibleToken(ctx, request.tokenId)
  return activityPage(ctx, { column: 'family_id', id: token.familyId }, request)
}

/** The rows of one family or one service account; the caller has authorized. */
export async function activityPage(
  ctx: Context,
  subject: { column: 'family_id' | 'service_account_id'; id: string },
  request: ActivityFilter & PageRequest,
): Promise<Page<ActivityEvent>> {
  const filter = filterSql(request)
  const list = ['activity', ctx.organization.id, subject.id, filter.sql, filter.values]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const size = Math.min(Math.max(request.pageSize || PAGE_SIZE_DEFAULT, 1), PAGE_SIZE_MAX)
  const filtered = filter.sql !== 'true'
  const scanned = filtered ? SCAN_LIMIT : size + 1
  const reading = ctx.db.pool.query<ActivityRow>(
    // The first bound on at_ms says nothing new, but only by it are the partitions after the page pruned.
    `WITH scanned AS MATERIALIZED (
       SELECT * FROM activity.request
       WHERE organization_id = $1 AND ${subject.column} = $2
         AND at_ms <= $3::bigint AND (at_ms, id) < ($3::bigint, $4::uuid)
       ORDER BY at_ms DESC, id DESC LIMIT ${scanned}
     ), hits AS (
       SELECT * FROM scanned WHERE ${filter.sql} ORDER BY at_ms DESC, id DESC LIMIT ${size + 1}
     )
     SELECT hits.*, t.display_prefix,
            (SELECT count(*)::int FROM scanned) AS scanned_rows,
            (SELECT at_ms FROM scanned ORDER BY at_ms, id LIMIT 1) AS last_scanned_at,
            (SELECT id FROM scanned ORDER BY at_ms, id LIMIT 1) AS last_scanned_id
     FROM (SELECT 1) one LEFT JOIN hits ON true
     LEFT JOIN tokens t ON t.organization_id = $1 AND t.id = hits.token_id
     ORDER BY hits.at_ms DESC, hits.id DESC`,
    [
      ctx.organization.id,
      subject.id,
      cursor?.[0] ?? Number.MAX_SAFE_INTEGER,
      cursor?.[1] ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff',
      ...filter.values,
    ],
  )
  const [rows, totalCount] = await Promise.all([reading, totalCalls(ctx, subject)])
  const items = rows.rows.filter((row) => row.id !== null).map(toActivityEvent)
  const next = nextCursor(items, rows.rows[0], size, filtered)
  return {
    items: items.slice(0, size),
    nextPageToken: next ? ctx.crypto.pageTokens.seal(list, next) : '',
    totalCount,
  }
}

interface ActivityRow {
  id: string
  token_id: string
  display_prefix: string | null
  at_ms: string
  method: string
  route: string
  status: number
  latency_us: number
  ip: string | null
  user_agent: string | null
  actor: string
  scope: Scope | null
  request_id: string
  scanned_rows: number
  last_scanned_at: string | null
  last_scanned_id: string | null
}

/** More hits than the page: go on after the page. Few hits in a full scan: go on after the scan. */
function nextCursor(
  items: readonly ActivityEvent[],
  first: ActivityRow | undefined,
  size: number,
  filtered: boolean,
): [number, string] | null {
  const last = items[size - 1]
  if (items.length > size && last) return [last.createdAt, last.id]
  const scanEnded = !filtered || !first || first.scanned_rows < SCAN_LIMIT
  if (scanEnded || !first.last_scanned_at || !first.last_scanned_id) return null
  return [Number(first.last_scanned_at), first.last_scanned_id]
}

function filterSql(filter: ActivityFilter): { sql: string; values: unknown[] } {
  const sql: string[] = []
  const values: unknown[] = []
  const add = (value: unknown) => `$${values.push(value) + 4}`
  if (filter.search) {
    const place = add(filter.search.toLowerCase())
    sql.push(`strpos(lower(concat_ws(' ', method, route, status, ip, actor)), ${place}) > 0`)
  }
  if (filter.statusClass) sql.push(`status / 100 = ${add(filter.statusClass)}`)
  if (filter.method) sql.push(`method = ${add(filter.method.toUpperCase())}`)
  return { sql: sql.join(' AND ') || 'true', values }
}

function toActivityEvent(row: ActivityRow): ActivityEvent {
  return {
    id: row.id,
    tokenId: row.token_id,
    keyPrefix: row.display_prefix ?? '',
    createdAt: Number(row.at_ms),
    method: row.method,
    path: row.route,
    statusCode: row.status,
    latencyMs: row.latency_us / 1000,
    remoteIp: row.ip,
    userAgent: row.user_agent,
    actor: row.actor,
    scope: row.scope,
    requestId: row.request_id,
  }
}

async function totalCalls(
  ctx: Context,
  subject: { column: 'family_id' | 'service_account_id'; id: string },
): Promise<number> {
  const families =
    subject.column === 'family_id'
      ? 'family_id = $2'
      : `family_id IN (SELECT family_id FROM tokens WHERE organization_id = $1 AND service_account_id = $2)`
  const result = await ctx.db.pool.query<{ calls: number }>(
    `SELECT coalesce(sum(calls), 0)::float8 AS calls FROM activity.use_by_day
     WHERE organization_id = $1 AND ${families}`,
    [ctx.organization.id, subject.id],
  )
  return result.rows[0]?.calls ?? 0
}
