'use client'

import { Menu, Search } from 'lucide-react'
import dynamic from 'next/dynamic'
import type { DrawerProps } from '@/components/shell/drawer'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { preloadOnIntent } from '@/components/ui/preload'
import { useOnceOpen } from '@/components/ui/use-once-open'

const loadDrawer = () => import('@/components/shell/drawer')
const Drawer = dynamic(() => import('@/components/shell/drawer').then((module) => module.Drawer))

export type MobileBarProps = DrawerProps

/** The top bar of a narrow screen; the sidebar is a drawer behind its button. */
export function MobileBar({ open, onOpenChange, ...sidebar }: MobileBarProps) {
  const { organization } = sidebar.facts
  const opened = useOnceOpen(open)
  return (
    <header className="sticky top-0 z-30 flex h-14 items-center gap-2 border-subtle border-b bg-canvas px-3 lg:hidden">
      <Button
        variant="ghost"
        size="icon"
        aria-label="Open navigation"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => onOpenChange(true)}
        {...preloadOnIntent(loadDrawer)}
      >
        <Menu aria-hidden />
      </Button>
      <span className="flex min-w-0 flex-1 items-center gap-2">
        <Avatar name={organization.name} seed={organization.slug} shape="square" size="sm" />
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
      {opened ? <Drawer {...sidebar} open={open} onOpenChange={onOpenChange} /> : null}
    </header>
  )
}
