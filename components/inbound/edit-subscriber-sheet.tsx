'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import { changeSubscriber } from '@/app/[tenant]/settings/inbound/subscriber-actions'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useSave } from '@/components/settings/use-save'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Button } from '@/components/ui/button'
import { notify } from '@/components/ui/notify'
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet'
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
  const guard = useUnsavedGuard(dirty)
  const formId = useId()
  const close = () => guard.ask(onClose)
  const forwards = subscription.subscriberType === 'HTTP'
  function submit(event: FormEvent) {
    event.preventDefault()
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
    <Sheet open>
      <SheetContent onRequestClose={close}>
        <SheetHeader
          title={`Edit ${subscriberText(subscription)}`}
          description={
            forwards
              ? 'What waits for its next try goes to the new address. Events are chosen as they come in.'
              : 'Events are chosen as they come in.'
          }
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
              <ProblemNotice problem={save.problem} title="The subscriber was not changed" />
            ) : null}
            {forwards ? <UrlField {...fields} /> : null}
            <FilterField {...fields} />
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
