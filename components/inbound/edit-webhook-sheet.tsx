'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { changeWebhook } from '@/app/[tenant]/settings/inbound/actions'
import { FormSheet } from '@/components/settings/form-sheet'
import { useSave } from '@/components/settings/use-save'
import { notify } from '@/components/ui/notify'
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
  function submit() {
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
    <FormSheet
      title={`Edit ${webhook.name}`}
      description="Its address and its provider stay as they are."
      dirty={dirty}
      save={save}
      problemTitle="The endpoint was not changed"
      submitLabel="Save changes"
      onSubmit={submit}
      onClose={onClose}
    >
      <WebhookNameField
        name={name}
        problem={save.problem}
        onChange={(changed) => {
          setName(changed)
          save.touch()
        }}
      />
    </FormSheet>
  )
}
