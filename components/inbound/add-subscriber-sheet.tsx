'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import { addSubscriber } from '@/app/[tenant]/settings/inbound/subscriber-actions'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { useSave } from '@/components/settings/use-save'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Button } from '@/components/ui/button'
import { notify } from '@/components/ui/notify'
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet'
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
export function AddSubscriberSheet(props: AddSubscriberSheetProps) {
  const router = useRouter()
  const [secret, setSecret] = useState<string | null>(null)
  function leave() {
    router.refresh()
    props.onClose()
  }
  function onAdded(signingSecret: string | null) {
    if (signingSecret !== null) return setSecret(signingSecret)
    notify.success('Subscriber added')
    leave()
  }
  return (
    <Sheet open>
      {secret === null ? (
        <AddPart {...props} onAdded={onAdded} />
      ) : (
        <ReceiverSecret
          title="Subscriber added"
          description="The receiver checks with this secret that deliveries are ours. It shares it with no other."
          secret={secret}
          onLeave={leave}
        />
      )}
    </Sheet>
  )
}

function AddPart({
  tenant,
  webhook,
  agents,
  onClose,
  onAdded,
}: AddSubscriberSheetProps & { onAdded: (signingSecret: string | null) => void }) {
  const [draft, setDraft] = useState(NO_SUBSCRIBER)
  const save = useSave()
  const reauthentication = useReauthentication(tenant)
  const guard = useUnsavedGuard(draft !== NO_SUBSCRIBER)
  const formId = useId()
  const close = () => guard.ask(onClose)
  function submit(event: FormEvent) {
    event.preventDefault()
    const wish = { webhookId: webhook.id, ...wishOf(draft) }
    save.run(
      () => reauthentication.run(() => addSubscriber(tenant, wish)),
      ({ signingSecret }) => onAdded(signingSecret),
    )
  }
  return (
    <SheetContent size="lg" onRequestClose={close}>
      <SheetHeader
        title="Add subscriber"
        description={`It takes what comes in by ${webhook.name} from now on, beside the others.`}
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
            <ProblemNotice problem={save.problem} title="The subscriber was not added" />
          ) : null}
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
        </form>
      </SheetBody>
      <SheetFooter>
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" form={formId} variant="primary" loading={save.saving}>
          Add subscriber
        </Button>
      </SheetFooter>
      {guard.dialog}
      {reauthentication.dialog}
    </SheetContent>
  )
}
