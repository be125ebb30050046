'use client'

import { ChevronsUpDown } from 'lucide-react'
import { lazy } from 'react'
import type { ShellFacts } from '@/components/shell/shell-facts'
import { Avatar } from '@/components/ui/avatar'
import { OnDemand } from '@/components/ui/on-demand'

const load = () => import('@/components/shell/account-menu')
const AccountMenu = lazy(async () => ({ default: (await load()).AccountMenu }))

export type UserMenuProps = {
  person: ShellFacts['person']
  profileHref: string
  onNavigate?: (() => void) | undefined
  onShowShortcuts: () => void
}

export function UserMenu({ person, profileHref, onNavigate, onShowShortcuts }: UserMenuProps) {
  const trigger = (
    <button
      type="button"
      aria-label={`Signed in as ${person.displayName}, ${person.email}. Account menu`}
      className="focus-inset flex w-full items-center gap-2.5 rounded-md p-1.5 text-left hover:bg-hover data-[state=open]:bg-hover"
    >
      <Avatar name={person.displayName} seed={person.userId} pictureId={person.avatarId} />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate font-medium text-ink text-sm">{person.displayName}</span>
        <span title={person.email} className="truncate text-muted text-xs">
          {person.email}
        </span>
      </span>
      <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-faint" />
    </button>
  )
  return (
    <OnDemand opens="menu" trigger={trigger} load={load}>
      <AccountMenu
        trigger={trigger}
        profileHref={profileHref}
        onNavigate={onNavigate}
        onShowShortcuts={onShowShortcuts}
      />
    </OnDemand>
  )
}
