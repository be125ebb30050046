import { dashboardContext } from '@/app/_session/dashboard-context'
import { PriceList } from '@/app/[tenant]/settings/model-pricing/_price-list-code'
import { readPriceFilters } from '@/components/model-pricing/prices/price-filters'
import { packPrices } from '@/components/model-pricing/prices/price-rows'
import { can } from '@/lib/access/principal'
import { listModelPrices } from '@/lib/model-pricing/price-list'
import { runtime } from '@/lib/runtime'

export type PricesTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

/** What every model costs the organization now. */
export async function PricesTab({ tenant, searchParams }: PricesTabProps) {
  const ctx = await dashboardContext(tenant)
  const prices = await listModelPrices(ctx, runtime().prices)
  return (
    <PriceList
      tenant={tenant}
      prices={packPrices(prices)}
      mayWrite={can(ctx.principal, 'prices:write')}
      initialFilters={readPriceFilters(searchParams)}
    />
  )
}
