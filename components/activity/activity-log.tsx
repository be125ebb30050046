'use client'

import { Pause, Play } from 'lucide-react'
import { useRef, useState } from 'react'
import { replaceSearchParams } from '@/components/settings/search-params'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { EmptyState } from '@/components/ui/empty-state'
import type { ActivityEvent } from '@/lib/activity/queries'
import type { Page } from '@/lib/paging'
import {
  type ActivityFilterChoice,
  activityFilterParams,
  isFiltered,
  NO_ACTIVITY_FILTER,
} from './activity-filter'
import { ActivityFilterBar } from './activity-filter-bar'
import { ActivityTable } from './activity-table'
import { LiveIndicator } from './live-indicator'
import { type LoadActivity, useActivityFeed } from './use-activity-feed'
import { useLiveSignal } from './use-live-signal'
import { useScrollKeeper } from './use-scroll-keeper'

export type ActivityLogProps = {
  /** "Activity of prod-server". */
  label: string
  now: number
  firstPage: Page<ActivityEvent>
  load: LoadActivity
  /** Address of the stream of signals; null = no live rows. */
  streamUrl: string | null
  /** As given by the address; `firstPage` is already filtered by it. */
  initialFilter?: ActivityFilterChoice | undefined
}

const SEARCH_DELAY_MS = 200

/** Calls made with a token or by a service account, newest first, new ones as they happen. */
export function ActivityLog({
  label,
  now,
  firstPage,
  load,
  streamUrl,
  initialFilter = NO_ACTIVITY_FILTER,
}: ActivityLogProps) {
  const [filter, setFilter] = useState(initialFilter)
  const [paused, setPaused] = useState(false)
  const keeper = useScrollKeeper()
  const feed = useActivityFeed(load, firstPage, initialFilter, keeper.remember)
  const status = useLiveSignal({ url: paused ? null : streamUrl, since: now }, feed.refresh)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  function change(next: ActivityFilterChoice) {
    const typing = next.search !== filter.search
    setFilter(next)
    replaceSearchParams(activityFilterParams(next))
    clearTimeout(timer.current)
    timer.current = setTimeout(() => feed.applyFilter(next), typing ? SEARCH_DELAY_MS : 0)
  }

  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <ActivityFilterBar filter={filter} onChange={change} pending={feed.loading === 'filter'} />
        {streamUrl ? (
          <div className="ml-auto flex items-center gap-3">
            <LiveIndicator status={paused ? 'paused' : status} />
            <Button size="sm" onClick={() => setPaused(!paused)} aria-pressed={paused}>
              {paused ? <Play aria-hidden /> : <Pause aria-hidden />}
              {paused ? 'Resume' : 'Pause'}
            </Button>
          </div>
        ) : null}
      </div>
      {feed.failure ? (
        <Callout tone="danger" live title="Activity could not be loaded">
          {feed.failure}
        </Callout>
      ) : null}
      <div ref={keeper.container} className="[overflow-anchor:none]">
        <ActivityTable
          label={label}
          events={feed.events}
          now={now}
          dimmed={feed.loading === 'filter'}
          empty={
            <NoActivity
              filtered={isFiltered(feed.filter)}
              scanning={feed.hasMore}
              onClear={() => change(NO_ACTIVITY_FILTER)}
            />
          }
        />
      </div>
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-3">
        <output className="text-muted text-sm tabular-nums">
          {summary(feed.events.length, feed.total, isFiltered(feed.filter))}
        </output>
        {feed.hasMore ? (
          <Button onClick={feed.loadMore} loading={feed.loading === 'more'}>
            {isFiltered(feed.filter) && feed.events.length === 0
              ? 'Look further back'
              : 'Load more'}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

function summary(shown: number, total: number, filtered: boolean): string {
  if (shown === 0) return ''
  const count = (value: number) => value.toLocaleString('en-US')
  return filtered
    ? `${count(shown)} matching calls, of ${count(total)} in all`
    : `${count(shown)} of ${count(total)} calls`
}

type NoActivityProps = { filtered: boolean; scanning: boolean; onClear: () => void }

function NoActivity({ filtered, scanning, onClear }: NoActivityProps) {
  if (!filtered) {
    return (
      <EmptyState
        framed={false}
        title="No calls yet"
        description="Every authenticated call will appear here as it happens."
      />
    )
  }
  return (
    <EmptyState
      framed={false}
      title="No call matches"
      description={
        scanning ? 'Nothing among the latest 20,000 calls. Older ones may match.' : undefined
      }
      actions={<Button onClick={onClear}>Clear filters</Button>}
    />
  )
}
