'use client'

import { useState } from 'react'
import { ActDialog, type ActDialogProps } from '@/components/settings/act-dialog'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { Button } from '@/components/ui/button'

export type DangerActProps<Data> = Omit<
  ActDialogProps<Data>,
  'open' | 'onClose' | 'confirmLabel'
> & {
  tenant: string
  /** A verb with its object: on the button, and on the one that confirms. */
  label: string
  onOpen?: (() => void) | undefined
}

/** A button that asks before its act, and for proof of identity where the server wants it. */
export function DangerAct<Data>({ tenant, label, onOpen, act, ...props }: DangerActProps<Data>) {
  const [open, setOpen] = useState(false)
  const { run, dialog } = useReauthentication(tenant)
  return (
    <>
      <Button
        variant="danger-outline"
        onClick={() => {
          onOpen?.()
          setOpen(true)
        }}
      >
        {label}
      </Button>
      <ActDialog
        {...props}
        open={open}
        onClose={() => setOpen(false)}
        confirmLabel={label}
        act={() => run(act)}
      />
      {dialog}
    </>
  )
}
