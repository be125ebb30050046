'use client'

import { Ban, Pause, Pencil, Play } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { resumeAccount } from '@/app/[tenant]/settings/api-access/service-account-actions'
import { attempt } from '@/components/settings/action-outcome'
import type { TokenFormSetting } from '@/components/tokens/form/token-form-contract'
import { Button } from '@/components/ui/button'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { notify } from '@/components/ui/notify'
import { preloadOnIntent } from '@/components/ui/preload'
import type { ServiceAccountDetail } from '@/lib/service-accounts/model'

const RevokeAccountDialog = lazyOverlay(
  () => import('./revoke-account-dialog').then((module) => module.RevokeAccountDialog),
  { opens: (props) => props.open, close: (props) => props.onClose() },
)
const SuspendAccountDialog = lazyOverlay(
  () => import('./suspend-account-dialog').then((module) => module.SuspendAccountDialog),
  { opens: (props) => props.open, close: (props) => props.onClose() },
)
const EditAccountSheet = lazyOverlay(
  () => import('./edit-account-sheet').then((module) => module.EditAccountSheet),
  { close: (props) => props.onClose() },
)

export type AccountActionsProps = { account: ServiceAccountDetail; setting: TokenFormSetting }

/** Edit, pause and end. Nothing is offered on a revoked account: it is over for good. */
export function AccountActions({ account, setting }: AccountActionsProps) {
  const router = useRouter()
  const [open, setOpen] = useState<'edit' | 'suspend' | 'revoke' | null>(null)
  const [resuming, startTransition] = useTransition()
  const overlay = { account, setting, onClose: () => setOpen(null), onDone: () => router.refresh() }

  function resume() {
    startTransition(async () => {
      const answer = await attempt(() =>
        resumeAccount(setting.tenant, { serviceAccountId: account.id }),
      )
      if (answer.ok) {
        notify.success(`${account.name} resumed`)
        router.refresh()
      } else notify.error('Not resumed', { description: answer.problem.message })
    })
  }
  if (account.state === 'revoked') return null
  return (
    <>
      <Button onClick={() => setOpen('edit')} {...preloadOnIntent(EditAccountSheet.preload)}>
        <Pencil aria-hidden />
        Edit
      </Button>
      {account.state === 'active' ? (
        <Button onClick={() => setOpen('suspend')}>
          <Pause aria-hidden />
          Suspend
        </Button>
      ) : (
        <Button onClick={resume} loading={resuming}>
          <Play aria-hidden />
          Resume
        </Button>
      )}
      <Button variant="danger-outline" onClick={() => setOpen('revoke')}>
        <Ban aria-hidden />
        Revoke
      </Button>
      {open === 'edit' ? <EditAccountSheet {...overlay} /> : null}
      <SuspendAccountDialog {...overlay} open={open === 'suspend'} />
      <RevokeAccountDialog {...overlay} open={open === 'revoke'} />
    </>
  )
}
