import type { NextRequest } from 'next/server'
import { downloadHeaders, nothingHere, searchParamsOf } from '@/app/_serving/text-download'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { pricePredicate, readPriceFilters } from '@/components/model-pricing/prices/price-filters'
import { searchedText } from '@/components/model-pricing/prices/price-rows'
import { isDomainError } from '@/lib/errors'
import { priceCsv } from '@/lib/model-pricing/price-csv'
import { listModelPrices } from '@/lib/model-pricing/price-list'
import { runtime } from '@/lib/runtime'

/** The price list under the filters of the page, as a file for spreadsheets. */
export async function GET(
  request: NextRequest,
  { params }: { params: Promise<{ tenant: string }> },
): Promise<Response> {
  const { tenant } = await params
  const ctx = await dashboardContext(tenant)
  const passes = pricePredicate(readPriceFilters(searchParamsOf(request.nextUrl.searchParams)))
  try {
    const prices = await listModelPrices(ctx, runtime().prices)
    const shown = prices.filter((price) => passes({ ...price, haystack: searchedText(price) }))
    const day = new Date(ctx.now).toISOString().slice(0, 10)
    return new Response(priceCsv(shown), {
      headers: downloadHeaders(
        'text/csv; charset=utf-8; header=present',
        `model-prices-${tenant}-${day}.csv`,
      ),
    })
  } catch (error) {
    if (isDomainError(error) && error.kind === 'forbidden') return nothingHere()
    throw error
  }
}
