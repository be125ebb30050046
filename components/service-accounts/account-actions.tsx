'use client'

import { Ban, Pause, Pencil, Play } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { resumeAccount } from '@/app/[tenant]/settings/api-access/service-account-actions'
import { attempt } from '@/components/tokens/action-outcome'
import { Button } from '@/components/ui/button'
import { notify } from '@/components/ui/notify'
import type { ServiceAccountDetail } from '@/lib/service-accounts/model'
import { EditAccountSheet } from './edit-account-sheet'
import { type FormFacts, formSetting } from './form-setting'
import { RevokeAccountDialog } from './revoke-account-dialog'
import { SuspendAccountDialog } from './suspend-account-dialog'

export type AccountActionsProps = { account: ServiceAccountDetail; facts: FormFacts }

/** Edit, pause and end. Nothing is offered on a revoked account: it is over for good. */
export function AccountActions({ account, facts }: AccountActionsProps) {
  const router = useRouter()
  const [open, setOpen] = useState<'edit' | 'suspend' | 'revoke' | null>(null)
  const [resuming, startTransition] = useTransition()
  const setting = formSetting(facts)
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
      <Button onClick={() => setOpen('edit')}>
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
