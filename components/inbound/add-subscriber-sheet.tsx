'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { addSubscriber } from '@/app/[tenant]/settings/inbound/subscriber-actions'
import { FormSheet } from '@/components/settings/form-sheet'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { useSave } from '@/components/settings/use-save'
import { notify } from '@/components/ui/notify'
import type { RunnableAgent } from '@/lib/execution/runnable-agents'
import type { Webhook } from '@/lib/inbound/model'
import { ReceiverSecret } from './receiver-secret'
import { NO_SUBSCRIBER, wishOf } from './subscriber-draft'
import { SubscriberFields } from './subscriber-fields'

export type AddSubscriberSheetProps = {
  tenant: string
  webhook: Webhook
  agents: readonly RunnableAgent[]
  onClose: () => void
}

/** Mount to open. Lets one more take what comes in; the secret of a receiver is shown once. */
export function AddSubscriberSheet({ tenant, webhook, agents, onClose }: AddSubscriberSheetProps) {
  const router = useRouter()
  const [secret, setSecret] = useState<string | null>(null)
  const [draft, setDraft] = useState(NO_SUBSCRIBER)
  const save = useSave()
  const reauthentication = useReauthentication(tenant)
  function leave() {
    router.refresh()
    onClose()
  }
  function submit() {
    const wish = { webhookId: webhook.id, ...wishOf(draft) }
    save.run(
      () => reauthentication.run(() => addSubscriber(tenant, wish)),
      ({ signingSecret }) => {
        if (signingSecret !== null) return setSecret(signingSecret)
        notify.success('Subscriber added')
        leave()
      },
    )
  }
  if (secret !== null) {
    return (
      <ReceiverSecret
        title="Subscriber added"
        description="The receiver checks with this secret that deliveries are ours. It shares it with no other."
        secret={secret}
        onLeave={leave}
      />
    )
  }
  return (
    <FormSheet
      title="Add subscriber"
      description={`It takes what comes in by ${webhook.name} from now on, beside the others.`}
      size="lg"
      dirty={draft !== NO_SUBSCRIBER}
      save={save}
      problemTitle="The subscriber was not added"
      submitLabel="Add subscriber"
      dialogs={reauthentication.dialog}
      onSubmit={submit}
      onClose={onClose}
    >
      <SubscriberFields
        draft={draft}
        problem={save.problem}
        agents={agents}
        provider={webhook.provider}
        onChange={(part) => {
          setDraft({ ...draft, ...part })
          save.touch()
        }}
      />
    </FormSheet>
  )
}
