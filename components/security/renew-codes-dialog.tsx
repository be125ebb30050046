'use client'

import { useState } from 'react'
import { renewCodes } from '@/app/[tenant]/settings/profile/security-actions'
import { attempt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { useSave } from '@/components/settings/use-save'
import { Button } from '@/components/ui/button'
import { DialogBody, DialogFooter, DialogHeader } from '@/components/ui/dialog'
import { DialogWithCodes } from './dialog-with-codes'

export type RenewCodesDialogProps = {
  tenant: string
  email: string
  /** The old ones are over; the new ones are still in sight. */
  onRenewed: () => void
  onClose: () => void
}

/** Mount to open. */
export function RenewCodesDialog({ tenant, email, onRenewed, onClose }: RenewCodesDialogProps) {
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const save = useSave()
  const { run, dialog } = useReauthentication(tenant)
  const renew = () =>
    save.run(
      () => run(() => attempt(() => renewCodes(tenant, {}))),
      ({ recoveryCodes }) => {
        onRenewed()
        setCodes(recoveryCodes)
      },
    )
  return (
    <>
      <DialogWithCodes codes={codes} email={email} onRequestClose={onClose} onClose={onClose}>
        <DialogHeader
          title="Renew your recovery codes?"
          description="You get ten new codes. All earlier ones stop working at once, wherever you keep them."
        />
        {save.problem ? (
          <DialogBody>
            <ProblemNotice problem={save.problem} title="The codes were not renewed" />
          </DialogBody>
        ) : null}
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" loading={save.saving} onClick={renew}>
            Renew codes
          </Button>
        </DialogFooter>
      </DialogWithCodes>
      {dialog}
    </>
  )
}
