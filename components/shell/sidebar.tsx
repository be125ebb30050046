'use client'

import { Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { OrganizationSwitcher } from '@/components/shell/organization-switcher'
import { SectionNav } from '@/components/shell/section-nav'
import type { ShellFacts } from '@/components/shell/shell-facts'
import { UserMenu } from '@/components/shell/user-menu'
import { Kbd, ModKey } from '@/components/ui/kbd'

export type SidebarProps = {
  facts: ShellFacts
  onOpenCommands: () => void
  onShowShortcuts: () => void
  onNavigate?: (() => void) | undefined
  /** Beside the account; the bar of a narrow screen has its own. */
  bell?: ReactNode | undefined
}

/** What stands beside every page, on a wide screen and in the drawer of a narrow one. */
export function Sidebar({
  facts,
  onOpenCommands,
  onShowShortcuts,
  onNavigate,
  bell,
}: SidebarProps) {
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-col gap-2 p-3">
        <OrganizationSwitcher current={facts.organization} organizations={facts.organizations} />
        <button
          type="button"
          onClick={onOpenCommands}
          className="flex h-8 items-center gap-2 rounded-md border border-subtle bg-surface px-2 text-muted text-sm hover:border-strong hover:text-ink touch:h-11"
        >
          <Search aria-hidden className="size-4 shrink-0 text-faint" />
          <span className="flex-1 text-left">Search or jump to…</span>
          <span aria-hidden className="hidden items-center gap-0.5 lg:inline-flex">
            <ModKey />
            <Kbd>K</Kbd>
          </span>
        </button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-3 py-2">
        <SectionNav groups={facts.sectionGroups} onNavigate={onNavigate} />
      </div>
      <div className="flex items-center gap-1 border-subtle border-t p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
        <div className="min-w-0 flex-1">
          <UserMenu
            person={facts.person}
            profileHref={`/${facts.organization.slug}/settings/profile`}
            onNavigate={onNavigate}
            onShowShortcuts={onShowShortcuts}
          />
        </div>
        {bell}
      </div>
    </div>
  )
}
