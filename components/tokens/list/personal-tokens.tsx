'use client'

import { useDeferredValue, useMemo } from 'react'
import { CreateTokenButton } from '@/components/tokens/form/create-token-button'
import { CreateTokenHost } from '@/components/tokens/form/create-token-host'
import type { ExpiryPolicy } from '@/components/tokens/form/expiry-choice'
import { useRevocation } from '@/components/tokens/use-revocation'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { TextLink } from '@/components/ui/text-link'
import { countEnded, type TokenFilters } from './token-filters'
import { TokenList } from './token-list'
import { decodeTokenRows, type TokenRow, type TokenRowsPayload } from './token-rows'
import { TokenToolbar } from './token-toolbar'
import type { TokenViewer } from './token-viewer'
import { useColumnChoice } from './use-column-choice'
import { useTokenFilters } from './use-token-filters'

const RevokeDialog = lazyOverlay(
  () => import('@/components/tokens/revoke-dialog').then((module) => module.RevokeDialog),
  { opens: (props) => props.token !== null, close: (props) => props.onClose() },
)

export type PersonalTokensProps = {
  tenant: string
  publicUrl: string
  now: number
  viewer: TokenViewer
  policy: ExpiryPolicy
  payload: TokenRowsPayload
  initialFilters: TokenFilters
}

export function PersonalTokens(props: PersonalTokensProps) {
  const { tenant, publicUrl, now, viewer, policy, payload } = props
  const revocation = useRevocation(tenant)
  const rows = useRows(payload, revocation.ended)
  const { filters, change, toggleSort } = useTokenFilters(props.initialFilters)
  const applied = useDeferredValue(filters)
  const columns = useColumnChoice()
  const { view } = filters
  const endedCount = useMemo(() => countEnded(rows, view, viewer.id), [rows, view, viewer.id])
  const owners = useMemo(() => ownersOf(rows), [rows])
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Lead mayWrite={viewer.mayWrite} />
      <TokenToolbar
        filters={filters}
        onChange={change}
        owners={owners}
        seesEveryone={viewer.seesEveryone}
        endedCount={endedCount}
        hiddenColumns={columns.hidden}
        onHiddenColumnsChange={columns.setHidden}
      />
      <TokenList
        rows={rows}
        filters={applied}
        hiddenColumns={columns.hidden}
        viewer={viewer}
        tokensPath={`/${tenant}/settings/api-access/tokens`}
        now={now}
        endedCount={endedCount}
        pending={revocation.pending}
        onChange={change}
        onSort={toggleSort}
        onRevoke={revocation.ask}
        onRevokeAll={revocation.revokeAll}
      />
      <RevokeDialog
        token={revocation.asked}
        usage={revocation.usage}
        now={now}
        onClose={revocation.close}
        onConfirm={revocation.confirm}
      />
      {viewer.mayWrite ? (
        <CreateTokenHost
          setting={{
            tenant,
            publicUrl,
            now,
            policy,
            ceiling: viewer.ceiling,
          }}
        />
      ) : null}
    </div>
  )
}

/** Rows as the server listed them; what this page has revoked is shown so before the next list comes. */
function useRows(payload: TokenRowsPayload, ended: ReadonlySet<string>): TokenRow[] {
  const decoded = useMemo(() => decodeTokenRows(payload), [payload])
  return useMemo(() => {
    if (ended.size === 0) return decoded
    return decoded.map((row) =>
      ended.has(row.id) && row.state !== 'revoked' && row.state !== 'rotated'
        ? { ...row, state: 'revoked', stateReason: 'Revoked by you.' }
        : row,
    )
  }, [decoded, ended])
}

function ownersOf(rows: readonly TokenRow[]): { id: string; label: string }[] {
  const labels = new Map(rows.map((row) => [row.ownerId, row.ownerLabel]))
  return [...labels]
    .map(([id, label]) => ({ id, label }))
    .sort((a, b) => (a.label.toLowerCase() < b.label.toLowerCase() ? -1 : 1))
}

function Lead({ mayWrite }: { mayWrite: boolean }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <p className="max-w-2xl text-muted text-sm">
        A personal token acts as the person who owns it. For workloads that outlive people, use a{' '}
        <TextLink href="?tab=service-accounts">service account</TextLink>.
      </p>
      {mayWrite ? <CreateTokenButton /> : null}
    </div>
  )
}
