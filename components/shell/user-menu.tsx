'use client'

import { ChevronsUpDown, Keyboard, LogOut } from 'lucide-react'
import type { ShellFacts } from '@/components/shell/shell-facts'
import { leave } from '@/components/shell/sign-out'
import { themeChoiceOf } from '@/components/shell/theme'
import { THEME_OPTIONS } from '@/components/shell/theme-options'
import { useTheme } from '@/components/shell/theme-provider'
import { Avatar } from '@/components/ui/avatar'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { Kbd } from '@/components/ui/kbd'

export type UserMenuProps = { person: ShellFacts['person']; onShowShortcuts: () => void }

export function UserMenu({ person, onShowShortcuts }: UserMenuProps) {
  const { choice, choose } = useTheme()
  return (
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger
        aria-label={`Signed in as ${person.displayName}, ${person.email}. Account menu`}
        className="focus-inset flex w-full items-center gap-2.5 rounded-md p-1.5 text-left hover:bg-hover data-[state=open]:bg-hover"
      >
        <Avatar name={person.displayName} seed={person.email} />
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="truncate font-medium text-ink text-sm">{person.displayName}</span>
          <span className="truncate text-muted text-xs">{person.email}</span>
        </span>
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-faint" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-60">
        <DropdownMenuLabel id="theme-choice">Theme</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          aria-labelledby="theme-choice"
          value={choice}
          onValueChange={(value) => choose(themeChoiceOf(value))}
        >
          {THEME_OPTIONS.map(({ value, label, icon }) => (
            // Stays open: people look at a theme before they keep it.
            <DropdownMenuRadioItem
              key={value}
              value={value}
              className="[&>svg]:text-muted"
              onSelect={(event) => event.preventDefault()}
            >
              {icon}
              {label}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem
          icon={<Keyboard aria-hidden />}
          shortcut={<Kbd>?</Kbd>}
          onSelect={onShowShortcuts}
        >
          Keyboard shortcuts
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem icon={<LogOut aria-hidden />} onSelect={() => void leave()}>
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
