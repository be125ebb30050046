import type { NextRequest } from 'next/server'
import { downloadHeaders, nothingHere } from '@/app/_serving/text-download'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { idForName } from '@/components/settings/id-for-name'
import { caseLines } from '@/lib/datasets/case-file'
import { exportDataset } from '@/lib/datasets/queries'
import { isDomainError } from '@/lib/errors'
import { isUuid } from '@/lib/ids'

/** All cases as JSON lines, which an import takes as they are. */
export async function GET(
  _request: NextRequest,
  { params }: { params: Promise<{ tenant: string; dataset: string }> },
): Promise<Response> {
  const { tenant, dataset } = await params
  const ctx = await dashboardContext(tenant)
  if (!isUuid(dataset)) return nothingHere()
  try {
    const { name, version, cases } = await exportDataset(ctx, { dataset })
    const file = `${idForName(name) || 'dataset'}-v${version}.jsonl`
    return new Response(caseLines(cases), { headers: downloadHeaders('application/jsonl', file) })
  } catch (error) {
    if (isDomainError(error)) return nothingHere()
    throw error
  }
}
