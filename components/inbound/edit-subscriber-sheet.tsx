'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { changeSubscriber } from '@/app/[tenant]/settings/inbound/subscriber-actions'
import { FormSheet } from '@/components/settings/form-sheet'
import { useSave } from '@/components/settings/use-save'
import { notify } from '@/components/ui/notify'
import type { Subscription, Webhook } from '@/lib/inbound/model'
import { draftOf } from './subscriber-draft'
import { FilterField, UrlField } from './subscriber-fields'
import { subscriberText } from './subscriber-name'

export type EditSubscriberSheetProps = {
  tenant: string
  webhook: Webhook
  subscription: Subscription
  onClose: () => void
}

/** Mount to open. Where it is forwarded to and what it takes; who it is stays. */
export function EditSubscriberSheet({
  tenant,
  webhook,
  subscription,
  onClose,
}: EditSubscriberSheetProps) {
  const router = useRouter()
  const [initial] = useState(() => draftOf(subscription))
  const [draft, setDraft] = useState(initial)
  const save = useSave()
  const dirty = draft.url !== initial.url || draft.eventFilter !== initial.eventFilter
  const forwards = subscription.subscriberType === 'HTTP'
  function submit() {
    if (!dirty) return onClose()
    const change = {
      webhookId: webhook.id,
      subscriptionId: subscription.id,
      eventFilter: draft.eventFilter,
      ...(forwards && { config: { url: draft.url } }),
    }
    save.run(
      () => changeSubscriber(tenant, change),
      () => {
        notify.success('Subscriber saved')
        router.refresh()
        onClose()
      },
    )
  }
  const fields = {
    ...{ draft, problem: save.problem, agents: [], provider: webhook.provider },
    onChange(part: Partial<typeof draft>) {
      setDraft({ ...draft, ...part })
      save.touch()
    },
  }
  return (
    <FormSheet
      title={`Edit ${subscriberText(subscription)}`}
      description={
        forwards
          ? 'What waits for its next try goes to the new address. Events are chosen as they come in.'
          : 'Events are chosen as they come in.'
      }
      dirty={dirty}
      save={save}
      problemTitle="The subscriber was not changed"
      submitLabel="Save changes"
      onSubmit={submit}
      onClose={onClose}
    >
      {forwards ? <UrlField {...fields} /> : null}
      <FilterField {...fields} />
    </FormSheet>
  )
}
