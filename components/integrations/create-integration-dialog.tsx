'use client'

import { useRouter } from 'next/navigation'
import { useId, useState } from 'react'
import { addIntegration } from '@/app/[tenant]/settings/integrations/actions'
import { idFor } from '@/components/agents/agent-words'
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

export type CreateIntegrationDialogProps = { tenant: string; onClose: () => void }

/** Mount to open. Names the integration; its tools are chosen on its page. */
export function CreateIntegrationDialog({ tenant, onClose }: CreateIntegrationDialogProps) {
  const router = useRouter()
  const form = useTextForm({ displayName: '', id: '', description: '' })
  const [ownId, setOwnId] = useState(false)
  const guard = useUnsavedGuard(form.dirty && !form.save.saved)
  const formId = useId()
  const close = () => guard.ask(onClose)
  const id = form.bind('id')
  const atField = (['displayName', 'id', 'description'] as const).some(form.errorOf)
  return (
    <Dialog open>
      <DialogContent onRequestClose={close}>
        <DialogHeader
          title="Create integration"
          description="Nothing is published yet: choose tools and enable its MCP server on the next page."
        />
        <DialogBody>
          <form
            id={formId}
            ref={form.save.form}
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              form.save.run(
                () => addIntegration(tenant, form.values),
                (made) => router.push(`/${tenant}/settings/integrations/${made.id}?tab=mcp`),
              )
            }}
            className="flex flex-col gap-4"
          >
            {atField ? null : (
              <ProblemNotice problem={form.save.problem} title="The integration was not created" />
            )}
            <Field label="Name" error={form.errorOf('displayName')}>
              <Input
                {...form.bind('displayName')}
                autoComplete="off"
                placeholder="Support desk"
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
              description="Part of the URL that clients call. It never changes."
              error={form.errorOf('id')}
            >
              <Input
                {...id}
                mono
                autoComplete="off"
                spellCheck={false}
                placeholder="support-desk"
                onChange={(event) => {
                  setOwnId(event.target.value !== '')
                  id.onChange(event)
                }}
              />
            </Field>
            <Field
              label="Description"
              optional
              description="Who uses it, and for what."
              error={form.errorOf('description')}
            >
              <Textarea {...form.bind('description')} />
            </Field>
          </form>
        </DialogBody>
        <DialogFooter>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" loading={form.save.saving}>
            Create integration
          </Button>
        </DialogFooter>
      </DialogContent>
      {guard.dialog}
    </Dialog>
  )
}
