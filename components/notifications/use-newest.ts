'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { loadInbox } from '@/app/[tenant]/notifications/actions'
import { attempt } from '@/components/settings/action-outcome'
import type { InboxItem } from '@/lib/notifications/inbox'
import { useUnread } from './unread-provider'
import { type Reading, useReading } from './use-reading'

const NEWEST = 8

export interface Newest extends Reading {
  /** Null until there is an answer. */
  notices: readonly InboxItem[] | null
  failure: string | null
  load: () => Promise<void>
}

/** The newest notices, read at each opening and, while it is open, at each change. */
export function useNewest(tenant: string, open: boolean): Newest {
  const { changes } = useUnread()
  const [notices, setNotices] = useState<readonly InboxItem[] | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const reading = useReading(tenant, notices ?? [])

  async function load() {
    const answer = await attempt(() => loadInbox(tenant, {}))
    setFailure(answer.ok ? null : answer.problem.message)
    if (answer.ok) setNotices(answer.data.items.slice(0, NEWEST))
  }
  const loaded = useEffectEvent(() => void load())
  // The server, which keeps the notices, is the external system.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change is a reason to read again
  useEffect(() => {
    if (open) loaded()
  }, [open, changes])

  return { ...reading, notices, failure, load }
}
