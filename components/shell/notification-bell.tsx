'use client'

import { Bell } from 'lucide-react'
import { lazy } from 'react'
import type { NotificationPopoverProps } from '@/components/notifications/notification-popover'
import { useUnread } from '@/components/notifications/unread-provider'
import { Button } from '@/components/ui/button'
import { OnDemand } from '@/components/ui/on-demand'

const load = () => import('@/components/notifications/notification-popover')
const NotificationPopover = lazy(async () => ({ default: (await load()).NotificationPopover }))

/** The server counts no further than one more. */
const MOST_SHOWN = 99

export type NotificationBellProps = {
  tenant: string
  /** Where the notices open, seen from the bell. */
  side: NotificationPopoverProps['side']
}

/** Says how many notices are unread; the newest of them are a press away. */
export function NotificationBell({ tenant, side }: NotificationBellProps) {
  const { count } = useUnread()
  const trigger = (
    <Button
      variant="ghost"
      size="icon"
      aria-label={count > 0 ? `Notifications, ${unreadWords(count)}` : 'Notifications'}
      className="data-[state=open]:bg-pressed data-[state=open]:text-ink"
    >
      <Bell aria-hidden />
      {count > 0 ? (
        // Over the corner, so that nothing moves when it comes and goes.
        <span
          aria-hidden
          className="absolute -top-0.5 left-1/2 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-accent-contrast text-xs tabular-nums leading-none ring-2 ring-canvas"
        >
          {count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}
        </span>
      ) : null}
    </Button>
  )
  return (
    <OnDemand opens="dialog" trigger={trigger} load={load}>
      <NotificationPopover tenant={tenant} trigger={trigger} side={side} />
    </OnDemand>
  )
}

function unreadWords(count: number): string {
  return count > MOST_SHOWN ? `more than ${MOST_SHOWN} unread` : `${count} unread`
}
