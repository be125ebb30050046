import { dashboardContext } from '@/app/_session/dashboard-context'
import type { BillingTabProps } from '@/app/[tenant]/settings/billing/_overview-tab'
import { BilledLines } from '@/components/billing/billed-lines'
import { CreditCard } from '@/components/billing/credit-card'
import { ExpectedCard } from '@/components/billing/expected-card'
import { PeriodFigures } from '@/components/billing/period-figures'
import { SpendLimitsCard } from '@/components/billing/spend-limits-card'
import { TotalsList } from '@/components/billing/totals-list'
import { SectionCard } from '@/components/settings/section-card'
import { EmptyState } from '@/components/ui/empty-state'
import { LiveRefresh } from '@/components/usage/live-refresh'
import { readBudgetOverview } from '@/lib/budgets/overview'
import { readCredits } from '@/lib/invoices/credits'
import { days } from '@/lib/invoices/wording'
import { runtime } from '@/lib/runtime'
import { readNextInvoice } from '@/lib/subscriptions/next-invoice'

/** What the period costs so far, what it will cost, what limits it, and what is in hand to pay it with. */
export async function PeriodTab({ tenant }: BillingTabProps) {
  const ctx = await dashboardContext(tenant)
  const { tax } = runtime().billing
  const [next, credits, { budgets }] = await Promise.all([
    readNextInvoice(ctx, { tax }),
    readCredits(ctx),
    readBudgetOverview(ctx),
  ])
  const { period, lines, totals } = next
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-muted text-sm">
        <p className="tabular-nums">{days(period)} · days are UTC</p>
        <LiveRefresh url={`/${tenant}/settings/usage/stream`} since={ctx.now} />
      </div>
      <PeriodFigures next={next} balanceCents={credits.balanceCents} />
      <SectionCard
        title="The next invoice, as things stand"
        description="It is made when the period ends. Plans are paid in advance: their fee is for the period that follows."
        flush
      >
        {lines.length === 0 ? (
          <EmptyState
            framed={false}
            title="Nothing to pay so far"
            description="Model calls are listed here within seconds, at what they cost."
          />
        ) : (
          <>
            <BilledLines tenant={tenant} label="Lines of the next invoice" lines={lines} />
            <div className="border-subtle border-t px-5 py-4">
              <div className="ml-auto sm:max-w-xs">
                <TotalsList totals={totals} taxName={tax?.name ?? null} dueLabel="To pay so far" />
              </div>
            </div>
          </>
        )}
      </SectionCard>
      <ExpectedCard next={next} />
      <SpendLimitsCard tenant={tenant} budgets={budgets} />
      <CreditCard tenant={tenant} credits={credits} />
    </>
  )
}
