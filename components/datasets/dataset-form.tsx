'use client'

import { useId } from 'react'
import type { Outcome } from '@/components/settings/action-outcome'
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
import type { Dataset } from '@/lib/datasets/model'

type Named = Pick<Dataset, 'name' | 'description'>

export type DatasetFormProps = {
  title: string
  description: string
  initial: Named
  submitLabel: string
  problemTitle: string
  save: (named: Named) => Promise<Outcome<Dataset>>
  onSaved: (dataset: Dataset) => void
  onClose: () => void
}

/** Mount to open: the name of a dataset and what it is for. */
export function DatasetForm(props: DatasetFormProps) {
  const form = useTextForm(props.initial)
  const { save } = form
  const guard = useUnsavedGuard(form.dirty && !save.saved)
  const formId = useId()
  const close = () => guard.ask(props.onClose)
  const atField = (['name', 'description'] as const).some(form.errorOf)
  return (
    <Dialog open>
      <DialogContent onRequestClose={close}>
        <DialogHeader title={props.title} description={props.description} />
        <DialogBody>
          <form
            id={formId}
            ref={save.form}
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              if (!save.saving) save.run(() => props.save(form.values), props.onSaved)
            }}
            className="flex flex-col gap-4"
          >
            {atField ? null : <ProblemNotice problem={save.problem} title={props.problemTitle} />}
            <Field label="Name" error={form.errorOf('name')}>
              <Input {...form.bind('name')} autoComplete="off" placeholder="Support questions" />
            </Field>
            <Field
              label="Description"
              optional
              description="Which agents it is for, and where its cases come from."
              error={form.errorOf('description')}
            >
              <Textarea {...form.bind('description')} />
            </Field>
          </form>
        </DialogBody>
        <DialogFooter>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" loading={save.saving}>
            {props.submitLabel}
          </Button>
        </DialogFooter>
      </DialogContent>
      {guard.dialog}
    </Dialog>
  )
}
