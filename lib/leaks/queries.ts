import { authorize, requireOrganizationInventory } from '@/lib/access/authorize'
import type { Context } from '@/lib/context'
import type { LeakOutcome, LeakPlace, LeakReport } from '@/lib/leaks/model'
import type { Page, PageRequest } from '@/lib/paging'
import { clampPageSize } from '@/lib/tokens/queries'
import { selectTokens } from '@/lib/tokens/rows'

interface ReportRow {
  tokenId: string
  outcome: LeakOutcome
  reports: number
  firstReportedAt: number
  lastReportedAt: number
  places: LeakPlace[]
}

const EPOCH_MS = (column: string) => `floor(extract(epoch from ${column}) * 1000)::float8`

/**
 * Tokens of the organization that were reported as leaked, the last reported first.
 * @throws DomainError forbidden | invalid at /query/pageToken
 */
export async function listLeakReports(
  ctx: Context,
  request: PageRequest,
): Promise<Page<LeakReport>> {
  authorize(ctx.principal, 'keys:read')
  requireOrganizationInventory(ctx.principal)
  const { id, policy } = ctx.organization
  const list = ['leak-reports', id]
  const cursor = ctx.crypto.pageTokens.open(list, request.pageToken)
  const size = clampPageSize(request.pageSize)
  const [found, total] = await Promise.all([
    ctx.db.pool.query<ReportRow>(
      `SELECT token_id AS "tokenId", outcome::text AS outcome, reports, places,
         ${EPOCH_MS('first_reported_at')} AS "firstReportedAt",
         ${EPOCH_MS('last_reported_at')} AS "lastReportedAt"
       FROM leak_reports WHERE organization_id = $1
         ${cursor ? 'AND (last_reported_at, token_id) < (to_timestamp($2 / 1000.0), $3::uuid)' : ''}
       ORDER BY last_reported_at DESC, token_id DESC LIMIT ${size + 1}`,
      [id, ...(cursor ?? [])],
    ),
    ctx.db.pool.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM leak_reports WHERE organization_id = $1',
      [id],
    ),
  ])
  const rows = found.rows.slice(0, size)
  const tokens = await selectTokens(ctx.db.pool, {
    organizationId: id,
    policy,
    withIntegrations: true,
    where: 't.id = ANY ($2::uuid[])',
    values: [rows.map(({ tokenId }) => tokenId)],
  })
  const byId = new Map(tokens.map((token) => [token.id, token]))
  const last = found.rows.length > size ? rows.at(-1) : undefined
  return {
    items: rows.flatMap(({ tokenId, ...report }) => {
      const token = byId.get(tokenId)
      return token ? [{ token, ...report }] : []
    }),
    nextPageToken: last
      ? ctx.crypto.pageTokens.seal(list, [last.lastReportedAt, last.tokenId])
      : '',
    totalCount: total.rows[0]?.count ?? 0,
  }
}
