import { Suspense } from 'react'
import { type UsageReading, usageReading } from '@/app/[tenant]/settings/usage/_usage-reading'
import { verifyUsageNow } from '@/app/[tenant]/settings/usage/actions'
import { SectionCard } from '@/components/settings/section-card'
import { Skeleton } from '@/components/ui/skeleton'
import { ContributorsCard } from '@/components/usage/contributors-card'
import { LiveRefresh } from '@/components/usage/live-refresh'
import { PlanCard } from '@/components/usage/plan-card'
import { eventsOfView, timeBars } from '@/components/usage/time-bars'
import { UnusualCard } from '@/components/usage/unusual-card'
import { UsageBreakdown } from '@/components/usage/usage-breakdown'
import { barsOf, usageChart } from '@/components/usage/usage-chart'
import { UsageChartCard } from '@/components/usage/usage-chart-card'
import { UsageEmpty } from '@/components/usage/usage-empty'
import { UsageFigures } from '@/components/usage/usage-figures'
import { UsageToolbar } from '@/components/usage/usage-toolbar'
import { isNarrowed, USAGE_NAMES, usageQueryString } from '@/components/usage/usage-view'
import { VerifiedBadge } from '@/components/usage/verified-badge'
import { periodStartsIn } from '@/lib/plans/billing-period'
import { runtime } from '@/lib/runtime'
import { readContributors, readUnusualUsage } from '@/lib/usage/contributors'
import { intervalOf } from '@/lib/usage/period'
import { readTokenAllowance } from '@/lib/usage/plan-use'
import { readUsage } from '@/lib/usage/queries'
import { readRequestAllowance, readStorageAllowance } from '@/lib/usage/request-plan-use'
import { bucketsOf, type Dimension, distinctNames, totalOf } from '@/lib/usage/series'
import { lastVerification } from '@/lib/usage/verification'

export type ModelsTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

/** What models were used for: figures, chart and tables, all of the same sums. */
export async function ModelsTab({ tenant, searchParams }: ModelsTabProps) {
  const reading = await usageReading(tenant, searchParams)
  const { ctx, view, range, comparison, span, spans, plan, agents } = reading
  const base = `/${tenant}/settings/usage`
  const names = namesOf(reading)
  const [known, chartRows, beforeRows, total, now, before, verified] = await Promise.all([
    readUsage(ctx, { ...whole(range), origin: null, groupBy: [...USAGE_NAMES], only: {} }),
    readUsage(ctx, chartQuery(reading)),
    comparison && span === 'DAY' && view.by === 'time'
      ? readUsage(ctx, { ...chosen(reading), ...comparison.before, groupBy: [] })
      : [],
    readUsage(ctx, { ...chosen(reading), ...whole(range), groupBy: names }),
    comparison
      ? readUsage(ctx, { ...chosen(reading), ...whole(comparison.now), groupBy: names })
      : [],
    comparison
      ? readUsage(ctx, { ...chosen(reading), ...whole(comparison.before), groupBy: names })
      : [],
    lastVerification(ctx),
  ])
  const columns =
    view.by === 'time'
      ? timeBars({
          starts: bucketsOf({ ...range, interval: intervalOf(span), per: span }),
          span,
          range,
          before: comparison && span === 'DAY' ? { comparison, rows: beforeRows } : null,
          periodStarts: periodStartsIn(range, plan.anchorDay),
          view,
          base,
        })
      : barsOf(chartRows, view, agents)
  const query = usageQueryString(view)
  return (
    <>
      <UsageToolbar
        view={view}
        range={range}
        names={distinctNames(known, USAGE_NAMES)}
        agents={agents}
        exportHref={`${base}/export?${query}`}
        live={<LiveRefresh url={`${base}/stream`} since={ctx.now} />}
      />
      {known.length === 0 && !isNarrowed(view) ? (
        <UsageEmpty tenant={tenant} publicUrl={runtime().environment.PUBLIC_URL} range={range} />
      ) : (
        <>
          <UsageFigures
            total={totalOf(total)}
            now={totalOf(now)}
            before={totalOf(before)}
            comparison={comparison}
            pricingHref={`/${tenant}/settings/model-pricing?tab=corrections`}
            eventsHref={eventsOfView(base, view)}
          />
          <UsageChartCard
            view={view}
            span={span}
            spans={spans}
            base={base}
            data={usageChart(chartRows, columns, view, agents)}
          />
          <UsageBreakdown
            rows={total}
            now={now}
            before={before}
            names={names}
            reading={{ view, base, agents }}
          />
        </>
      )}
      <Suspense fallback={<Skeleton className="h-48 rounded-lg" />}>
        <Insights reading={reading} tenant={tenant} />
      </Suspense>
      <VerifiedBadge
        verified={verified}
        now={ctx.now}
        verify={verifyUsageNow.bind(null, tenant, {})}
      />
    </>
  )
}

/** Apart, because the page is of use before they are there. */
async function Insights({ reading, tenant }: { reading: UsageReading; tenant: string }) {
  const { ctx, comparison, plan, view, agents } = reading
  const choice = { origin: view.origin, only: view.only }
  const [contributors, unusual, tokens, requests, storage] = await Promise.all([
    comparison ? readContributors(ctx, comparison, choice) : [],
    readUnusualUsage(ctx, choice),
    readTokenAllowance(ctx, plan),
    readRequestAllowance(ctx, plan),
    readStorageAllowance(ctx, plan),
  ])
  return (
    <>
      <ContributorsCard
        contributors={contributors}
        comparison={comparison}
        agents={agents}
        base={`/${tenant}/settings/usage`}
      />
      <UnusualCard days={unusual} agents={agents} base={`/${tenant}/settings/usage`} />
      <SectionCard
        title={`${plan.plan.name} plan`}
        description="What the plan includes in this billing period, and how much of it is used."
      >
        <PlanCard
          uses={[
            { label: 'Model tokens', unit: 'tokens', use: tokens, href: '?measure=tokens' },
            { label: 'Requests', unit: 'count', use: requests, href: '?tab=requests' },
            { label: 'Storage', unit: 'bytes', use: storage, href: '?tab=requests' },
          ]}
          period={plan.period}
        />
      </SectionCard>
    </>
  )
}

function chosen({ view, span }: UsageReading) {
  return {
    interval: intervalOf(span),
    origin: view.origin,
    only: view.only,
  } as const
}

function whole(range: { from: number; to: number }) {
  return { ...range, interval: 'DAY', per: 'RANGE' } as const
}

function chartQuery(reading: UsageReading) {
  const { view, range, span } = reading
  const split: Dimension[] = view.split === 'none' || view.split === 'kind' ? [] : [view.split]
  return view.by === 'time'
    ? { ...chosen(reading), ...range, per: span, groupBy: split }
    : { ...chosen(reading), ...whole(range), groupBy: [view.by, ...split] }
}

/** What the table below the chart has a row for. */
function namesOf({ view }: UsageReading): (typeof USAGE_NAMES)[number][] {
  const split = view.split === 'none' || view.split === 'kind' ? null : view.split
  if (view.by === 'time') return [split ?? 'model']
  return split ? [view.by, split] : [view.by]
}
