import { usageReading } from '@/app/[tenant]/settings/usage/_usage-reading'
import { NewEvents } from '@/components/usage/new-events'
import { UsageEvents } from '@/components/usage/usage-events'
import { UsageToolbar } from '@/components/usage/usage-toolbar'
import { USAGE_NAMES, usageQueryString } from '@/components/usage/usage-view'
import { listUsageEvents } from '@/lib/usage/events'
import { readUsage } from '@/lib/usage/queries'
import { distinctNames } from '@/lib/usage/series'

export type EventsTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

/** Each model call and run as it was counted, with the formula of its cost. */
export async function EventsTab({ tenant, searchParams }: EventsTabProps) {
  const { ctx, view, range } = await usageReading(tenant, searchParams)
  const filter = { origin: view.origin, only: view.only }
  const [known, firstPage] = await Promise.all([
    readUsage(ctx, {
      ...range,
      interval: 'DAY',
      per: 'RANGE',
      origin: null,
      groupBy: [...USAGE_NAMES],
      only: {},
    }),
    listUsageEvents(ctx, { ...range, ...filter }),
  ])
  const query = usageQueryString(view)
  return (
    <>
      <UsageToolbar
        view={view}
        range={range}
        names={distinctNames(known, USAGE_NAMES)}
        live={<NewEvents url={`/${tenant}/settings/usage/stream`} since={ctx.now} />}
      />
      <UsageEvents
        // Another filter is another list; so is one that begins with other events.
        key={`${query} ${firstPage.items[0]?.source} ${firstPage.items[0]?.id}`}
        tenant={tenant}
        query={query}
        now={ctx.now}
        firstPage={firstPage}
      />
    </>
  )
}
