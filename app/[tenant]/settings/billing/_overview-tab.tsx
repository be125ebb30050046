import { dashboardContext } from '@/app/_session/dashboard-context'
import { SubscriptionCard } from '@/app/[tenant]/settings/billing/_billing-code'
import { cardCollection } from '@/app/[tenant]/settings/billing/_card-collection'
import { seatWords } from '@/components/billing/billing-words'
import { ChangesCard } from '@/components/billing/changes-card'
import { PaymentMethodCard } from '@/components/billing/payment-method-card'
import { PeriodFigures } from '@/components/billing/period-figures'
import { SectionCard } from '@/components/settings/section-card'
import { PlanCard } from '@/components/usage/plan-card'
import { can } from '@/lib/access/principal'
import { readCredits } from '@/lib/invoices/credits'
import { runtime } from '@/lib/runtime'
import { readNextInvoice } from '@/lib/subscriptions/next-invoice'
import { listSubscriptionChanges, readSubscription } from '@/lib/subscriptions/queries'
import { readSeatAllowance } from '@/lib/subscriptions/seat-use'
import { TRIAL_DAYS } from '@/lib/subscriptions/subscription-rules'
import { readTokenAllowance } from '@/lib/usage/plan-use'
import { readRequestAllowance, readStorageAllowance } from '@/lib/usage/request-plan-use'

export type BillingTabProps = { tenant: string }

/** The plan, what it costs in this period, what is used of it, and what became of it before. */
export async function OverviewTab({ tenant }: BillingTabProps) {
  const ctx = await dashboardContext(tenant)
  const subscription = await readSubscription(ctx)
  const { tax, seller } = runtime().billing
  const [collection, tokens, requests, storage, seats, changes, next, credits] = await Promise.all([
    cardCollection(tenant),
    readTokenAllowance(ctx, subscription),
    readRequestAllowance(ctx, subscription),
    readStorageAllowance(ctx, subscription),
    readSeatAllowance(ctx, subscription),
    listSubscriptionChanges(ctx),
    readNextInvoice(ctx, { tax }),
    readCredits(ctx),
  ])
  const usage = `/${tenant}/settings/usage`
  return (
    <>
      <SubscriptionCard
        tenant={tenant}
        subscription={subscription}
        trialDays={TRIAL_DAYS}
        mayChange={can(ctx.principal, 'billing:write')}
      />
      <PeriodFigures next={next} balanceCents={credits.balanceCents} />
      {collection ? (
        <PaymentMethodCard tenant={tenant} payment={seller.payment} collection={collection} />
      ) : null}
      <SectionCard
        title="What is used of the plan"
        description="What goes beyond is charged when the period ends. Nothing is switched off."
      >
        <PlanCard
          uses={[
            {
              label: 'Seats',
              unit: 'count',
              use: seats,
              href: `/${tenant}/settings/team`,
              outlook: seatWords(seats, subscription.plan),
            },
            {
              label: 'Model tokens',
              unit: 'tokens',
              use: tokens,
              href: `${usage}?measure=tokens`,
            },
            { label: 'Requests', unit: 'count', use: requests, href: `${usage}?tab=requests` },
            { label: 'Storage', unit: 'bytes', use: storage, href: `${usage}?tab=requests` },
          ]}
          period={subscription.period}
        />
      </SectionCard>
      <ChangesCard changes={changes} />
    </>
  )
}
