'use client'

import dynamic from 'next/dynamic'
import { type ReactNode, useEffect, useState } from 'react'
import { UnreadProvider } from '@/components/notifications/unread-provider'
import { MobileBar } from '@/components/shell/mobile-bar'
import { NotificationBell } from '@/components/shell/notification-bell'
import type { ShellFacts } from '@/components/shell/shell-facts'
import { Sidebar } from '@/components/shell/sidebar'
import type { ThemeChoice } from '@/components/shell/theme'
import { ThemeProvider } from '@/components/shell/theme-provider'
import { useShortcuts } from '@/components/shell/use-shortcuts'
import { whenIdle } from '@/components/ui/when-idle'

// `ssr: false`, because the page must not wait for it (components/ui/toaster.tsx).
const ShellOverlays = dynamic(
  () => import('@/components/shell/shell-overlays').then((module) => module.ShellOverlays),
  { ssr: false },
)

export type ShellProps = { facts: ShellFacts; theme: ThemeChoice; children: ReactNode }

/** The frame around every page of an organization. At most one overlay is open at a time. */
export function Shell({ facts, theme, children }: ShellProps) {
  const [overlay, setOverlay] = useState<'commands' | 'shortcuts' | 'drawer' | null>(null)
  const showCommands = () => setOverlay('commands')
  const showShortcuts = () => setOverlay('shortcuts')
  const [rested, setRested] = useState(false)
  const toggle = (name: typeof overlay, open: boolean) =>
    setOverlay((current) => (open ? name : current === name ? null : current))
  // The browser's rest is the external system: a shortcut gives no sign before it is pressed.
  useEffect(() => whenIdle(() => setRested(true)), [])
  useShortcuts({ onCommands: showCommands, onShortcuts: showShortcuts })
  const tenant = facts.organization.slug
  const asked = overlay === 'drawer' ? null : overlay
  const sidebar = { facts, onOpenCommands: showCommands, onShowShortcuts: showShortcuts }
  return (
    <ThemeProvider initial={theme}>
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-surface px-3 py-2 font-medium text-sm shadow-overlay focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
      >
        Skip to content
      </a>
      <UnreadProvider tenant={tenant} facts={facts.unread}>
        <div className="lg:grid lg:grid-cols-[15.5rem_minmax(0,1fr)]">
          <aside
            aria-label="Organization"
            className="sticky top-0 hidden h-dvh border-subtle border-r lg:block"
          >
            <Sidebar {...sidebar} bell={<NotificationBell tenant={tenant} side="right" />} />
          </aside>
          <div className="min-w-0">
            <MobileBar
              {...sidebar}
              open={overlay === 'drawer'}
              onOpenChange={(open) => toggle('drawer', open)}
            />
            <main id="content" tabIndex={-1} className="outline-none">
              {children}
            </main>
          </div>
        </div>
      </UnreadProvider>
      {rested || asked ? <ShellOverlays facts={facts} open={asked} onOpenChange={toggle} /> : null}
    </ThemeProvider>
  )
}
