'use client'

import { type ReactNode, useState } from 'react'
import { accessWords } from '@/components/tokens/access-words'
import { StateBadge } from '@/components/tokens/state-badge'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/table'
import { TokenActionsMenu } from './token-actions-menu'
import { SecretHint } from './token-cells'
import type { TokenRow } from './token-rows'

export type TokenCardsProps = {
  label: string
  lines: readonly { original: TokenRow }[]
  now: number
  pending: ReadonlySet<string>
  viewerId: string
  mayWrite: boolean
  showOwner: boolean
  onRevoke: (row: TokenRow) => void
  tokensPath: string
  empty: ReactNode
}

const STEP = 30

/** The list on a phone: a card a token, more of them on demand. */
export function TokenCards(props: TokenCardsProps) {
  const { label, lines, empty } = props
  const [shown, setShown] = useState(STEP)
  if (lines.length === 0) {
    return <div className="rounded-lg border border-subtle bg-surface shadow-card">{empty}</div>
  }
  const left = lines.length - shown
  return (
    <div className="flex flex-col gap-3">
      <ul aria-label={label} className="flex flex-col gap-2">
        {lines.slice(0, shown).map(({ original }) => (
          <TokenCard key={original.id} row={original} {...props} />
        ))}
      </ul>
      {left > 0 ? (
        <Button onClick={() => setShown(shown + STEP)}>
          Show {Math.min(STEP, left)} more of {left.toLocaleString('en-US')}
        </Button>
      ) : null}
    </div>
  )
}

function TokenCard(props: TokenCardsProps & { row: TokenRow }) {
  const { row, now, pending, viewerId, mayWrite, showOwner, onRevoke, tokensPath } = props
  const href = `${tokensPath}/${row.id}`
  const busy = pending.has(row.id)
  return (
    <li
      aria-busy={busy || undefined}
      className={cn(
        'relative flex flex-col gap-2 rounded-lg border border-subtle bg-surface p-4 text-sm shadow-card',
        busy && 'opacity-50',
      )}
    >
      <div className="flex items-start justify-between gap-2">
        <span className="flex min-w-0 flex-col">
          <RowLink href={href} prefetch={false} className="[overflow-wrap:anywhere]">
            {row.name}
          </RowLink>
          <SecretHint row={row} />
        </span>
        <span className="relative z-1 -mt-1 -mr-1">
          <TokenActionsMenu
            row={row}
            own={row.ownerId === viewerId}
            mayWrite={mayWrite}
            pending={busy}
            onRevoke={onRevoke}
            href={href}
          />
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <StateBadge
          state={row.state}
          reason={row.stateReason}
          expiresAt={row.expiresAt}
          now={now}
        />
        <span className="text-muted">{accessWords(row.scopeSet)}</span>
        {row.legacy ? <Badge tone="warning">Legacy key</Badge> : null}
      </div>
      <p className="text-muted text-xs">
        {row.lastUsedAt === null ? (
          'Never used'
        ) : (
          <>
            Used <RelativeTime at={row.lastUsedAt} now={now} />
          </>
        )}
        {' · '}
        {showOwner ? row.ownerLabel : 'Created '}
        {showOwner ? null : <RelativeTime at={row.createdAt} now={now} />}
      </p>
    </li>
  )
}
