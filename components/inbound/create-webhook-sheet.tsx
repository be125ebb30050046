'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { addWebhook } from '@/app/[tenant]/settings/inbound/actions'
import { errorAt } from '@/components/settings/action-outcome'
import { FormSheet } from '@/components/settings/form-sheet'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { useSave } from '@/components/settings/use-save'
import { Field } from '@/components/ui/field'
import { notify } from '@/components/ui/notify'
import { RadioCards } from '@/components/ui/radio-cards'
import type { RunnableAgent } from '@/lib/execution/runnable-agents'
import type { CreatedWebhook } from '@/lib/inbound/commands'
import { PROVIDER_FACTS, WEBHOOK_PROVIDERS, type WebhookProvider } from '@/lib/inbound/model'
import { PROVIDER_WORDS } from './inbound-words'
import { ReceiverSecret } from './receiver-secret'
import { NO_SUBSCRIBER, type SubscriberDraft, wishOf } from './subscriber-draft'
import { SubscriberFields } from './subscriber-fields'
import { WebhookNameField } from './webhook-name-field'

export type CreateWebhookSheetProps = {
  tenant: string
  agents: readonly RunnableAgent[]
  onClose: () => void
}

type Draft = { name: string; provider: WebhookProvider; subscriber: SubscriberDraft }

const NOTHING: Draft = { name: '', provider: 'GENERIC', subscriber: NO_SUBSCRIBER }

/** Mount to open. Makes an endpoint with its first subscriber, then shows the secret of a receiver once. */
export function CreateWebhookSheet({ tenant, agents, onClose }: CreateWebhookSheetProps) {
  const router = useRouter()
  const [made, setMade] = useState<CreatedWebhook | null>(null)
  const [draft, setDraft] = useState(NOTHING)
  const save = useSave()
  const reauthentication = useReauthentication(tenant)
  function change(part: Partial<Draft>) {
    setDraft({ ...draft, ...part })
    save.touch()
  }
  function leave(webhookId: string) {
    onClose()
    router.push(`/${tenant}/settings/inbound/${webhookId}`)
    router.refresh()
  }
  function onMade(created: CreatedWebhook) {
    if (created.signingSecret !== null) return setMade(created)
    notify.success('Endpoint created')
    leave(created.webhook.id)
  }
  function submit() {
    const { name, provider, subscriber } = draft
    const wish = { name, provider, subscription: wishOf(subscriber) }
    save.run(() => reauthentication.run(() => addWebhook(tenant, wish)), onMade)
  }
  if (made?.signingSecret) {
    return (
      <ReceiverSecret
        title="Endpoint created"
        description="The receiver of its deliveries checks them with this secret. The address to hand out is on the next page."
        secret={made.signingSecret}
        onLeave={() => leave(made.webhook.id)}
      />
    )
  }
  return (
    <FormSheet
      title="Create endpoint"
      description="An address for one sender, and who takes its deliveries first. More can be added."
      size="lg"
      dirty={draft !== NOTHING}
      save={save}
      problemTitle="The endpoint was not created"
      submitLabel="Create endpoint"
      dialogs={reauthentication.dialog}
      onSubmit={submit}
      onClose={onClose}
    >
      <WebhookNameField
        name={draft.name}
        onChange={(name) => change({ name })}
        problem={save.problem}
      />
      <Field label="Provider" group error={errorAt(save.problem, '/provider')}>
        <RadioCards
          name="provider"
          value={draft.provider}
          onValueChange={(value) => change({ provider: value as WebhookProvider })}
          options={WEBHOOK_PROVIDERS.map((provider) => ({
            value: provider,
            title: PROVIDER_FACTS[provider].label,
            tagline: PROVIDER_WORDS[provider].tagline,
          }))}
        />
      </Field>
      <SubscriberFields
        draft={draft.subscriber}
        onChange={(part) => change({ subscriber: { ...draft.subscriber, ...part } })}
        problem={save.problem}
        agents={agents}
        provider={draft.provider}
        below="/subscription"
      />
    </FormSheet>
  )
}
