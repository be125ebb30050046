'use client'

import { CircleUser, Keyboard, LogOut } from 'lucide-react'
import type { ReactElement } from 'react'
import { leave } from '@/components/shell/sign-out'
import { themeChoiceOf } from '@/components/shell/theme'
import { THEME_OPTIONS } from '@/components/shell/theme-options'
import { useTheme } from '@/components/shell/theme-provider'
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

export type AccountMenuProps = {
  trigger: ReactElement
  profileHref: string
  onNavigate?: (() => void) | undefined
  onShowShortcuts: () => void
}

/** Mounts open: the user's button fetches it when it is first pressed. */
export function AccountMenu({
  trigger,
  profileHref,
  onNavigate,
  onShowShortcuts,
}: AccountMenuProps) {
  const { choice, choose } = useTheme()
  return (
    <DropdownMenu modal={false} defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-60">
        <DropdownMenuItem
          icon={<CircleUser aria-hidden />}
          href={profileHref}
          onSelect={() => onNavigate?.()}
        >
          Profile
        </DropdownMenuItem>
        <DropdownMenuSeparator />
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
