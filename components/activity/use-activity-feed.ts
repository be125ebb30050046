'use client'

import { useRef, useState } from 'react'
import { attempt, type Outcome } from '@/components/settings/action-outcome'
import type { ActivityEvent } from '@/lib/activity/queries'
import type { Page } from '@/lib/paging'
import type { ActivityFilterChoice } from './activity-filter'

export type ActivityRequest = ActivityFilterChoice & { pageToken: string }
export type LoadActivity = (request: ActivityRequest) => Promise<Outcome<Page<ActivityEvent>>>

interface Shown {
  filter: ActivityFilterChoice
  events: ActivityEvent[]
  nextPageToken: string
  total: number
}

/** Rows kept in the page: beyond it the oldest are dropped and can be loaded again. */
const KEPT_MAX = 2000

export interface ActivityFeed {
  /** What the rows answer to; behind the choice while an answer is on its way. */
  filter: ActivityFilterChoice
  events: ActivityEvent[]
  total: number
  hasMore: boolean
  loading: 'filter' | 'more' | null
  failure: string | null
  applyFilter: (filter: ActivityFilterChoice) => Promise<void>
  loadMore: () => Promise<void>
  /** Loads the newest rows and puts those not yet shown on top. */
  refresh: () => Promise<void>
}

/** The activity rows of one subject. An answer to a question that is no longer asked is thrown away. */
export function useActivityFeed(
  load: LoadActivity,
  firstPage: Page<ActivityEvent>,
  initialFilter: ActivityFilterChoice,
  beforePrepend: () => void,
): ActivityFeed {
  const [shown, setShown] = useState<Shown>(() => shownOf(initialFilter, firstPage))
  const [loading, setLoading] = useState<ActivityFeed['loading']>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const generation = useRef(0)
  const refreshing = useRef<'no' | 'yes' | 'again'>('no')

  async function applyFilter(filter: ActivityFilterChoice) {
    const asked = ++generation.current
    setLoading('filter')
    const answer = await attempt(() => load({ ...filter, pageToken: '' }))
    if (asked !== generation.current) return
    setLoading(null)
    setFailure(answer.ok ? null : answer.problem.message)
    if (answer.ok) setShown(shownOf(filter, answer.data))
  }

  async function loadMore() {
    const asked = generation.current
    setLoading('more')
    const answer = await attempt(() => load({ ...shown.filter, pageToken: shown.nextPageToken }))
    if (asked !== generation.current) return
    setLoading(null)
    setFailure(answer.ok ? null : answer.problem.message)
    if (!answer.ok) return
    const { items, nextPageToken } = answer.data
    setShown((now) => ({ ...now, events: [...now.events, ...items], nextPageToken }))
  }

  async function refresh() {
    if (refreshing.current !== 'no') {
      refreshing.current = 'again'
      return
    }
    refreshing.current = 'yes'
    const asked = generation.current
    const answer = await attempt(() => load({ ...shown.filter, pageToken: '' }))
    if (answer.ok && asked === generation.current) {
      beforePrepend()
      setShown((now) => withNewest(now, answer.data))
    }
    const again = (refreshing.current as string) === 'again'
    refreshing.current = 'no'
    if (again) await refresh()
  }

  return {
    filter: shown.filter,
    events: shown.events,
    total: Math.max(shown.total, shown.events.length),
    hasMore: shown.nextPageToken !== '',
    loading,
    failure,
    applyFilter,
    loadMore,
    refresh,
  }
}

function shownOf(filter: ActivityFilterChoice, page: Page<ActivityEvent>): Shown {
  return {
    filter,
    events: page.items,
    nextPageToken: page.nextPageToken,
    total: page.totalCount,
  }
}

function withNewest(shown: Shown, page: Page<ActivityEvent>): Shown {
  const known = new Set(shown.events.map((event) => event.id))
  const fresh = page.items.filter((event) => !known.has(event.id))
  if (fresh.length === 0) return { ...shown, total: page.totalCount }
  // A page of nothing but new rows may hide others behind it: start over from it, without a hole.
  const gap = fresh.length === page.items.length && page.nextPageToken !== '' && known.size > 0
  if (gap || shown.events.length + fresh.length > KEPT_MAX) return shownOf(shown.filter, page)
  return { ...shown, events: [...fresh, ...shown.events], total: page.totalCount }
}
