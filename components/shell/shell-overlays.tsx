'use client'

import { CommandMenu } from '@/components/shell/command-menu'
import type { ShellFacts } from '@/components/shell/shell-facts'
import { ShortcutSheet } from '@/components/shell/shortcut-sheet'

export type ShellOverlayName = 'commands' | 'shortcuts'

export type ShellOverlaysProps = {
  facts: ShellFacts
  open: ShellOverlayName | null
  /** Opens one of them, or closes the one given. */
  onOpenChange: (name: ShellOverlayName, open: boolean) => void
}

/** What the two shortcuts of the frame open; loaded after the page. */
export function ShellOverlays({ facts, open, onOpenChange }: ShellOverlaysProps) {
  return (
    <>
      <CommandMenu
        facts={facts}
        open={open === 'commands'}
        onOpenChange={(next) => onOpenChange('commands', next)}
        onShowShortcuts={() => onOpenChange('shortcuts', true)}
      />
      <ShortcutSheet
        open={open === 'shortcuts'}
        onOpenChange={(next) => onOpenChange('shortcuts', next)}
      />
    </>
  )
}
