import type { NextRequest } from 'next/server'
import { downloadHeaders, searchParamsOf, textStream } from '@/app/_serving/text-download'
import { usageReading } from '@/app/[tenant]/settings/usage/_usage-reading'
import { dayText } from '@/components/usage/usage-view'
import { intervalOf } from '@/lib/usage/period'
import { exportUsage } from '@/lib/usage/usage-export'

/** Streams the sums behind what is shown, under the same filters: the lines add up to its totals. */
export async function GET(
  request: NextRequest,
  { params }: { params: Promise<{ tenant: string }> },
): Promise<Response> {
  const { tenant } = await params
  const reading = await usageReading(tenant, searchParamsOf(request.nextUrl.searchParams))
  const { ctx, view, range, span } = reading
  const chunks = await exportUsage(ctx, {
    ...range,
    interval: intervalOf(span),
    origin: view.origin,
    only: view.only,
  })
  const days = `${dayText(range.from)}-to-${dayText(range.to - 1)}`
  return new Response(textStream(chunks), {
    headers: downloadHeaders(
      'text/csv; charset=utf-8; header=present',
      `usage-${tenant}-${days}.csv`,
    ),
  })
}
