'use client'

import { useEffect, useEffectEvent, useState, useTransition } from 'react'
import { loadInbox } from '@/app/[tenant]/notifications/actions'
import { attempt } from '@/components/settings/action-outcome'
import type { InboxItem, InboxPage } from '@/lib/notifications/inbox'
import { withFirstPage, withNextPage } from './inbox-pages'
import { useUnread } from './unread-provider'
import { type Reading, useReading } from './use-reading'

export interface InboxFeed extends Reading {
  notices: readonly InboxItem[]
  hasMore: boolean
  loading: boolean
  failure: string | null
  loadMore: () => void
}

/** What was loaded so far; new notices come on top by themselves. */
export function useInbox(tenant: string, firstPage: InboxPage, unreadOnly: boolean): InboxFeed {
  const { changes } = useUnread()
  const [given, setGiven] = useState(firstPage)
  const [shown, setShown] = useState(firstPage)
  const [failure, setFailure] = useState<string | null>(null)
  const [loading, startTransition] = useTransition()
  const reading = useReading(tenant, shown.items)
  // The page was rendered anew.
  if (firstPage !== given) {
    setGiven(firstPage)
    setShown(withFirstPage(shown, firstPage, reading.readHere))
  }

  const renew = useEffectEvent(async () => {
    const answer = await attempt(() => loadInbox(tenant, { unreadOnly }))
    // Without an answer the next change asks again.
    if (answer.ok) setShown((before) => withFirstPage(before, answer.data, reading.readHere))
  })
  // The server, which keeps the notices, is the external system.
  useEffect(() => {
    if (changes > 0) void renew()
  }, [changes])

  return {
    ...reading,
    notices: shown.items,
    failure,
    loading,
    hasMore: shown.nextPageToken !== '',
    loadMore: () =>
      startTransition(async () => {
        const { nextPageToken } = shown
        const answer = await attempt(() =>
          loadInbox(tenant, { pageToken: nextPageToken, unreadOnly }),
        )
        startTransition(() => {
          setFailure(answer.ok ? null : answer.problem.message)
          if (answer.ok) setShown((before) => withNextPage(before, answer.data))
        })
      }),
  }
}
