'use client'

import { BellOff, CheckCheck } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { TabsNav } from '@/components/ui/tabs-nav'
import type { InboxPage } from '@/lib/notifications/inbox'
import { groupByDay } from './days'
import { moveByArrows } from './list-keys'
import { NoticeRow } from './notice-row'
import { preferencesHref } from './preferences-href'
import { useUnread } from './unread-provider'
import { type InboxFeed, useInbox } from './use-inbox'

export type InboxProps = {
  tenant: string
  now: number
  /** The person's; days begin at its midnight. */
  timeZone: string
  unreadOnly: boolean
  firstPage: InboxPage
}

/** Everything the person was told, newest first, under the days on which it came. */
export function Inbox({ tenant, now, timeZone, unreadOnly, firstPage }: InboxProps) {
  const { count } = useUnread()
  const inbox = useInbox(tenant, firstPage, unreadOnly)
  const base = `/${tenant}/notifications`
  return (
    <div className="flex min-w-0 max-w-form flex-col gap-4">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-2">
        <TabsNav
          label="Which"
          variant="segmented"
          items={[
            { href: base, label: 'All', current: !unreadOnly },
            { href: `${base}?unread=1`, label: 'Unread', current: unreadOnly, count },
          ]}
        />
        {count > 0 ? (
          <Button onClick={inbox.readAll}>
            <CheckCheck aria-hidden />
            Mark all as read
          </Button>
        ) : null}
      </div>
      {inbox.notices.length === 0 ? (
        <Nothing tenant={tenant} unreadOnly={unreadOnly} />
      ) : (
        <Days tenant={tenant} now={now} timeZone={timeZone} inbox={inbox} />
      )}
      {inbox.failure ? (
        <Callout tone="danger" live title="More notifications could not be loaded">
          {inbox.failure}
        </Callout>
      ) : null}
      {inbox.hasMore ? (
        <Button className="self-center" onClick={inbox.loadMore} loading={inbox.loading}>
          Load more
        </Button>
      ) : null}
    </div>
  )
}

type DaysProps = Pick<InboxProps, 'tenant' | 'now' | 'timeZone'> & { inbox: InboxFeed }

function Days({ tenant, now, timeZone, inbox }: DaysProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys move between its links, which are what is used
    <div onKeyDown={moveByArrows} className="flex flex-col gap-6">
      {groupByDay(inbox.notices, now, timeZone).map(({ day, label, items }) => (
        <section key={day} aria-labelledby={`day-${day}`} className="flex flex-col gap-2">
          <h2 id={`day-${day}`} className="px-1 font-medium text-muted text-xs">
            {label}
          </h2>
          <ul className="divide-y divide-subtle overflow-clip rounded-lg border border-subtle bg-surface shadow-card">
            {items.map((notice) => (
              <NoticeRow
                key={notice.id}
                notice={notice}
                unread={inbox.isUnread(notice)}
                otherwise={`/${tenant}/notifications`}
                now={now}
                onFollow={() => inbox.read(notice)}
                onRead={() => inbox.read(notice)}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function Nothing({ tenant, unreadOnly }: { tenant: string; unreadOnly: boolean }) {
  if (unreadOnly) {
    return (
      <EmptyState
        icon={<CheckCheck />}
        title="You have read everything"
        actions={<LinkButton href={`/${tenant}/notifications`}>Show all</LinkButton>}
      />
    )
  }
  return (
    <EmptyState
      icon={<BellOff />}
      title="Nothing to tell you yet"
      description="When a token of yours is about to expire, when somebody else changes one, or when your account is used from a new device, you will read it here."
      actions={<LinkButton href={preferencesHref(tenant)}>Choose what to be told</LinkButton>}
    />
  )
}
