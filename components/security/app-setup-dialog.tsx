'use client'

import { type FormEvent, useId, useState } from 'react'
import { confirmAppSetup } from '@/app/[tenant]/settings/profile/security-actions'
import { attempt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { useTextForm } from '@/components/settings/use-text-form'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Button } from '@/components/ui/button'
import { DialogBody, DialogFooter, DialogHeader } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { AppSetup } from '@/lib/two-factor/totp'
import { AppSecret } from './app-secret'
import { DialogWithCodes } from './dialog-with-codes'

export type AppSetupDialogProps = {
  tenant: string
  email: string
  /** Kept in component state only, and dropped when the dialog closes. */
  setup: AppSetup
  /** The app is on; recovery codes may still be in sight. */
  onConfirmed: () => void
  onClose: () => void
}

/** Mount to open. Hands the secret to the app, and waits for the code that shows that the app has it. */
export function AppSetupDialog(props: AppSetupDialogProps) {
  const { tenant, email, setup, onConfirmed, onClose } = props
  const form = useTextForm({ code: '' })
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const { run, dialog } = useReauthentication(tenant)
  const guard = useUnsavedGuard(form.dirty && codes === null)
  const formId = useId()
  const error = form.errorOf('code')

  function submit(event: FormEvent) {
    event.preventDefault()
    if (form.save.saving) return
    form.save.run(
      () => run(() => attempt(() => confirmAppSetup(tenant, form.values))),
      ({ recoveryCodes }) => {
        onConfirmed()
        setCodes(recoveryCodes)
        if (recoveryCodes === null) onClose()
      },
    )
  }
  return (
    <>
      <DialogWithCodes
        codes={codes}
        email={email}
        onRequestClose={() => guard.ask(onClose)}
        onClose={onClose}
      >
        <DialogHeader
          title="Set up an authenticator app"
          description="Any app for one-time codes will do: your password manager’s, or the one on your phone."
        />
        <DialogBody>
          <form
            ref={form.save.form}
            id={formId}
            method="post"
            noValidate
            onSubmit={submit}
            className="flex flex-col gap-5"
          >
            <AppSecret setup={setup} />
            <Field label="Code that the app shows" error={error}>
              <Input
                {...form.bind('code')}
                mono
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={7}
                placeholder="123 456"
                className="max-w-40 tracking-widest"
              />
            </Field>
            {error ? null : (
              <ProblemNotice problem={form.save.problem} title="The app was not set up" />
            )}
          </form>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => guard.ask(onClose)}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" loading={form.save.saving}>
            Turn on
          </Button>
        </DialogFooter>
      </DialogWithCodes>
      {guard.dialog}
      {dialog}
    </>
  )
}
