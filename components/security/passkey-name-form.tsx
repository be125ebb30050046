'use client'

import { type FormEvent, useId } from 'react'
import type { Outcome } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useTextForm } from '@/components/settings/use-text-form'
import { Button } from '@/components/ui/button'
import { DialogBody, DialogFooter } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'

export type PasskeyNameFormProps<Data> = {
  initialName: string
  submitLabel: string
  problemTitle: string
  act: (name: string) => Promise<Outcome<Data>>
  onDone: (data: Data) => void
  onClose: () => void
}

/** Body and footer of a dialog that gives a passkey its name. */
export function PasskeyNameForm<Data>(props: PasskeyNameFormProps<Data>) {
  const form = useTextForm({ name: props.initialName })
  const formId = useId()
  const error = form.errorOf('name')
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!form.save.saving) form.save.run(() => props.act(form.values.name), props.onDone)
  }
  return (
    <>
      <DialogBody>
        <form
          ref={form.save.form}
          id={formId}
          noValidate
          onSubmit={submit}
          className="flex flex-col gap-4"
        >
          <Field label="Name" description="By which you will know it again." error={error}>
            <Input {...form.bind('name')} autoComplete="off" />
          </Field>
          {error ? null : <ProblemNotice problem={form.save.problem} title={props.problemTitle} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <Button onClick={props.onClose}>Cancel</Button>
        <Button type="submit" form={formId} variant="primary" loading={form.save.saving}>
          {props.submitLabel}
        </Button>
      </DialogFooter>
    </>
  )
}
