import type { NextRequest } from 'next/server'
import {
  downloadHeaders,
  nothingHere,
  searchParamsOf,
  textStream,
} from '@/app/_serving/text-download'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { coreAuditFilters, parseAuditFilters } from '@/components/audit/audit-filters'
import { exportAuditEvents } from '@/lib/audit/export'
import { isDomainError } from '@/lib/errors'

const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
} as const

type Format = keyof typeof MEDIA_TYPES

/** Streams the filtered audit log as a download: memory stays flat however long the log is. */
export async function GET(
  request: NextRequest,
  { params }: { params: Promise<{ tenant: string }> },
): Promise<Response> {
  const { tenant } = await params
  const ctx = await dashboardContext(tenant)
  // An export is recorded: a page elsewhere must not be able to make people record one.
  if (request.headers.get('sec-fetch-site') === 'cross-site') return nothingHere()
  const query = request.nextUrl.searchParams
  const format: Format = query.get('format') === 'ndjson' ? 'ndjson' : 'csv'
  const filters = coreAuditFilters(parseAuditFilters(searchParamsOf(query)))
  try {
    const chunks = await exportAuditEvents(ctx, { format, ...filters })
    const day = new Date(ctx.now).toISOString().slice(0, 10)
    return new Response(textStream(chunks), {
      headers: downloadHeaders(MEDIA_TYPES[format], `audit-log-${tenant}-${day}.${format}`),
    })
  } catch (error) {
    if (isDomainError(error) && error.kind === 'forbidden') return nothingHere()
    throw error
  }
}
