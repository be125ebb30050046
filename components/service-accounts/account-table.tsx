'use client'

import { type ReactNode, useMemo } from 'react'
import type { ListFilters } from '@/components/settings/list-filters'
import { ListTable } from '@/components/settings/list-table'
import type { ServiceAccountSummary } from '@/lib/service-accounts/model'
import { accountColumns } from './account-columns'
import { ACCOUNT_FILTERS } from './account-words'

const NOUN = { one: 'service account', many: 'service accounts' }

export type AccountTableProps = {
  accounts: readonly ServiceAccountSummary[]
  /** Where an account's page is, without the id. */
  baseHref: string
  now: number
  /** As the address has them. */
  initialFilters: ListFilters
  actions: ReactNode
}

export function AccountTable(props: AccountTableProps) {
  const { baseHref, now } = props
  const columns = useMemo(() => accountColumns({ baseHref, now }), [baseHref, now])
  return (
    <ListTable
      noun={NOUN}
      columns={columns}
      rows={props.accounts}
      rowId={(account) => account.id}
      sortedBy={{ id: 'createdAt', desc: true }}
      filters={ACCOUNT_FILTERS}
      initialFilters={props.initialFilters}
      searchPlaceholder="Search names, descriptions"
      actions={props.actions}
      interactive
      cellClass={(account) => (account.state === 'revoked' ? 'text-muted' : undefined)}
    />
  )
}
