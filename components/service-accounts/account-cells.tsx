import type { ReactNode } from 'react'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/table'
import type { ServiceAccountSummary } from '@/lib/service-accounts/model'
import { AccountState } from './account-state'
import { grantWords } from './account-words'

export type AccountCellsInput = {
  /** Where an account's page is, without the id. */
  baseHref: string
  /** The server's clock, epoch ms. */
  now: number
}

/** What the columns of the list of service accounts show, by column. */
export function accountCells({ baseHref, now }: AccountCellsInput) {
  const cells: Record<string, (account: ServiceAccountSummary) => ReactNode> = {
    name: (account) => (
      <span className="flex min-w-40 max-w-44 flex-col sm:min-w-48 sm:max-w-72">
        <RowLink href={`${baseHref}/${account.id}`} title={account.name} className="truncate">
          {account.name}
        </RowLink>
        {account.description ? (
          <span className="line-clamp-2 text-muted text-xs">{account.description}</span>
        ) : null}
      </span>
    ),
    state: (account) => <AccountState state={account.state} />,
    grant: (account) => <span className="whitespace-nowrap">{grantWords(account.scopes)}</span>,
    lastUsed: (account) =>
      account.lastUsedAt === null ? (
        <span className="text-muted">Never</span>
      ) : (
        <RelativeTime at={account.lastUsedAt} now={now} className="whitespace-nowrap" />
      ),
    createdAt: (account) => (
      <span className="flex max-w-40 flex-col">
        <RelativeTime at={account.createdAt} now={now} className="whitespace-nowrap" />
        <span
          className="truncate text-muted text-xs"
          title={`Created by ${account.createdBy.label}`}
        >
          by {account.createdBy.label}
        </span>
      </span>
    ),
  }
  return cells
}
