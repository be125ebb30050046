'use client'

import { Plus, RotateCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { rotate } from '@/app/[tenant]/settings/api-access/token-actions'
import type { TokenFormSetting } from '@/components/tokens/form/token-form-contract'
import { isEnded } from '@/components/tokens/state-words'
import { Button } from '@/components/ui/button'
import { CheckboxField } from '@/components/ui/checkbox'
import { EmptyState } from '@/components/ui/empty-state'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { preloadOnIntent } from '@/components/ui/preload'
import type { ServiceAccountDetail } from '@/lib/service-accounts/model'
import type { TokenSummary } from '@/lib/tokens/model'
import { AccountTokenTable } from './account-token-table'

const RotateSheet = lazyOverlay(
  () => import('@/components/tokens/form/rotate-sheet').then((module) => module.RotateSheet),
  { close: (props) => props.onClose() },
)
const AddTokenSheet = lazyOverlay(
  () => import('./add-token-sheet').then((module) => module.AddTokenSheet),
  { close: (props) => props.onClose() },
)
const RevokeTokenDialog = lazyOverlay(
  () => import('./revoke-token-dialog').then((module) => module.RevokeTokenDialog),
  { opens: (props) => props.token !== null, close: (props) => props.onClose() },
)
const RotateAllSheet = lazyOverlay(
  () => import('./rotate-all-sheet').then((module) => module.RotateAllSheet),
  { close: (props) => props.onClose() },
)

export type AccountTokensProps = { account: ServiceAccountDetail; setting: TokenFormSetting }

type Open =
  | { kind: 'add' }
  | { kind: 'rotate-all' }
  | { kind: 'rotate'; token: TokenSummary }
  | { kind: 'revoke'; token: TokenSummary }

/** The account's tokens: one more, one anew, one less, all anew. */
export function AccountTokens({ account, setting }: AccountTokensProps) {
  const router = useRouter()
  const [open, setOpen] = useState<Open | null>(null)
  const [withEnded, setWithEnded] = useState(false)
  // Of a revoked account there is nothing else to show.
  const isOver = account.state === 'revoked'
  const ended = account.tokens.filter((token) => isEnded(token.state)).length
  const shown = account.tokens.filter((token) => withEnded || isOver || !isEnded(token.state))
  function close() {
    setOpen(null)
    // Only now: a refresh while a secret is in sight could take it away.
    router.refresh()
  }
  return (
    <section aria-label="Tokens" className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {ended > 0 && !isOver ? (
          <CheckboxField
            label={`Show ${ended} ended`}
            checked={withEnded}
            onCheckedChange={(checked) => setWithEnded(checked === true)}
            className="items-center"
          />
        ) : null}
        {isOver ? null : (
          <div className="ml-auto flex flex-wrap gap-2">
            {account.tokens.length > 0 ? (
              <Button
                onClick={() => setOpen({ kind: 'rotate-all' })}
                {...preloadOnIntent(RotateAllSheet.preload)}
              >
                <RotateCw aria-hidden />
                Rotate all
              </Button>
            ) : null}
            <Button
              variant="primary"
              onClick={() => setOpen({ kind: 'add' })}
              {...preloadOnIntent(AddTokenSheet.preload)}
            >
              <Plus aria-hidden />
              Add token
            </Button>
          </div>
        )}
      </div>
      <AccountTokenTable
        tokens={shown}
        account={account}
        tenant={setting.tenant}
        now={setting.now}
        onRotate={(token) => setOpen({ kind: 'rotate', token })}
        onRevoke={(token) => setOpen({ kind: 'revoke', token })}
        empty={
          <EmptyState
            framed={false}
            title="No live token"
            description="Add a token to let the workload in again."
          />
        }
      />
      {open?.kind === 'add' ? (
        <AddTokenSheet account={account} setting={setting} onClose={close} />
      ) : null}
      {open?.kind === 'rotate-all' ? (
        <RotateAllSheet account={account} setting={setting} onClose={close} />
      ) : null}
      {open?.kind === 'rotate' ? (
        <RotateSheet
          token={open.token}
          setting={{
            ...setting,
            ceiling: account.scopes.filter((scope) => setting.ceiling.includes(scope)),
            beyondCeiling: 'Not granted to this account',
          }}
          rotate={(request, idempotencyKey) =>
            rotate(setting.tenant, { tokenId: open.token.id, ...request, idempotencyKey })
          }
          onClose={close}
        />
      ) : null}
      <RevokeTokenDialog
        token={open?.kind === 'revoke' ? open.token : null}
        tenant={setting.tenant}
        now={setting.now}
        onClose={close}
      />
    </section>
  )
}
