import { accessWords, scopesTooltip } from '@/components/tokens/access-words'
import { StateBadge } from '@/components/tokens/state-badge'
import { AbsoluteTime, RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/table'
import type { TokenRow } from './token-rows'

/** Tooltips are `title`s: a window of rows would otherwise mount a hundred tooltip components. */

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
