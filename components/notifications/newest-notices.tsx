'use client'

import { BellOff } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Skeleton, SkeletonRegion } from '@/components/ui/skeleton'
import { moveByArrows } from './list-keys'
import { NoticeRow } from './notice-row'
import type { Newest } from './use-newest'

export type NewestNoticesProps = { tenant: string; newest: Newest; onNavigate: () => void }

/** The list in the popover, or what stands in its place. */
export function NewestNotices({ tenant, newest, onNavigate }: NewestNoticesProps) {
  const { notices, failure, isUnread } = newest
  if (failure !== null && notices === null) {
    return (
      <EmptyState
        framed={false}
        title="Your notifications could not be loaded"
        description={failure}
        actions={<Button onClick={() => void newest.load()}>Try again</Button>}
      />
    )
  }
  if (notices === null) return <Loading />
  if (notices.length === 0) {
    return (
      <EmptyState
        framed={false}
        icon={<BellOff />}
        title="Nothing to tell you yet"
        description="What happens to your tokens, your account and your organizations will be here."
      />
    )
  }
  return (
    <ul
      onKeyDown={moveByArrows}
      className="min-h-0 flex-1 divide-y divide-subtle overflow-y-auto overscroll-contain"
    >
      {notices.map((notice) => (
        <NoticeRow
          key={notice.id}
          notice={notice}
          unread={isUnread(notice)}
          brief
          otherwise={`/${tenant}/notifications`}
          onFollow={() => {
            newest.read(notice)
            onNavigate()
          }}
        />
      ))}
    </ul>
  )
}

function Loading() {
  return (
    <SkeletonRegion label="Loading your notifications" className="divide-y divide-subtle">
      {['a', 'b', 'c'].map((row) => (
        <div key={row} className="flex gap-3 px-4 py-3">
          <Skeleton className="size-8 shrink-0" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className="w-2/3" />
            <Skeleton className="h-3 w-full" />
            <Skeleton className="h-3 w-1/3" />
          </div>
        </div>
      ))}
    </SkeletonRegion>
  )
}
