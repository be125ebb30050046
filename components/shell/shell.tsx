'use client'

import { type ReactNode, useState } from 'react'
import { CommandMenu } from '@/components/shell/command-menu'
import { MobileBar } from '@/components/shell/mobile-bar'
import type { ShellFacts } from '@/components/shell/shell-facts'
import { ShortcutSheet } from '@/components/shell/shortcut-sheet'
import { Sidebar } from '@/components/shell/sidebar'
import type { ThemeChoice } from '@/components/shell/theme'
import { ThemeProvider } from '@/components/shell/theme-provider'
import { useShortcuts } from '@/components/shell/use-shortcuts'

export type ShellProps = { facts: ShellFacts; theme: ThemeChoice; children: ReactNode }

/** The frame around every page of an organization. At most one overlay is open at a time. */
export function Shell({ facts, theme, children }: ShellProps) {
  const [overlay, setOverlay] = useState<'commands' | 'shortcuts' | 'drawer' | null>(null)
  const showCommands = () => setOverlay('commands')
  const showShortcuts = () => setOverlay('shortcuts')
  const toggle = (name: typeof overlay) => (open: boolean) =>
    setOverlay((current) => (open ? name : current === name ? null : current))
  useShortcuts({ onCommands: showCommands, onShortcuts: showShortcuts })
  const sidebar = { facts, onOpenCommands: showCommands, onShowShortcuts: showShortcuts }
  return (
    <ThemeProvider initial={theme}>
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-surface px-3 py-2 font-medium text-sm shadow-overlay focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
      >
        Skip to content
      </a>
      <div className="lg:grid lg:grid-cols-[15.5rem_minmax(0,1fr)]">
        <aside
          aria-label="Organization"
          className="sticky top-0 hidden h-dvh border-subtle border-r lg:block"
        >
          <Sidebar {...sidebar} />
        </aside>
        <div className="min-w-0">
          <MobileBar {...sidebar} open={overlay === 'drawer'} onOpenChange={toggle('drawer')} />
          <main id="content" tabIndex={-1} className="outline-none">
            {children}
          </main>
        </div>
      </div>
      <CommandMenu
        facts={facts}
        open={overlay === 'commands'}
        onOpenChange={toggle('commands')}
        onShowShortcuts={showShortcuts}
      />
      <ShortcutSheet open={overlay === 'shortcuts'} onOpenChange={toggle('shortcuts')} />
    </ThemeProvider>
  )
}
