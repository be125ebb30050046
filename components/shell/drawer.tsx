'use client'

import { Sidebar, type SidebarProps } from '@/components/shell/sidebar'
import { Sheet, SheetContent, SheetHeader } from '@/components/ui/sheet'

export type DrawerProps = Omit<SidebarProps, 'onNavigate'> & {
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** The sidebar of a narrow screen. */
export function Drawer({ open, onOpenChange, ...sidebar }: DrawerProps) {
  return (
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
  )
}
