'use client'

import { Ban, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { StateBadge } from '@/components/tokens/state-badge'
import { Badge } from '@/components/ui/badge'
import { AbsoluteTime, RelativeTime } from '@/components/ui/relative-time'
import { type RowAction, RowMenu } from '@/components/ui/row-menu'
import { RowLink, Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { ServiceAccountDetail } from '@/lib/service-accounts/model'
import { effectiveScopes, type TokenSummary } from '@/lib/tokens/model'

export type AccountTokenTableProps = {
  tokens: readonly TokenSummary[]
  account: ServiceAccountDetail
  tenant: string
  now: number
  onRotate: (token: TokenSummary) => void
  onRevoke: (token: TokenSummary) => void
  empty: ReactNode
}

const COLUMNS = ['Token', 'State', 'Scopes', 'Last used', 'Expires'] as const

export function AccountTokenTable(props: AccountTokenTableProps) {
  return (
    <Table label="Tokens of this service account">
      <THead>
        <tr>
          {COLUMNS.map((title) => (
            <Th key={title}>{title}</Th>
          ))}
          <Th srOnly>Actions</Th>
        </tr>
      </THead>
      <TBody>
        {props.tokens.map((token) => (
          <TokenRow key={token.id} token={token} {...props} />
        ))}
        {props.tokens.length === 0 ? (
          <tr>
            <td colSpan={COLUMNS.length + 1}>{props.empty}</td>
          </tr>
        ) : null}
      </TBody>
    </Table>
  )
}

type TokenRowProps = Omit<AccountTokenTableProps, 'tokens' | 'empty'> & { token: TokenSummary }

function TokenRow({ token, account, tenant, now, onRotate, onRevoke }: TokenRowProps) {
  const expiresAt = token.effectiveExpiresAt
  return (
    <Tr interactive>
      <Td>
        <span className="flex min-w-40 max-w-44 flex-col sm:max-w-72">
          <RowLink href={`/${tenant}/settings/api-access/tokens/${token.id}`} className="truncate">
            {token.name}
          </RowLink>
          <code className="text-faint text-xs">
            {token.displayPrefix}…{token.last4}
          </code>
        </span>
      </Td>
      <Td>
        <StateBadge
          state={token.state}
          reason={token.stateReason}
          expiresAt={expiresAt}
          now={now}
        />
      </Td>
      <Td>
        <ScopeCount token={token} account={account} />
      </Td>
      <Td className="whitespace-nowrap">
        {token.lastUsedAt === null ? (
          <span className="text-muted">Never</span>
        ) : (
          <RelativeTime at={token.lastUsedAt} now={now} />
        )}
      </Td>
      <Td className="whitespace-nowrap">
        {expiresAt === null ? (
          <span className="text-muted">No expiry</span>
        ) : (
          <AbsoluteTime at={expiresAt} dateOnly />
        )}
      </Td>
      <Td actions align="right">
        <RowMenu name={token.name} actions={actionsOn({ token, onRotate, onRevoke })} />
      </Td>
    </Tr>
  )
}

/** Granted, and what of it the account's own grant withholds. */
function ScopeCount({ token, account }: Pick<TokenRowProps, 'token' | 'account'>) {
  const withheld = token.scopes.length - effectiveScopes(token.scopes, account.scopes).length
  return (
    <span className="flex items-center gap-2 whitespace-nowrap">
      {token.scopes.length}
      {withheld > 0 ? <Badge tone="warning">{withheld} not effective</Badge> : null}
    </span>
  )
}

function actionsOn(props: Pick<TokenRowProps, 'token' | 'onRotate' | 'onRevoke'>): RowAction[] {
  const { token, onRotate, onRevoke } = props
  // What still lives can be ended.
  if (token.revokedAt !== null && token.state !== 'overlap') return []
  const rotate: RowAction = {
    label: 'Rotate…',
    icon: <RotateCw aria-hidden />,
    onSelect: () => onRotate(token),
  }
  const revoke: RowAction = {
    label: 'Revoke…',
    icon: <Ban aria-hidden />,
    tone: 'danger',
    onSelect: () => onRevoke(token),
  }
  // Only what was not replaced yet can be replaced.
  const mayRotate = token.rotatedAt === null && token.state !== 'expired'
  return mayRotate ? [rotate, revoke] : [revoke]
}
