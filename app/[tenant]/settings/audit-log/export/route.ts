import type { NextRequest } from 'next/server'
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
  const filters = coreAuditFilters(parseAuditFilters(paramsOf(query)))
  try {
    const chunks = await exportAuditEvents(ctx, { format, ...filters })
    return new Response(textStream(chunks), { headers: downloadHeaders(tenant, format, ctx.now) })
  } catch (error) {
    if (isDomainError(error) && error.kind === 'forbidden') return nothingHere()
    throw error
  }
}

/** For those to whom the section does not exist. */
function nothingHere(): Response {
  return new Response('There is nothing here.\n', {
    status: 404,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  })
}

function paramsOf(query: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(query.keys())].map((key) => [key, query.getAll(key)]))
}

function downloadHeaders(tenant: string, format: Format, now: number): HeadersInit {
  const day = new Date(now).toISOString().slice(0, 10)
  return {
    'Content-Type': MEDIA_TYPES[format],
    'Content-Disposition': `attachment; filename="audit-log-${tenant}-${day}.${format}"`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  }
}

/** Pulled by the reader, so a slow download holds nothing back in memory; cancelling ends the queries. */
function textStream(chunks: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const iterator = chunks[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
