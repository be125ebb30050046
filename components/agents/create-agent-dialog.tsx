'use client'

import { useRouter } from 'next/navigation'
import { useId, useState } from 'react'
import { makeAgent } from '@/app/[tenant]/settings/agents/actions'
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
import { idFor } from './agent-words'

export type CreateAgentDialogProps = { tenant: string; onClose: () => void }

/** Mount to open. Names the agent; its first revision is written on its page. */
export function CreateAgentDialog({ tenant, onClose }: CreateAgentDialogProps) {
  const router = useRouter()
  const form = useTextForm({ displayName: '', id: '', description: '' })
  const [ownId, setOwnId] = useState(false)
  const guard = useUnsavedGuard(form.dirty && !form.save.saved)
  const formId = useId()
  const close = () => guard.ask(onClose)
  const id = form.bind('id')
  const name = form.bind('displayName')
  const atField = (['displayName', 'id', 'description'] as const).some(form.errorOf)
  return (
    <Dialog open>
      <DialogContent onRequestClose={close}>
        <DialogHeader
          title="Create agent"
          description="You become its admin. Nobody else sees it but admins of the organization, until you share it."
        />
        <DialogBody>
          <form
            id={formId}
            ref={form.save.form}
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              form.save.run(
                () => makeAgent(tenant, form.values),
                (agent) => router.push(`/${tenant}/settings/agents/${agent.id}?tab=revisions`),
              )
            }}
            className="flex flex-col gap-4"
          >
            {atField ? null : (
              <ProblemNotice problem={form.save.problem} title="The agent was not created" />
            )}
            <Field label="Name" error={form.errorOf('displayName')}>
              <Input
                {...name}
                autoComplete="off"
                placeholder="Ticket triage"
                onChange={({ target }) =>
                  form.change({
                    displayName: target.value,
                    ...(ownId ? {} : { id: idFor(target.value) }),
                  })
                }
              />
            </Field>
            <Field
              label="Id"
              description="What programs, usage and budgets call it. It never changes. If it reports usage already, use the name that it reports."
              error={form.errorOf('id')}
            >
              <Input
                {...id}
                mono
                autoComplete="off"
                spellCheck={false}
                placeholder="ticket-triage"
                onChange={(event) => {
                  setOwnId(event.target.value !== '')
                  id.onChange(event)
                }}
              />
            </Field>
            <Field
              label="Description"
              optional
              description="What it is for. Shown on its page if you make it public."
              error={form.errorOf('description')}
            >
              <Textarea {...form.bind('description')} />
            </Field>
          </form>
        </DialogBody>
        <DialogFooter>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" loading={form.save.saving}>
            Create agent
          </Button>
        </DialogFooter>
      </DialogContent>
      {guard.dialog}
    </Dialog>
  )
}
