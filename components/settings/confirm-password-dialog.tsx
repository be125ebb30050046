'use client'

import { type FormEvent, useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogFooter,
  DialogHeader,
} from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { attempt, errorAt } from './action-outcome'
import type { ConfirmPassword } from './use-reauthentication'

export type ConfirmPasswordDialogProps = {
  open: boolean
  confirmPassword: ConfirmPassword
  /** True after the right password; false when the person gave up. */
  onSettled: (confirmed: boolean) => void
}

export function ConfirmPasswordDialog({
  open,
  confirmPassword,
  onSettled,
}: ConfirmPasswordDialogProps) {
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onSettled(false)}>
      <DialogContent size="sm">
        <DialogHeader
          title="Confirm your password"
          description="This hands out power, and it has been more than 10 minutes since you proved who you are."
        />
        <PasswordForm confirmPassword={confirmPassword} onSettled={onSettled} />
      </DialogContent>
    </Dialog>
  )
}

/** Mounted only while open, so that no password outlives the dialog. */
function PasswordForm({ confirmPassword, onSettled }: Omit<ConfirmPasswordDialogProps, 'open'>) {
  const formId = useId()
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string>()
  // Not a transition: React settles transitions together, and the one that asked waits for this answer.
  const [busy, setBusy] = useState(false)
  async function submit(event: FormEvent) {
    event.preventDefault()
    // A portal's events bubble through React: without this the form of the sheet below would be sent too.
    event.stopPropagation()
    if (busy) return
    if (password === '') return setError('Type your password.')
    setBusy(true)
    const answer = await attempt(() => confirmPassword(password))
    setBusy(false)
    if (answer.ok) return onSettled(true)
    setError(errorAt(answer.problem, '/password') ?? answer.problem.message)
  }
  return (
    <>
      <DialogBody>
        <form id={formId} onSubmit={submit}>
          <Field label="Password" error={error}>
            <Input
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={(event) => {
                setPassword(event.target.value)
                setError(undefined)
              }}
            />
          </Field>
        </form>
      </DialogBody>
      <DialogFooter>
        <Button onClick={() => onSettled(false)}>Cancel</Button>
        <Button type="submit" form={formId} variant="primary" loading={busy}>
          Confirm
        </Button>
      </DialogFooter>
    </>
  )
}
