import { createColumnHelper } from '@tanstack/react-table'
import type { listFeatures } from '@/components/settings/list-features'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/table'
import type { ServiceAccountSummary } from '@/lib/service-accounts/model'
import { AccountState } from './account-state'
import { grantWords } from './account-words'

const column = createColumnHelper<typeof listFeatures, ServiceAccountSummary>()

export type AccountColumnsInput = {
  /** Where an account's page is, without the id. */
  baseHref: string
  /** The server's clock, epoch ms. */
  now: number
}

export const accountColumns = ({ baseHref, now }: AccountColumnsInput) =>
  column.columns([
    column.accessor((account) => `${account.name}\n${account.description}`, {
      id: 'name',
      header: 'Service account',
      sortFn: 'alphanumeric',
      cell: ({ row: { original: account } }) => (
        <span className="flex min-w-40 max-w-44 flex-col sm:min-w-48 sm:max-w-72">
          <RowLink href={`${baseHref}/${account.id}`} className="truncate">
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
      meta: { align: 'right' },
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
          <RelativeTime at={account.lastUsedAt} now={now} className="whitespace-nowrap" />
        ),
    }),
    column.accessor('createdAt', {
      header: 'Created',
      sortFn: 'basic',
      enableGlobalFilter: false,
      cell: ({ row: { original: account } }) => (
        <span className="flex max-w-40 flex-col">
          <RelativeTime at={account.createdAt} now={now} className="whitespace-nowrap" />
          <span className="truncate text-muted text-xs">by {account.createdBy.label}</span>
        </span>
      ),
    }),
  ])
