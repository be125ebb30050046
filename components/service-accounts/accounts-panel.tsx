'use client'

import { Bot, Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { preloadOnIntent } from '@/components/ui/preload'
import type { ServiceAccountSummary } from '@/lib/service-accounts/model'
import { type AccountFilters, AccountTable } from './account-table'
import { type FormFacts, formSetting } from './form-setting'

const CreateAccountSheet = lazyOverlay(
  () => import('./create-account-sheet').then((module) => module.CreateAccountSheet),
  { close: (props) => props.onClose() },
)

export type AccountsPanelProps = {
  accounts: readonly ServiceAccountSummary[]
  facts: FormFacts
  baseHref: string
  initialFilters: AccountFilters
}

/** All service accounts of the organization, and the way to make one. */
export function AccountsPanel({ accounts, facts, baseHref, initialFilters }: AccountsPanelProps) {
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
          now={facts.now}
          initialFilters={initialFilters}
          actions={create}
        />
      )}
      {creating ? (
        <CreateAccountSheet
          setting={formSetting(facts)}
          baseHref={baseHref}
          onClose={() => setCreating(false)}
        />
      ) : null}
    </>
  )
}
