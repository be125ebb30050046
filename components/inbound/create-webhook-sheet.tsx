'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import { addWebhook } from '@/app/[tenant]/settings/inbound/actions'
import { errorAt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import {
  SecretReveal,
  SecretRevealDone,
  useSecretCustody,
} from '@/components/settings/secret-reveal'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { useSave } from '@/components/settings/use-save'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { notify } from '@/components/ui/notify'
import { RadioCards } from '@/components/ui/radio-cards'
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet'
import type { RunnableAgent } from '@/lib/execution/runnable-agents'
import type { CreatedWebhook } from '@/lib/inbound/commands'
import { PROVIDER_FACTS, WEBHOOK_PROVIDERS, type WebhookProvider } from '@/lib/inbound/model'
import { PROVIDER_WORDS } from './inbound-words'
import { targetWishOf } from './target-fields'
import { type WebhookDraft, WebhookFields } from './webhook-fields'

export type CreateWebhookSheetProps = {
  tenant: string
  agents: readonly RunnableAgent[]
  onClose: () => void
}

const NOTHING: WebhookDraft & { provider: WebhookProvider } = {
  name: '',
  ...{ targetKind: 'HTTP', targetUrl: '', targetAgentId: '' },
  provider: 'GENERIC',
}

/** Mount to open. Makes an endpoint, then shows the secret of its forwards once; nothing is forwarded to an agent. */
export function CreateWebhookSheet({ tenant, agents, onClose }: CreateWebhookSheetProps) {
  const router = useRouter()
  const [made, setMade] = useState<CreatedWebhook | null>(null)
  function leave(webhookId: string) {
    onClose()
    router.push(`/${tenant}/settings/inbound/${webhookId}`)
    router.refresh()
  }
  function onMade(created: CreatedWebhook) {
    if (created.webhook.target.kind === 'HTTP') return setMade(created)
    notify.success('Endpoint created')
    leave(created.webhook.id)
  }
  return (
    <Sheet open>
      {made ? (
        <CreatedPart made={made} onLeave={() => leave(made.webhook.id)} />
      ) : (
        <CreatePart tenant={tenant} agents={agents} onClose={onClose} onMade={onMade} />
      )}
    </Sheet>
  )
}

function CreatePart({
  tenant,
  agents,
  onClose,
  onMade,
}: CreateWebhookSheetProps & { onMade: (made: CreatedWebhook) => void }) {
  const [draft, setDraft] = useState(NOTHING)
  const save = useSave()
  const reauthentication = useReauthentication(tenant)
  const guard = useUnsavedGuard(draft !== NOTHING)
  const formId = useId()
  const close = () => guard.ask(onClose)
  function change(part: Partial<typeof NOTHING>) {
    setDraft({ ...draft, ...part })
    save.touch()
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    const wish = { name: draft.name, provider: draft.provider, ...targetWishOf(draft) }
    save.run(() => reauthentication.run(() => addWebhook(tenant, wish)), onMade)
  }
  return (
    <SheetContent size="lg" onRequestClose={close}>
      <SheetHeader
        title="Create endpoint"
        description="An address for one sender, and where its deliveries go."
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
            <ProblemNotice problem={save.problem} title="The endpoint was not created" />
          ) : null}
          <WebhookFields draft={draft} onChange={change} problem={save.problem} agents={agents} />
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
        </form>
      </SheetBody>
      <SheetFooter>
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" form={formId} variant="primary" loading={save.saving}>
          Create endpoint
        </Button>
      </SheetFooter>
      {guard.dialog}
      {reauthentication.dialog}
    </SheetContent>
  )
}

function CreatedPart({
  made: { forwardSecret },
  onLeave,
}: {
  made: CreatedWebhook
  onLeave: () => void
}) {
  const custody = useSecretCustody()
  return (
    <SheetContent size="lg" dismissible={false} onRequestClose={() => custody.tryClose(onLeave)}>
      <SheetHeader
        title="Endpoint created"
        description="The receiver of its deliveries checks them with this secret. The address to hand out is on the next page."
      />
      <SheetBody>
        {forwardSecret === null ? null : (
          <SecretReveal
            secret={forwardSecret}
            custody={custody}
            label="Signing secret of what is forwarded"
          >
            <p className="text-muted text-sm">
              Forwards carry webhook-id, webhook-timestamp and webhook-signature, as the Standard
              Webhooks specification has them: any of its libraries checks them with this secret.
            </p>
          </SecretReveal>
        )}
      </SheetBody>
      <SheetFooter>
        <SecretRevealDone custody={custody} onDone={onLeave} />
      </SheetFooter>
    </SheetContent>
  )
}
