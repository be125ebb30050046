'use client'

import { Check, Plus } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { OrganizationSwitcherProps } from '@/components/shell/organization-switcher'
import { Avatar } from '@/components/ui/avatar'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { lazyOverlay } from '@/components/ui/lazy-overlay'

const CreateOrganizationDialog = lazyOverlay(
  () =>
    import('@/components/organization/create-organization-dialog').then(
      (module) => module.CreateOrganizationDialog,
    ),
  { opens: (props) => props.open, close: (props) => props.onOpenChange(false) },
)

export type OrganizationMenuProps = OrganizationSwitcherProps & { trigger: ReactElement }

/** Mounts open: the switcher fetches it when it is first pressed. */
export function OrganizationMenu({ current, organizations, trigger }: OrganizationMenuProps) {
  const [creating, setCreating] = useState(false)
  return (
    <>
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
                    pictureId={organization.logoId}
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
          <DropdownMenuSeparator />
          <DropdownMenuItem icon={<Plus aria-hidden />} onSelect={() => setCreating(true)}>
            Create organization…
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <CreateOrganizationDialog open={creating} onOpenChange={setCreating} />
    </>
  )
}
