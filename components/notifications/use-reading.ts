'use client'

import { useState } from 'react'
import { readNotices } from '@/app/[tenant]/notifications/actions'
import { attempt } from '@/components/settings/action-outcome'
import { notify } from '@/components/ui/notify'
import type { InboxItem } from '@/lib/notifications/inbox'
import { useUnread } from './unread-provider'

export interface Reading {
  isUnread: (notice: InboxItem) => boolean
  /** Read by this page, whatever its notices say. */
  readHere: ReadonlySet<string>
  read: (notice: InboxItem) => void
  readAll: () => void
}

/** Marking as read: shown at once, taken back where the server did not do it. */
export function useReading(tenant: string, notices: readonly InboxItem[]): Reading {
  const { count, seen, refresh } = useUnread()
  const [readHere, setReadHere] = useState<ReadonlySet<string>>(new Set())
  const isUnread = ({ id, readAt }: InboxItem) => readAt === null && !readHere.has(id)

  async function save(unread: readonly InboxItem[], choice: Parameters<typeof readNotices>[1]) {
    const ids = unread.map(({ id }) => id)
    setReadHere((before) => new Set([...before, ...ids]))
    const answer = await attempt(() => readNotices(tenant, choice))
    if (!answer.ok) {
      setReadHere((before) => new Set([...before].filter((id) => !ids.includes(id))))
      notify.error('It was not marked as read', { description: answer.problem.message })
    }
    await refresh()
  }
  return {
    isUnread,
    readHere,
    read(notice) {
      if (!isUnread(notice)) return
      seen(1)
      void save([notice], { ids: [notice.id] })
    },
    readAll() {
      seen(count)
      void save(notices.filter(isUnread), { all: true })
    },
  }
}
