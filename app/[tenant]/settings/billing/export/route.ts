import type { NextRequest } from 'next/server'
import { downloadHeaders, nothingHere, textStream } from '@/app/_serving/text-download'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { isDomainError } from '@/lib/errors'
import { exportInvoices } from '@/lib/invoices/invoice-export'

const DAY_MS = 86_400_000

/** Streams the lines of all invoices and credit notes, or of `?from=2026-01-01&to=2026-12-31`, both days in UTC. */
export async function GET(
  request: NextRequest,
  { params }: { params: Promise<{ tenant: string }> },
): Promise<Response> {
  const { tenant } = await params
  const ctx = await dashboardContext(tenant)
  const query = request.nextUrl.searchParams
  const [first, last] = [dayIn(query.get('from')), dayIn(query.get('to'))]
  if (first === undefined || last === undefined) return notADay()
  try {
    const to = last === null ? null : last + DAY_MS
    const chunks = await exportInvoices(ctx, { from: first, to })
    const days = [first, last].map((day) => (day === null ? '' : `-${dayText(day)}`)).join('')
    return new Response(textStream(chunks), {
      headers: downloadHeaders(
        'text/csv; charset=utf-8; header=present',
        `invoices-${tenant}${days || `-${dayText(ctx.now)}`}.csv`,
      ),
    })
  } catch (error) {
    if (isDomainError(error) && error.kind === 'forbidden') return nothingHere()
    throw error
  }
}

/** Epoch ms of the day's beginning; null where none is given, undefined for what is no day. */
function dayIn(text: string | null): number | null | undefined {
  if (text === null) return null
  const moment = Date.parse(`${text}T00:00:00Z`)
  // 31 February would be read as 3 March.
  return !Number.isNaN(moment) && dayText(moment) === text ? moment : undefined
}

function notADay(): Response {
  return new Response('Write days as 2026-01-31.\n', {
    status: 400,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  })
}

function dayText(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10)
}
