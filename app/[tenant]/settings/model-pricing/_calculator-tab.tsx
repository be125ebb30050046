import { type DashboardContext, dashboardContext } from '@/app/_session/dashboard-context'
import { Calculator } from '@/app/[tenant]/settings/model-pricing/_price-list-code'
import {
  MODELS_MAX,
  readCalculatorInputs,
} from '@/components/model-pricing/calculator/calculator-inputs'
import { packPrices, priceKey } from '@/components/model-pricing/prices/price-rows'
import { listModelPrices } from '@/lib/model-pricing/price-list'
import { runtime } from '@/lib/runtime'
import { DAY_MS } from '@/lib/tokens/model'
import { readUsage } from '@/lib/usage/queries'

export type CalculatorTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

/** Back-of-envelope: what calls would cost, with the models that the organization uses most to begin with. */
export async function CalculatorTab({ tenant, searchParams }: CalculatorTabProps) {
  const ctx = await dashboardContext(tenant)
  const [prices, used] = await Promise.all([
    listModelPrices(ctx, runtime().prices),
    mostUsedModels(ctx),
  ])
  const known = new Set(prices.map(priceKey))
  const suggested = used.filter((key) => known.has(key)).slice(0, MODELS_MAX)
  return (
    <Calculator
      prices={packPrices(prices)}
      initial={readCalculatorInputs(searchParams, suggested)}
    />
  )
}

/** By their calls of the last 30 days. */
async function mostUsedModels(ctx: DashboardContext): Promise<string[]> {
  const today = ctx.now - (ctx.now % DAY_MS)
  const days = await readUsage(ctx, {
    from: today - 29 * DAY_MS,
    to: today + DAY_MS,
    interval: 'DAY',
    origin: null,
    groupBy: ['provider', 'model'],
    only: {},
  })
  const calls = new Map<string, number>()
  for (const { names, calls: count } of days) {
    const [provider = '', model = ''] = names
    const key = priceKey({ provider, model, agent: null })
    calls.set(key, (calls.get(key) ?? 0) + count)
  }
  return [...calls].sort(([, one], [, other]) => other - one).map(([key]) => key)
}
