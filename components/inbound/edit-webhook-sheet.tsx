'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import { changeWebhook } from '@/app/[tenant]/settings/inbound/actions'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useSave } from '@/components/settings/use-save'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Button } from '@/components/ui/button'
import { notify } from '@/components/ui/notify'
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet'
import type { Webhook } from '@/lib/inbound/model'
import { WebhookNameField } from './webhook-name-field'

export type EditWebhookSheetProps = {
  tenant: string
  webhook: Webhook
  onClose: () => void
}

/** Mount to open. The name; the provider is part of the address and stays. */
export function EditWebhookSheet({ tenant, webhook, onClose }: EditWebhookSheetProps) {
  const router = useRouter()
  const [name, setName] = useState(webhook.name)
  const save = useSave()
  const dirty = name !== webhook.name
  const guard = useUnsavedGuard(dirty)
  const formId = useId()
  const close = () => guard.ask(onClose)
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!dirty) return onClose()
    save.run(
      () => changeWebhook(tenant, { webhookId: webhook.id, name }),
      () => {
        notify.success('Endpoint saved')
        router.refresh()
        onClose()
      },
    )
  }
  return (
    <Sheet open>
      <SheetContent onRequestClose={close}>
        <SheetHeader
          title={`Edit ${webhook.name}`}
          description="Its address and its provider stay as they are."
        />
        <SheetBody>
          <form
            id={formId}
            ref={save.form}
            noValidate
            onSubmit={submit}
            className="flex flex-col gap-6"
          >
            {save.problem && save.problem.errors.length === 0 ? (
              <ProblemNotice problem={save.problem} title="The endpoint was not changed" />
            ) : null}
            <WebhookNameField
              name={name}
              problem={save.problem}
              onChange={(changed) => {
                setName(changed)
                save.touch()
              }}
            />
          </form>
        </SheetBody>
        <SheetFooter>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" loading={save.saving}>
            Save changes
          </Button>
        </SheetFooter>
      </SheetContent>
      {guard.dialog}
    </Sheet>
  )
}
