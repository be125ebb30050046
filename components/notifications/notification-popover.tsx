'use client'

import { CheckCheck, Settings2 } from 'lucide-react'
import { type ReactElement, useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { LinkButton } from '@/components/ui/link-button'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { NewestNotices } from './newest-notices'
import { preferencesHref } from './preferences-href'
import { useUnread } from './unread-provider'
import { useNewest } from './use-newest'

export type NotificationPopoverProps = {
  tenant: string
  trigger: ReactElement
  side: 'right' | 'bottom'
}

/** The newest notices, beside the bell. Mounts open. */
export function NotificationPopover({ tenant, trigger, side }: NotificationPopoverProps) {
  const [open, setOpen] = useState(true)
  const titleId = useId()
  const { count } = useUnread()
  const newest = useNewest(tenant, open)
  const close = () => setOpen(false)
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent
        side={side}
        align="end"
        sideOffset={8}
        aria-labelledby={titleId}
        className="flex max-h-[min(36rem,var(--radix-popover-content-available-height))] w-100 flex-col overflow-hidden p-0"
      >
        <div className="flex min-h-11 shrink-0 items-center justify-between gap-3 border-subtle border-b py-1.5 pr-2 pl-4">
          <h2 id={titleId} className="font-medium text-base">
            Notifications
          </h2>
          {count > 0 ? (
            <Button variant="ghost" size="sm" onClick={newest.readAll}>
              <CheckCheck aria-hidden />
              Mark all as read
            </Button>
          ) : null}
        </div>
        <NewestNotices tenant={tenant} newest={newest} onNavigate={close} />
        <div className="flex shrink-0 items-center justify-between border-subtle border-t bg-canvas px-2 py-1.5">
          <LinkButton variant="ghost" size="sm" href={`/${tenant}/notifications`} onClick={close}>
            See all
          </LinkButton>
          <LinkButton variant="ghost" size="sm" href={preferencesHref(tenant)} onClick={close}>
            <Settings2 aria-hidden />
            Preferences
          </LinkButton>
        </div>
      </PopoverContent>
    </Popover>
  )
}
