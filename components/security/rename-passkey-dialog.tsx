'use client'

import { changePasskeyName } from '@/app/[tenant]/settings/profile/security-actions'
import { Dialog, DialogContent, DialogHeader } from '@/components/ui/dialog'
import type { OwnPasskey } from '@/lib/two-factor/model'
import { PasskeyNameForm } from './passkey-name-form'

export type RenamePasskeyDialogProps = {
  tenant: string
  passkey: OwnPasskey
  onRenamed: () => void
  onClose: () => void
}

/** Mount to open. */
export function RenamePasskeyDialog(props: RenamePasskeyDialogProps) {
  const { tenant, passkey, onRenamed, onClose } = props
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent size="sm">
        <DialogHeader title="Rename passkey" />
        <PasskeyNameForm
          initialName={passkey.name}
          submitLabel="Rename"
          problemTitle="The passkey was not renamed"
          act={(name) => changePasskeyName(tenant, { passkeyId: passkey.id, name })}
          onDone={() => {
            onRenamed()
            onClose()
          }}
          onClose={onClose}
        />
      </DialogContent>
    </Dialog>
  )
}
