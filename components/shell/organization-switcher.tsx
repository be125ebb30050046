'use client'

import { Check, ChevronsUpDown } from 'lucide-react'
import type { OrganizationLink } from '@/components/shell/shell-facts'
import { Avatar } from '@/components/ui/avatar'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'

export type OrganizationSwitcherProps = {
  current: OrganizationLink
  organizations: readonly OrganizationLink[]
}

export function OrganizationSwitcher({ current, organizations }: OrganizationSwitcherProps) {
  return (
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger
        aria-label={`Organization: ${current.name}, your role: ${current.roleLabel}. Switch organization`}
        className="focus-inset flex w-full items-center gap-2.5 rounded-md p-1.5 text-left hover:bg-hover data-[state=open]:bg-hover"
      >
        <Avatar name={current.name} seed={current.slug} shape="square" />
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="truncate font-medium text-ink text-sm">{current.name}</span>
          <span className="truncate text-muted text-xs">{current.roleLabel}</span>
        </span>
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-faint" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-64">
        <DropdownMenuLabel>Organizations</DropdownMenuLabel>
        {organizations.map((organization) => {
          const isCurrent = organization.slug === current.slug
          return (
            <DropdownMenuItem
              key={organization.slug}
              href={`/${organization.slug}/settings`}
              aria-current={isCurrent ? 'true' : undefined}
              textValue={organization.name}
              icon={
                <Avatar
                  name={organization.name}
                  seed={organization.slug}
                  shape="square"
                  size="sm"
                />
              }
              shortcut={
                isCurrent ? <Check aria-hidden className="size-4 text-accent-text" /> : null
              }
              className="py-1.5"
            >
              <span className="block truncate">{organization.name}</span>
              <span className="block truncate text-muted text-xs">{organization.roleLabel}</span>
            </DropdownMenuItem>
          )
        })}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
