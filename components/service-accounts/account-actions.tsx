'use client'

import { Ban, Pause, Pencil, Play } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { resumeAccount } from '@/app/[tenant]/settings/api-access/service-account-actions'
import { attempt } from '@/components/tokens/action-outcome'
import { Button } from '@/components/ui/button'
import { notify } from '@/components/ui/notify'
import { preloadOnIntent } from '@/components/ui/preload'
import { useOnceOpen } from '@/components/ui/use-once-open'
import type { ServiceAccountDetail } from '@/lib/service-accounts/model'
import { type FormFacts, formSetting } from './form-setting'

const RevokeAccountDialog = dynamic(() =>
  import('./revoke-account-dialog').then((module) => module.RevokeAccountDialog),
)
const SuspendAccountDialog = dynamic(() =>
  import('./suspend-account-dialog').then((module) => module.SuspendAccountDialog),
)
const EditAccountSheet = dynamic(() =>
  import('./edit-account-sheet').then((module) => module.EditAccountSheet),
)

export type AccountActionsProps = { account: ServiceAccountDetail; facts: FormFacts }

/** Edit, pause and end. Nothing is offered on a revoked account: it is over for good. */
export function AccountActions({ account, facts }: AccountActionsProps) {
  const router = useRouter()
  const [open, setOpen] = useState<'edit' | 'suspend' | 'revoke' | null>(null)
  const [resuming, startTransition] = useTransition()
  const setting = formSetting(facts)
  const suspendOnce = useOnceOpen(open === 'suspend')
  const revokeOnce = useOnceOpen(open === 'revoke')
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
      <Button
        onClick={() => setOpen('edit')}
        {...preloadOnIntent(() => import('./edit-account-sheet'))}
      >
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
      {suspendOnce ? <SuspendAccountDialog {...overlay} open={open === 'suspend'} /> : null}
      {revokeOnce ? <RevokeAccountDialog {...overlay} open={open === 'revoke'} /> : null}
    </>
  )
}
