'use client'

import { Check } from 'lucide-react'
import type { ReactElement } from 'react'
import type { OrganizationSwitcherProps } from '@/components/shell/organization-switcher'
import { Avatar } from '@/components/ui/avatar'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'

export type OrganizationMenuProps = OrganizationSwitcherProps & { trigger: ReactElement }

/** Mounts open: the switcher fetches it when it is first pressed. */
export function OrganizationMenu({ current, organizations, trigger }: OrganizationMenuProps) {
  return (
    <DropdownMenu modal={false} defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
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
