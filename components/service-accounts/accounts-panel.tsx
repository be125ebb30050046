'use client'

import { Bot, Plus } from 'lucide-react'
import { useState } from 'react'
import type { ListFilters } from '@/components/settings/list-filters'
import type { TokenFormSetting } from '@/components/tokens/form/token-form-contract'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { preloadOnIntent } from '@/components/ui/preload'
import type { ServiceAccountSummary } from '@/lib/service-accounts/model'
import { AccountTable } from './account-table'

const CreateAccountSheet = lazyOverlay(
  () => import('./create-account-sheet').then((module) => module.CreateAccountSheet),
  { close: (props) => props.onClose() },
)

export type AccountsPanelProps = {
  accounts: readonly ServiceAccountSummary[]
  setting: TokenFormSetting
  baseHref: string
  initialFilters: ListFilters
}

/** All service accounts of the organization, and the way to make one. */
export function AccountsPanel({ accounts, setting, baseHref, initialFilters }: AccountsPanelProps) {
  const [creating, setCreating] = useState(false)
  const create = (
    <Button
      variant="primary"
      onClick={() => setCreating(true)}
      {...preloadOnIntent(CreateAccountSheet.preload)}
    >
      <Plus aria-hidden />
      Create service account
    </Button>
  )
  return (
    <>
      {accounts.length === 0 ? (
        <EmptyState
          icon={<Bot />}
          title="Create your first service account"
          description="A workload should not depend on a person’s token: it stops when that person leaves or loses a role. A service account has its own identity, its own grant and its own tokens."
          actions={create}
        />
      ) : (
        <AccountTable
          accounts={accounts}
          baseHref={baseHref}
          now={setting.now}
          initialFilters={initialFilters}
          actions={create}
        />
      )}
      {creating ? (
        <CreateAccountSheet
          setting={setting}
          baseHref={baseHref}
          onClose={() => setCreating(false)}
        />
      ) : null}
    </>
  )
}
