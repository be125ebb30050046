import { usageReading } from '@/app/[tenant]/settings/usage/_usage-reading'
import { SectionCard } from '@/components/settings/section-card'
import { LiveRefresh } from '@/components/usage/live-refresh'
import { PlanCard } from '@/components/usage/plan-card'
import { RequestsCard } from '@/components/usage/requests-card'
import { StorageCard } from '@/components/usage/storage-card'
import { UsageToolbar } from '@/components/usage/usage-toolbar'
import { seesOrganizationInventory } from '@/lib/access/principal'
import { periodStartsIn } from '@/lib/plans/billing-period'
import { runtime } from '@/lib/runtime'
import { intervalOf } from '@/lib/usage/period'
import { readRequestAllowance, readStorageAllowance } from '@/lib/usage/request-plan-use'
import { readRequests } from '@/lib/usage/requests'
import { bucketsOf, type Span, spanStart } from '@/lib/usage/series'
import { readStorage } from '@/lib/usage/storage'
import { readTokenRequests } from '@/lib/usage/token-requests'

export type RequestsTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

/** What programs asked of the product, and what knowledge bases hold. */
export async function RequestsTab({ tenant, searchParams }: RequestsTabProps) {
  const { ctx, view, range, comparison, span, plan } = await usageReading(tenant, searchParams)
  const publicUrl = runtime().environment.PUBLIC_URL
  const interval = intervalOf(span)
  // A level is told by the day at most.
  const storageSpan: Span = span === 'HOUR' ? 'DAY' : span
  const [rows, tokens, now, before, storage, requestUse, storageUse] = await Promise.all([
    readRequests(ctx, { ...range, interval }),
    readTokenRequests(ctx, range),
    comparison ? readRequests(ctx, { ...comparison.now, interval: 'DAY' }) : [],
    comparison ? readRequests(ctx, { ...comparison.before, interval: 'DAY' }) : [],
    readStorage(ctx, range),
    readRequestAllowance(ctx, plan),
    readStorageAllowance(ctx, plan),
  ])
  const marks = periodStartsIn(range, plan.anchorDay).map((start) => spanStart(start, span))
  return (
    <>
      <UsageToolbar
        view={view}
        range={range}
        names={{}}
        origins={false}
        live={<LiveRefresh url={`/${tenant}/settings/usage/stream`} since={ctx.now} />}
      />
      <RequestsCard
        rows={rows}
        now={now}
        before={before}
        comparison={comparison}
        shown={{ view, range, span, starts: bucketsOf({ ...range, interval, per: span }) }}
        tokens={tokens}
        reader={{
          seesAll: seesOrganizationInventory(ctx.principal),
          userId: ctx.principal.userId,
        }}
        keptDays={runtime().environment.ACTIVITY_RETENTION_DAYS}
        marks={new Set(span === 'HOUR' ? [] : marks)}
        tenant={tenant}
        publicUrl={publicUrl}
      />
      <StorageCard
        history={storage}
        span={storageSpan}
        starts={bucketsOf({ ...range, interval: 'DAY', per: storageSpan })}
        now={ctx.now}
        tenant={tenant}
        publicUrl={publicUrl}
      />
      <SectionCard
        title={`${plan.plan.name} plan`}
        description="What the plan includes, and how much of it is used."
      >
        <PlanCard
          uses={[
            { label: 'Requests', unit: 'count', use: requestUse, href: '?tab=requests' },
            { label: 'Storage', unit: 'bytes', use: storageUse, href: '?tab=requests' },
          ]}
          period={plan.period}
        />
      </SectionCard>
    </>
  )
}
