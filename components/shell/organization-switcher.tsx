'use client'

import { ChevronsUpDown } from 'lucide-react'
import { lazy } from 'react'
import type { OrganizationLink } from '@/components/shell/shell-facts'
import { Avatar } from '@/components/ui/avatar'
import { OnDemand } from '@/components/ui/on-demand'

const load = () => import('@/components/shell/organization-menu')
const OrganizationMenu = lazy(async () => ({ default: (await load()).OrganizationMenu }))

export type OrganizationSwitcherProps = {
  current: OrganizationLink
  organizations: readonly OrganizationLink[]
}

export function OrganizationSwitcher({ current, organizations }: OrganizationSwitcherProps) {
  const trigger = (
    <button
      type="button"
      aria-label={`Organization: ${current.name}, your role: ${current.roleLabel}. Switch organization`}
      className="focus-inset flex w-full items-center gap-2.5 rounded-md p-1.5 text-left hover:bg-hover data-[state=open]:bg-hover"
    >
      <Avatar name={current.name} seed={current.slug} pictureId={current.logoId} shape="square" />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate font-medium text-ink text-sm">{current.name}</span>
        <span className="truncate text-muted text-xs">{current.roleLabel}</span>
      </span>
      <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-faint" />
    </button>
  )
  return (
    <OnDemand opens="menu" trigger={trigger} load={load}>
      <OrganizationMenu current={current} organizations={organizations} trigger={trigger} />
    </OnDemand>
  )
}
