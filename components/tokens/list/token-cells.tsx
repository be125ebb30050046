import type { ReactNode } from 'react'
import { accessWords, scopesTooltip } from '@/components/tokens/access-words'
import { StateBadge } from '@/components/tokens/state-badge'
import { AbsoluteTime, RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/table'
import type { SortableColumn } from './token-filters'
import type { TokenRow } from './token-rows'

/** Tooltips are `title`s: a window of rows would otherwise mount a hundred tooltip components. */

/** What cells need besides their row; the same for all rows. */
export interface TokenCellSetting {
  /** `/acme/settings/api-access/tokens` */
  tokensPath: string
  /** The server's clock, epoch ms. */
  now: number
}

/**
 * By column. Called straight from the row: the library's cell objects, made for each row that comes into
 * sight, would cost a keystroke of the filter more than the cells themselves.
 */
export const TOKEN_CELLS: Record<
  SortableColumn,
  (row: TokenRow, setting: TokenCellSetting) => ReactNode
> = {
  name: (row, { tokensPath }) => <NameCell row={row} href={`${tokensPath}/${row.id}`} />,
  owner: (row) => <OwnerCell row={row} />,
  state: (row, { now }) => <StateCell row={row} now={now} />,
  access: (row) => <AccessCell row={row} />,
  used: (row, { now }) => <UsedCell row={row} now={now} />,
  created: (row, { now }) => <CreatedCell row={row} now={now} />,
  expires: (row) => <ExpiresCell row={row} />,
}

export function NameCell({ row, href }: { row: TokenRow; href: string }) {
  return (
    <span className="flex min-w-0 flex-col">
      <RowLink href={href} prefetch={false} className="truncate" title={row.name}>
        {row.name}
      </RowLink>
      <SecretHint row={row} />
    </span>
  )
}

/** All that is left of a secret: prefix and last four. */
export function SecretHint({ row }: { row: Pick<TokenRow, 'displayPrefix' | 'last4'> }) {
  return (
    <span className="truncate font-mono text-faint text-xs">
      {row.displayPrefix}…{row.last4}
    </span>
  )
}

export function StateCell({ row, now }: { row: TokenRow; now: number }) {
  return (
    <span className="flex min-w-0 flex-col">
      <StateBadge state={row.state} reason={row.stateReason} expiresAt={row.expiresAt} now={now} />
      {row.legacy ? (
        <span
          className="pl-4 text-warning-text text-xs"
          title="A key of the older system. Rotate it to get a current token."
        >
          Legacy key
        </span>
      ) : null}
    </span>
  )
}

export function OwnerCell({ row }: { row: TokenRow }) {
  return (
    <span className="block truncate" title={row.ownerLabel}>
      {row.ownerLabel}
    </span>
  )
}

export function AccessCell({ row }: { row: TokenRow }) {
  return (
    <span className="whitespace-nowrap" title={scopesTooltip(row.scopeSet)}>
      {accessWords(row.scopeSet)}
    </span>
  )
}

export function UsedCell({ row, now }: { row: TokenRow; now: number }) {
  if (row.lastUsedAt === null) return <span className="text-faint">Never</span>
  return (
    <span title={row.lastUsedIp ? `From ${row.lastUsedIp}` : undefined}>
      <RelativeTime at={row.lastUsedAt} now={now} className="whitespace-nowrap" />
    </span>
  )
}

export function CreatedCell({ row, now }: { row: TokenRow; now: number }) {
  return (
    <span className="flex min-w-0 flex-col">
      <RelativeTime at={row.createdAt} now={now} className="whitespace-nowrap" />
      <span className="truncate text-faint text-xs" title={`Created by ${row.createdBy}`}>
        by {row.createdBy}
      </span>
    </span>
  )
}

export function ExpiresCell({ row }: { row: Pick<TokenRow, 'expiresAt'> }) {
  if (row.expiresAt === null) return <span className="text-warning-text">No expiry</span>
  return <AbsoluteTime at={row.expiresAt} dateOnly className="whitespace-nowrap" />
}
