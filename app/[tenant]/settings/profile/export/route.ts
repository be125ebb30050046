import { accountContext } from '@/app/_session/dashboard-context'
import { streamOf } from '@/app/v1/_api/text-stream'
import { exportMyData } from '@/lib/profile/export'

type RouteContext = { params: Promise<{ tenant: string }> }

/** Everything that is kept about the person, as a download. Nothing is written: a plain link may ask for it. */
export async function GET(_request: Request, { params }: RouteContext): Promise<Response> {
  const { tenant } = await params
  const ctx = await accountContext(tenant)
  const day = new Date(ctx.now).toISOString().slice(0, 10)
  return new Response(await streamOf(await exportMyData(ctx)), {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="my-data-${day}.json"`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
