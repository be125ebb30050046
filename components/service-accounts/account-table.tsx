'use client'

import { type ReactNode, useMemo } from 'react'
import type { ListFilters } from '@/components/settings/list-filters'
import { ListTable } from '@/components/settings/list-table'
import type { ServiceAccountSummary } from '@/lib/service-accounts/model'
import { accountCells } from './account-cells'
import { ACCOUNT_COLUMNS } from './account-columns'
import { ACCOUNT_FILTERS } from './account-words'

const NOUN = { one: 'service account', many: 'service accounts' }
const SORTED_BY = { id: 'createdAt', desc: true }
const idOf = (account: ServiceAccountSummary) => account.id
const cellClass = (account: ServiceAccountSummary) =>
  account.state === 'revoked' ? 'text-muted' : undefined

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
  const cells = useMemo(() => accountCells({ baseHref, now }), [baseHref, now])
  return (
    <ListTable
      noun={NOUN}
      columns={ACCOUNT_COLUMNS}
      rows={props.accounts}
      rowId={idOf}
      searchedColumn="name"
      sortedBy={SORTED_BY}
      filters={ACCOUNT_FILTERS}
      initialFilters={props.initialFilters}
      searchPlaceholder="Search names, descriptions"
      actions={props.actions}
      cells={cells}
      interactive
      cellClass={cellClass}
    />
  )
}
