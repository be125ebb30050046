'use client'

import { AlertDialog as RadixAlertDialog } from 'radix-ui'
import { type ReactNode, useState, useTransition } from 'react'
import { Button } from './button'
import { Field } from './field'
import { Input } from './input'
import { useReturnFocus } from './use-return-focus'

export type AlertDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** What happens, what survives, whether it can be undone. */
  description: ReactNode
  /** A verb with its object: "Delete organization". */
  confirmLabel: string
  cancelLabel?: string | undefined
  tone?: 'danger' | 'primary' | undefined
  /** Stays open and busy until it settles; returning `false` keeps it open. */
  onConfirm: () => unknown
  /** Text that must be typed first; only for what cannot be undone. */
  phrase?: string | undefined
  /** Facts or an error between description and buttons. */
  children?: ReactNode | undefined
}

/** Asks before an act; focus starts on the safe button. */
export function AlertDialog({ open, onOpenChange, ...props }: AlertDialogProps) {
  const [busy, startTransition] = useTransition()
  const { opener, onCloseAutoFocus } = useReturnFocus()
  return (
    <RadixAlertDialog.Root open={open} onOpenChange={(next) => !busy && onOpenChange(next)}>
      <RadixAlertDialog.Portal>
        <RadixAlertDialog.Overlay className="fixed inset-0 z-40 grid place-items-center overflow-y-auto bg-scrim p-4 data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in">
          <RadixAlertDialog.Content
            onCloseAutoFocus={onCloseAutoFocus}
            className="w-full max-w-md rounded-xl border border-subtle bg-surface text-ink shadow-dialog outline-none data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in"
          >
            {opener}
            <AlertDialogForm
              {...props}
              busy={busy}
              onConfirm={() =>
                startTransition(async () => {
                  if ((await props.onConfirm()) !== false) onOpenChange(false)
                })
              }
            />
          </RadixAlertDialog.Content>
        </RadixAlertDialog.Overlay>
      </RadixAlertDialog.Portal>
    </RadixAlertDialog.Root>
  )
}

type AlertDialogFormProps = Omit<AlertDialogProps, 'open' | 'onOpenChange' | 'onConfirm'> & {
  busy: boolean
  onConfirm: () => void
}

function AlertDialogForm({
  title,
  description,
  confirmLabel,
  cancelLabel = 'Cancel',
  tone = 'danger',
  onConfirm,
  phrase,
  children,
  busy,
}: AlertDialogFormProps) {
  const [typed, setTyped] = useState('')
  const [mismatch, setMismatch] = useState(false)
  function submit() {
    if (phrase !== undefined && typed.trim() !== phrase) setMismatch(true)
    else onConfirm()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="flex flex-col gap-2 px-5 pt-4 pb-5">
        <RadixAlertDialog.Title className="font-medium text-lg">{title}</RadixAlertDialog.Title>
        <RadixAlertDialog.Description asChild>
          <div className="flex flex-col gap-2 text-muted text-sm">{description}</div>
        </RadixAlertDialog.Description>
        {children}
        {phrase === undefined ? null : (
          <Field
            className="mt-2"
            label={<PhraseLabel phrase={phrase} />}
            error={mismatch ? `Type ${phrase} exactly to continue.` : undefined}
          >
            <Input
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => {
                setTyped(event.target.value)
                setMismatch(false)
              }}
            />
          </Field>
        )}
      </div>
      <div className="flex flex-wrap justify-end gap-2 rounded-b-xl border-subtle border-t bg-canvas px-5 py-3">
        <RadixAlertDialog.Cancel asChild>
          <Button>{cancelLabel}</Button>
        </RadixAlertDialog.Cancel>
        <Button type="submit" variant={tone} loading={busy}>
          {confirmLabel}
        </Button>
      </div>
    </form>
  )
}

function PhraseLabel({ phrase }: { phrase: string }) {
  return (
    <>
      Type <span className="select-all break-all font-mono text-danger-text">{phrase}</span> to
      confirm
    </>
  )
}
