import { dashboardContext } from '@/app/_session/dashboard-context'
import { CorrectionsPanel } from '@/app/[tenant]/settings/model-pricing/_own-prices-code'
import { readCorrectionWish, readOwnPriceWish } from '@/components/model-pricing/correction-address'
import { can } from '@/lib/access/principal'
import { ROLE_FACTS } from '@/lib/access/roles'
import { listOwnPrices } from '@/lib/model-pricing/own-prices'
import { runtime } from '@/lib/runtime'
import { listReRatings } from '@/lib/usage/re-rating-list'
import { listUnpriced } from '@/lib/usage/unpriced'
import { usedNames } from '@/lib/usage/used-names'

const DAY_MS = 86_400_000
/** For choosing whose calls to correct. */
const NAMES_OF_DAYS = 90

export type CorrectionsTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

/** Models without a price, the organization's own prices, and corrections of what was counted. */
export async function CorrectionsTab({ tenant, searchParams }: CorrectionsTabProps) {
  const ctx = await dashboardContext(tenant)
  const tomorrow = (Math.floor(ctx.now / DAY_MS) + 1) * DAY_MS
  const wanted = readOwnPriceWish(searchParams)
  const [book, own, unpriced, corrections, names] = await Promise.all([
    runtime().prices.of(ctx.db, ctx.organization.id),
    listOwnPrices(ctx),
    listUnpriced(ctx, runtime().meter),
    listReRatings(ctx),
    usedNames(ctx, { from: tomorrow - NAMES_OF_DAYS * DAY_MS, to: tomorrow }),
  ])
  const standing =
    wanted && book.priceOf({ ...wanted, agent: wanted.agent ?? '', occurredAt: ctx.now })
  return (
    <CorrectionsPanel
      tenant={tenant}
      now={ctx.now}
      mayWrite={can(ctx.principal, 'prices:write')}
      roleLabel={ROLE_FACTS[ctx.principal.role].label}
      own={own}
      unpriced={unpriced}
      corrections={corrections}
      names={names}
      prefill={wanted && { ...wanted, rates: standing?.rates ?? null }}
      wish={readCorrectionWish(searchParams, ctx.now)}
    />
  )
}
