'use client'

import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { RelativeTime } from '@/components/ui/relative-time'
import type { InboxItem } from '@/lib/notifications/inbox'
import { LIST_LINK } from './list-keys'
import { NoticeIcon } from './notice-icon'

const MIDDLE_BUTTON = 1

export type NoticeRowProps = {
  notice: InboxItem
  unread: boolean
  /** Where it leads when it names no place of its own. */
  otherwise: string
  /** The server's clock; leave out where the server renders none of this. */
  now?: number | undefined
  /** Somebody goes where it leads. */
  onFollow: () => void
  /** Two lines of its words, and not why this person got it. */
  brief?: boolean | undefined
  /** Offers to mark it as read without going anywhere. */
  onRead?: (() => void) | undefined
}

/** One notice: its words, where it happened and when. The whole row is its link. */
export function NoticeRow({
  notice,
  unread,
  otherwise,
  now,
  onFollow,
  brief = false,
  onRead,
}: NoticeRowProps) {
  const { kind, title, body, action, organizationName, createdAt } = notice
  return (
    <li
      className={cn('relative flex gap-3 px-4 py-3 hover:bg-hover', unread && 'bg-accent-soft/50')}
    >
      <NoticeIcon kind={kind} unread={unread} />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5 text-sm">
        <p className="flex items-start justify-between gap-3">
          <Link
            href={action?.path ?? otherwise}
            // Twenty notices are no reason to fetch twenty pages.
            prefetch={false}
            onClick={onFollow}
            onAuxClick={(event) => event.button === MIDDLE_BUTTON && onFollow()}
            {...{ [LIST_LINK]: '' }}
            className={cn(
              'min-w-0 text-ink outline-none [overflow-wrap:anywhere] after:absolute after:inset-0',
              'focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2',
              unread ? 'font-medium' : 'font-normal',
            )}
          >
            {unread ? <span className="sr-only">Unread: </span> : null}
            {title}
          </Link>
          {unread && !onRead ? (
            <span aria-hidden className="mt-1.5 size-2 shrink-0 rounded-full bg-accent" />
          ) : null}
        </p>
        <p className={cn('text-muted [overflow-wrap:anywhere]', brief && 'line-clamp-2')}>{body}</p>
        <p className="text-faint text-xs [overflow-wrap:anywhere]">
          <RelativeTime at={createdAt} now={now} />
          {organizationName === null ? null : ` · ${organizationName}`}
          {brief ? null : ` · ${notice.why}`}
        </p>
      </div>
      {unread && onRead ? <ReadButton title={title} onRead={onRead} /> : null}
    </li>
  )
}

function ReadButton({ title, onRead }: { title: string; onRead: () => void }) {
  return (
    <Button
      variant="ghost"
      size="icon-sm"
      aria-label={`Mark as read: ${title}`}
      title="Mark as read"
      className="z-1 -my-1 -mr-1.5"
      onClick={(event) => {
        // The button goes away, and the focus would go with it.
        event.currentTarget.closest('li')?.querySelector<HTMLElement>(`[${LIST_LINK}]`)?.focus()
        onRead()
      }}
    >
      <span aria-hidden className="size-2 rounded-full bg-accent" />
    </Button>
  )
}
