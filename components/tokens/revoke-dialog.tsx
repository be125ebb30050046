'use client'

import type { Outcome } from '@/components/settings/action-outcome'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { RelativeTime } from '@/components/ui/relative-time'
import type { TokenOwner } from '@/lib/tokens/model'
import type { ScopeUsage } from '@/lib/tokens/scope-usage'

/** The part of a token that the question names. */
export interface RevocableToken {
  id: string
  name: string
  lastUsedAt: number | null
  lastUsedIp: string | null
  /** Whose it is, where lists mix them. */
  owner?: Pick<TokenOwner, 'type' | 'id'> | undefined
}

export type RevokeDialogProps = {
  token: RevocableToken | null
  /** Calls of the last 30 days; null while they are counted. */
  usage: Outcome<ScopeUsage> | null
  now: number
  onClose: () => void
  onConfirm: (token: RevocableToken) => unknown
}

const OF_INTEGRATION =
  'It is the MCP key of an integration: its clients are refused until somebody makes another key there.'

/** Says what dies before it dies: who used the token last, and how much it is used. */
export function RevokeDialog({ token, usage, now, onClose, onConfirm }: RevokeDialogProps) {
  return (
    <AlertDialog
      open={token !== null}
      onOpenChange={(open) => !open && onClose()}
      title={`Revoke ${token?.name ?? 'token'}?`}
      description={
        <>
          <p>
            Its secret is refused from the next request on. This cannot be undone; history and
            activity stay.
          </p>
          <p>{token ? <LastUse token={token} now={now} /> : null}</p>
          <p aria-live="polite">
            {token?.owner?.type === 'integration' ? OF_INTEGRATION : usageWords(usage)}
          </p>
        </>
      }
      confirmLabel="Revoke token"
      onConfirm={() => (token ? onConfirm(token) : undefined)}
    />
  )
}

function LastUse({ token, now }: { token: RevocableToken; now: number }) {
  if (token.lastUsedAt === null) return 'It has never been used.'
  return (
    <>
      Last used <RelativeTime at={token.lastUsedAt} now={now} />
      {token.lastUsedIp ? (
        <>
          {' '}
          from <code>{token.lastUsedIp}</code>
        </>
      ) : null}
      .
    </>
  )
}

function usageWords(usage: Outcome<ScopeUsage> | null): string {
  if (usage === null) return 'Counting its calls of the last 30 days…'
  if (!usage.ok) return 'Its calls of the last 30 days could not be counted.'
  const { calls, windowDays } = usage.data
  if (calls === 0) return `No call in the last ${windowDays} days.`
  const count = calls === 1 ? '1 call' : `${calls.toLocaleString('en-US')} calls`
  return `${count} in the last ${windowDays} days: whatever makes them will be refused.`
}
