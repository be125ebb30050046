'use client'

import { Menu, Search } from 'lucide-react'
import type { DrawerProps } from '@/components/shell/drawer'
import { NotificationBell } from '@/components/shell/notification-bell'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { preloadOnIntent } from '@/components/ui/preload'

const Drawer = lazyOverlay(
  () => import('@/components/shell/drawer').then((module) => module.Drawer),
  { opens: (props) => props.open, close: (props) => props.onOpenChange(false) },
)

export type MobileBarProps = DrawerProps

/** The top bar of a narrow screen; the sidebar is a drawer behind its button. */
export function MobileBar({ open, onOpenChange, ...sidebar }: MobileBarProps) {
  const { organization } = sidebar.facts
  return (
    <header className="sticky top-0 z-30 flex h-14 items-center gap-2 border-subtle border-b bg-canvas px-3 lg:hidden">
      <Button
        variant="ghost"
        size="icon"
        aria-label="Open navigation"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => onOpenChange(true)}
        {...preloadOnIntent(Drawer.preload)}
      >
        <Menu aria-hidden />
      </Button>
      <span className="flex min-w-0 flex-1 items-center gap-2">
        <Avatar
          name={organization.name}
          seed={organization.slug}
          pictureId={organization.logoId}
          shape="square"
          size="sm"
        />
        <span className="truncate font-medium text-sm">{organization.name}</span>
      </span>
      <Button
        variant="ghost"
        size="icon"
        aria-label="Search or jump to…"
        onClick={sidebar.onOpenCommands}
      >
        <Search aria-hidden />
      </Button>
      <NotificationBell tenant={organization.slug} side="bottom" />
      <Drawer {...sidebar} open={open} onOpenChange={onOpenChange} />
    </header>
  )
}
