'use client'

import { Menu, Search } from 'lucide-react'
import { Sidebar, type SidebarProps } from '@/components/shell/sidebar'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { Sheet, SheetContent, SheetHeader } from '@/components/ui/sheet'

export type MobileBarProps = Omit<SidebarProps, 'onNavigate'> & {
  open: boolean
  onOpenChange: (open: boolean) => void
}

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
      <Sheet open={open} onOpenChange={onOpenChange}>
        <SheetContent
          aria-describedby={undefined}
          className="right-auto left-0 w-[min(20rem,88vw)] bg-canvas data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in sm:border-r sm:border-l-0"
        >
          <SheetHeader title="Navigation" />
          <div className="min-h-0 flex-1">
            <Sidebar {...sidebar} onNavigate={() => onOpenChange(false)} />
          </div>
        </SheetContent>
      </Sheet>
    </header>
  )
}
