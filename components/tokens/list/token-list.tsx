'use client'

import { KeyRound } from 'lucide-react'
import { memo, useState } from 'react'
import { CreateTokenButton } from '@/components/tokens/form/create-token-button'
import type { RevocableToken } from '@/components/tokens/revoke-dialog'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { TextLink } from '@/components/ui/text-link'
import { DAY_MS } from '@/lib/tokens/model'
import { BulkBar } from './bulk-bar'
import type { BulkProgress } from './bulk-revoke-dialog'
import { TokenCards } from './token-cards'
import { NO_FILTERS, type SortableColumn, type TokenFilters } from './token-filters'
import type { TokenRow } from './token-rows'
import { TokenTable } from './token-table'
import type { TokenViewer } from './token-viewer'
import { useNarrowScreen } from './use-narrow-screen'
import { useTokenTable } from './use-token-table'

const BulkRevokeDialog = lazyOverlay(
  () => import('./bulk-revoke-dialog').then((module) => module.BulkRevokeDialog),
  { opens: (props) => props.open, close: (props) => props.onClose() },
)

export type TokenListProps = {
  rows: TokenRow[]
  filters: TokenFilters
  hiddenColumns: readonly SortableColumn[]
  viewer: TokenViewer
  tokensPath: string
  now: number
  endedCount: number
  pending: ReadonlySet<string>
  onChange: (change: Partial<TokenFilters>) => void
  onSort: (column: SortableColumn) => void
  onRevoke: (token: RevocableToken) => void
  onRevokeAll: (
    tokenIds: readonly string[],
    report: (progress: BulkProgress) => void,
  ) => Promise<string | null>
}

/**
 * Table or cards, with the selection. Memoized and rendered after the toolbar: a keystroke is on the
 * screen before ten thousand rows have been looked through.
 */
export const TokenList = memo(function TokenList(props: TokenListProps) {
  const { rows, filters, hiddenColumns, viewer, tokensPath, now, pending, onRevoke } = props
  const narrow = useNarrowScreen()
  const { table, selection, clearSelection } = useTokenTable({
    rows,
    filters,
    hiddenColumns,
    viewerId: viewer.id,
    mayWrite: viewer.mayWrite,
  })
  const shown = table.getRowModel().rows
  const list = {
    label: 'Personal tokens',
    now,
    pending,
    viewerId: viewer.id,
    mayWrite: viewer.mayWrite,
    onRevoke,
    tokensPath,
    empty: <NothingShown {...props} />,
  }
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Selection
        {...props}
        chosen={Object.keys(selection).length === 0 ? [] : rows.filter((row) => selection[row.id])}
        visible={shown}
        onClear={clearSelection}
      />
      {narrow === true ? null : (
        <div className="max-sm:hidden">
          <TokenTable {...list} table={table} sort={filters.sort} onSort={props.onSort} />
        </div>
      )}
      {narrow === false ? null : (
        <div className="sm:hidden">
          <TokenCards
            {...list}
            key={JSON.stringify(filters)}
            lines={shown}
            showOwner={filters.view === 'everyone'}
          />
        </div>
      )}
      <output className="text-muted text-sm tabular-nums">{countWords(shown.length)}</output>
    </div>
  )
})

function countWords(count: number): string {
  if (count === 0) return ''
  return count === 1 ? '1 token' : `${count.toLocaleString('en-US')} tokens`
}

type SelectionProps = TokenListProps & {
  chosen: readonly TokenRow[]
  visible: readonly { id: string }[]
  onClear: () => void
}

function Selection({ chosen, visible, onClear, now, onRevokeAll }: SelectionProps) {
  const [asking, setAsking] = useState(false)
  const inSight = new Set(chosen.length > 0 ? visible.map((row) => row.id) : [])
  async function confirm(report: (progress: BulkProgress) => void) {
    const ids = chosen.map((row) => row.id)
    const stopped = await onRevokeAll(ids, report)
    if (stopped === null) onClear()
    return stopped
  }
  return (
    <>
      <BulkBar
        count={chosen.length}
        hidden={chosen.filter((row) => !inSight.has(row.id)).length}
        onRevoke={() => setAsking(true)}
        onClear={onClear}
      />
      <BulkRevokeDialog
        open={asking}
        count={chosen.length}
        inUse={chosen.filter((row) => now - (row.lastUsedAt ?? 0) < 7 * DAY_MS).length}
        onClose={() => setAsking(false)}
        onConfirm={confirm}
      />
    </>
  )
}

function NothingShown({ rows, filters, viewer, endedCount, onChange }: TokenListProps) {
  const hidden = filters.ended ? 0 : endedCount
  if (filters.view === 'mine' && rows.every((row) => row.ownerId !== viewer.id)) {
    return (
      <EmptyState
        framed={false}
        icon={<KeyRound />}
        title="Create your first token"
        description="A token lets a script, a notebook or the CLI act as you, with the scopes you choose."
        actions={
          <>
            {viewer.mayWrite ? <CreateTokenButton /> : null}
            <TextLink href="/docs/api">Read the API reference</TextLink>
          </>
        }
      />
    )
  }
  return (
    <EmptyState
      framed={false}
      title="No token matches"
      description={
        hidden > 0 ? `${hidden.toLocaleString('en-US')} ended tokens are hidden.` : undefined
      }
      actions={
        <>
          <Button
            onClick={() => onChange({ ...NO_FILTERS, view: filters.view, sort: filters.sort })}
          >
            Clear filters
          </Button>
          {hidden > 0 ? (
            <Button variant="ghost" onClick={() => onChange({ ended: true })}>
              Show ended
            </Button>
          ) : null}
        </>
      }
    />
  )
}
