'use client'

import { useState } from 'react'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { DialogHeader } from '@/components/ui/dialog'
import { notify } from '@/components/ui/notify'
import { deviceWords } from '@/lib/auth/device'
import type { OwnPasskey } from '@/lib/two-factor/model'
import { DialogWithCodes } from './dialog-with-codes'
import { createPasskey } from './passkey-creation'
import { PasskeyNameForm } from './passkey-name-form'

export type AddPasskeyDialogProps = {
  tenant: string
  email: string
  passkeys: readonly OwnPasskey[]
  /** It is there; recovery codes may still be in sight. */
  onAdded: () => void
  onClose: () => void
}

/** Mount to open. */
export function AddPasskeyDialog(props: AddPasskeyDialogProps) {
  const { tenant, email, passkeys, onAdded, onClose } = props
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const [initialName] = useState(() => freeName(deviceWords(navigator.userAgent), passkeys))
  const { run, dialog } = useReauthentication(tenant)
  return (
    <>
      <DialogWithCodes codes={codes} email={email} onRequestClose={onClose} onClose={onClose}>
        <DialogHeader
          title="Add a passkey"
          description="Your browser asks next where to keep it: on this device, in your password manager or on a security key."
        />
        <PasskeyNameForm
          initialName={initialName}
          submitLabel="Continue"
          problemTitle="No passkey was added"
          act={(name) => createPasskey(tenant, name, run)}
          onDone={({ recoveryCodes }) => {
            onAdded()
            setCodes(recoveryCodes)
            if (recoveryCodes !== null) return
            onClose()
            notify.success('Passkey added')
          }}
          onClose={onClose}
        />
      </DialogWithCodes>
      {dialog}
    </>
  )
}

/** "Chrome on macOS", or "Chrome on macOS 2" where that is taken. */
function freeName(wanted: string, passkeys: readonly OwnPasskey[]): string {
  const taken = new Set(passkeys.map(({ name }) => name))
  let name = wanted
  for (let count = 2; taken.has(name); count++) name = `${wanted} ${count}`
  return name
}
