'use client'

import { type FormEvent, useId, useState, useTransition } from 'react'
import { makeOrganization } from '@/app/[tenant]/settings/general/actions'
import { type ActionProblem, attempt, errorAt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
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
import { proposeSlug } from '@/lib/organization/model'

export type CreateOrganizationDialogProps = { open: boolean; onOpenChange: (open: boolean) => void }

/** Another organization, whose first admin is whoever makes it. */
export function CreateOrganizationDialog({ open, onOpenChange }: CreateOrganizationDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size="sm">
        <DialogHeader
          title="Create organization"
          description="With its own members, tokens and audit trail. You become its admin."
        />
        <CreateForm onCancel={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  )
}

/** Mounted while open only, so that it always begins empty. */
function CreateForm({ onCancel }: { onCancel: () => void }) {
  const formId = useId()
  const [name, setName] = useState('')
  const [ownSlug, setOwnSlug] = useState<string | null>(null)
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  const [busy, startTransition] = useTransition()
  const slug = ownSlug ?? proposeSlug(name)
  const errors = { name: errorAt(problem, '/name'), slug: errorAt(problem, '/slug') }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    // A portal's events bubble through React, to forms that the menu may lie in.
    event.stopPropagation()
    const form = event.currentTarget
    startTransition(async () => {
      const outcome = await attempt(() => makeOrganization({ name, slug }))
      if (outcome.ok) {
        window.location.assign(`/${outcome.data.slug}/settings/general`)
        return new Promise<void>(() => undefined)
      }
      setProblem(outcome.problem)
      const field = errorAt(outcome.problem, '/name') ? 'name' : 'slug'
      form.querySelector<HTMLInputElement>(`[name=${field}]`)?.focus()
    })
  }
  return (
    <>
      <DialogBody>
        <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
          {errors.name || errors.slug ? null : (
            <ProblemNotice problem={problem} title="The organization was not created" />
          )}
          <Field label="Organization name" error={errors.name}>
            <Input
              name="name"
              autoComplete="organization"
              value={name}
              onChange={(event) => {
                setName(event.target.value)
                setProblem(null)
              }}
            />
          </Field>
          <Field
            label="Address"
            description="Part of every link and API path. It can be changed later."
            error={errors.slug}
          >
            <Input
              name="slug"
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              value={slug}
              onChange={(event) => {
                setOwnSlug(event.target.value.toLowerCase())
                setProblem(null)
              }}
            />
          </Field>
        </form>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" form={formId} variant="primary" loading={busy}>
          Create organization
        </Button>
      </DialogFooter>
    </>
  )
}
