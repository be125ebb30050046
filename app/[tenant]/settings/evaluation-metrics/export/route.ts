import type { NextRequest } from 'next/server'
import { downloadHeaders, nothingHere } from '@/app/_serving/text-download'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { isDomainError } from '@/lib/errors'
import { exportMetrics } from '@/lib/evaluation-metrics/transfer'

/** The organization's own metrics as a file that can be imported anywhere; `key`, repeated, for some of them. */
export async function GET(
  request: NextRequest,
  { params }: { params: Promise<{ tenant: string }> },
): Promise<Response> {
  const { tenant } = await params
  const ctx = await dashboardContext(tenant)
  const keys = request.nextUrl.searchParams.getAll('key')
  try {
    const file = await exportMetrics(ctx, keys.length > 0 ? { keys } : {})
    return new Response(`${JSON.stringify(file, null, 2)}\n`, {
      headers: downloadHeaders('application/json', `evaluation-metrics-${tenant}.json`),
    })
  } catch (error) {
    if (isDomainError(error)) return nothingHere()
    throw error
  }
}
