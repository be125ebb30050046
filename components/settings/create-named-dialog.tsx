'use client'

import { useId, useState } from 'react'
import type { Outcome } from '@/components/settings/action-outcome'
import { idForName } from '@/components/settings/id-for-name'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useTextForm } from '@/components/settings/use-text-form'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
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
import { Textarea } from '@/components/ui/textarea'

const NOTHING = { displayName: '', id: '', description: '' }

export type CreateNamedDialogProps<Made> = {
  /** What is made, within a sentence: "agent". */
  noun: string
  /** What becomes of it once it is there. */
  description: string
  /** A name to show what is meant; the id follows from it. */
  example: string
  idDescription: string
  descriptionDescription: string
  create: (values: typeof NOTHING) => Promise<Outcome<Made>>
  onMade: (made: Made) => void
  onClose: () => void
}

/** Mount to open. Makes what has a name, and an id that never changes: one is suggested until somebody types it. */
export function CreateNamedDialog<Made>({
  noun,
  description,
  example,
  idDescription,
  descriptionDescription,
  create,
  onMade,
  onClose,
}: CreateNamedDialogProps<Made>) {
  const form = useTextForm(NOTHING)
  const [ownId, setOwnId] = useState(false)
  const guard = useUnsavedGuard(form.dirty && !form.save.saved)
  const formId = useId()
  const close = () => guard.ask(onClose)
  const id = form.bind('id')
  const atField = (['displayName', 'id', 'description'] as const).some(form.errorOf)
  function rename(displayName: string) {
    form.change({ displayName, ...(ownId ? {} : { id: idForName(displayName) }) })
  }
  return (
    <Dialog open>
      <DialogContent onRequestClose={close}>
        <DialogHeader title={`Create ${noun}`} description={description} />
        <DialogBody>
          <form
            id={formId}
            ref={form.save.form}
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              form.save.run(() => create(form.values), onMade)
            }}
            className="flex flex-col gap-4"
          >
            {atField ? null : (
              <ProblemNotice problem={form.save.problem} title={`The ${noun} was not created`} />
            )}
            <Field label="Name" error={form.errorOf('displayName')}>
              <Input
                {...form.bind('displayName')}
                autoComplete="off"
                placeholder={example}
                onChange={({ target }) => rename(target.value)}
              />
            </Field>
            <Field label="Id" description={idDescription} error={form.errorOf('id')}>
              <Input
                {...id}
                mono
                autoComplete="off"
                spellCheck={false}
                placeholder={idForName(example)}
                onChange={(event) => {
                  setOwnId(event.target.value !== '')
                  id.onChange(event)
                }}
              />
            </Field>
            <Field
              label="Description"
              optional
              description={descriptionDescription}
              error={form.errorOf('description')}
            >
              <Textarea {...form.bind('description')} />
            </Field>
          </form>
        </DialogBody>
        <DialogFooter>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" loading={form.save.saving}>
            Create {noun}
          </Button>
        </DialogFooter>
      </DialogContent>
      {guard.dialog}
    </Dialog>
  )
}
