import { usageReading } from '@/app/[tenant]/settings/usage/_usage-reading'
import { TabsNav } from '@/components/ui/tabs-nav'
import { NewEvents } from '@/components/usage/new-events'
import { UsageEvents } from '@/components/usage/usage-events'
import { UsageToolbar } from '@/components/usage/usage-toolbar'
import {
  EVENT_KINDS,
  type EventKind,
  eventKindOf,
  USAGE_NAMES,
  type UsageView,
  usageQueryString,
} from '@/components/usage/usage-view'
import { EVENT_WORDS } from '@/components/usage/usage-words'
import { listUsageEvents } from '@/lib/usage/events'
import { readUsage } from '@/lib/usage/queries'
import { distinctNames } from '@/lib/usage/series'

export type EventsTabProps = {
  tenant: string
  searchParams: Record<string, string | string[] | undefined>
}

/** Each model call and run as it was counted, with the formula of its cost. */
export async function EventsTab({ tenant, searchParams }: EventsTabProps) {
  const { ctx, view, range, agents } = await usageReading(tenant, searchParams)
  const filter = { origin: view.origin, only: view.only, kind: eventKindOf(view) }
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
        // A run has no model of its own.
        names={distinctNames(known, view.events === 'runs' ? ['agent'] : USAGE_NAMES)}
        agents={agents}
        live={<NewEvents url={`/${tenant}/settings/usage/stream`} since={ctx.now} />}
      />
      <TabsNav
        variant="segmented"
        label="Events of"
        className="w-fit"
        items={EVENT_KINDS.map((events) => ({
          href: `?${usageQueryString(listOf(view, events), { tab: 'events' })}`,
          label: EVENT_WORDS[events],
          current: events === view.events,
        }))}
      />
      <UsageEvents
        // Another filter is another list; so is one that begins with other events.
        key={`${query} ${firstPage.items[0]?.source} ${firstPage.items[0]?.id}`}
        tenant={tenant}
        query={query}
        kind={view.events}
        agents={agents}
        firstPage={firstPage}
      />
    </>
  )
}

/** The same days and filters, but none that runs cannot answer to. */
function listOf(view: UsageView, events: EventKind): UsageView {
  const only = events === 'runs' ? { ...view.only, provider: [], model: [] } : view.only
  return { ...view, events, only }
}
