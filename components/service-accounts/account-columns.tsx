import {
  columnFilteringFeature,
  createColumnHelper,
  createFilteredRowModel,
  createPaginatedRowModel,
  createSortedRowModel,
  filterFn_arrHas,
  filterFn_includesString,
  globalFilteringFeature,
  rowPaginationFeature,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
} from '@tanstack/react-table'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/table'
import type { ServiceAccountSummary } from '@/lib/service-accounts/model'
import { AccountState } from './account-state'
import { grantWords } from './account-words'

/** Columns of the service-account table. Made once: the table compares them by identity. */

/** The account with what its cells need besides. */
export interface AccountRow extends ServiceAccountSummary {
  href: string
  /** The server's clock, epoch ms. */
  now: number
}

export const accountFeatures = tableFeatures({
  columnFilteringFeature,
  globalFilteringFeature,
  rowSortingFeature,
  rowPaginationFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
  paginatedRowModel: createPaginatedRowModel(),
  filterFns: { includesString: filterFn_includesString, arrHas: filterFn_arrHas },
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
})

const column = createColumnHelper<typeof accountFeatures, AccountRow>()

export const accountColumns = column.columns([
  column.accessor((account) => `${account.name}\n${account.description}`, {
    id: 'name',
    header: 'Service account',
    sortFn: 'alphanumeric',
    cell: ({ row: { original: account } }) => (
      <span className="flex min-w-40 max-w-44 flex-col sm:min-w-48 sm:max-w-72">
        <RowLink href={account.href} className="truncate">
          {account.name}
        </RowLink>
        {account.description ? (
          <span className="truncate text-muted text-xs">{account.description}</span>
        ) : null}
      </span>
    ),
  }),
  column.accessor('state', {
    header: 'State',
    sortFn: 'alphanumeric',
    filterFn: 'arrHas',
    enableGlobalFilter: false,
    cell: ({ row: { original: account } }) => <AccountState state={account.state} />,
  }),
  column.accessor((account) => account.scopes.length, {
    id: 'grant',
    header: 'Grant',
    sortFn: 'basic',
    enableGlobalFilter: false,
    cell: ({ row: { original: account } }) => (
      <span className="whitespace-nowrap">{grantWords(account.scopes)}</span>
    ),
  }),
  column.accessor('activeTokens', {
    header: 'Active tokens',
    sortFn: 'basic',
    enableGlobalFilter: false,
  }),
  column.accessor((account) => account.lastUsedAt ?? 0, {
    id: 'lastUsed',
    header: 'Last used',
    sortFn: 'basic',
    enableGlobalFilter: false,
    cell: ({ row: { original: account } }) =>
      account.lastUsedAt === null ? (
        <span className="text-muted">Never</span>
      ) : (
        <RelativeTime at={account.lastUsedAt} now={account.now} className="whitespace-nowrap" />
      ),
  }),
  column.accessor('createdAt', {
    header: 'Created',
    sortFn: 'basic',
    enableGlobalFilter: false,
    cell: ({ row: { original: account } }) => (
      <span className="flex max-w-40 flex-col">
        <RelativeTime at={account.createdAt} now={account.now} className="whitespace-nowrap" />
        <span className="truncate text-muted text-xs">by {account.createdBy.label}</span>
      </span>
    ),
  }),
])
