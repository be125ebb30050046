'use client'

import type { ReactNode } from 'react'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { RecoveryCodesStep } from './recovery-codes-step'

export type DialogWithCodesProps = {
  /** Set once the act has made recovery codes: they take the place of `children`, and must be taken. */
  codes: readonly string[] | null
  email: string
  /** Escape, backdrop and the X, before there are codes. */
  onRequestClose: () => void
  onClose: () => void
  children: ReactNode
}

/** Mount to open. An act that may end with codes that are shown once. */
export function DialogWithCodes(props: DialogWithCodesProps) {
  const { codes, email, onRequestClose, onClose, children } = props
  return (
    <Dialog open>
      <DialogContent
        dismissible={codes === null}
        onRequestClose={codes === null ? onRequestClose : undefined}
      >
        {codes ? <RecoveryCodesStep codes={codes} email={email} onDone={onClose} /> : children}
      </DialogContent>
    </Dialog>
  )
}
