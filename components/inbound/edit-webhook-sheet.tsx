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
import type { RunnableAgent } from '@/lib/execution/runnable-agents'
import type { Webhook } from '@/lib/inbound/model'
import { targetDraftOf, targetWishOf } from './target-fields'
import { type WebhookDraft, WebhookFields } from './webhook-fields'

export type EditWebhookSheetProps = {
  tenant: string
  webhook: Webhook
  agents: readonly RunnableAgent[]
  onClose: () => void
}

/** Mount to open. Name and target; the provider is part of the address and stays. */
export function EditWebhookSheet({ tenant, webhook, agents, onClose }: EditWebhookSheetProps) {
  const router = useRouter()
  const [initial] = useState<WebhookDraft>({
    name: webhook.name,
    ...targetDraftOf(webhook.target),
  })
  const [draft, setDraft] = useState(initial)
  const save = useSave()
  const targetChanged =
    JSON.stringify(targetWishOf(draft)) !== JSON.stringify(targetWishOf(initial))
  const dirty = draft.name !== initial.name || targetChanged
  const guard = useUnsavedGuard(dirty)
  const formId = useId()
  const close = () => guard.ask(onClose)
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!dirty) return onClose()
    save.run(
      () =>
        changeWebhook(tenant, {
          webhookId: webhook.id,
          name: draft.name,
          // An agent is asked for anew only where it is chosen: its endpoint can be renamed by whoever could make one.
          ...(targetChanged && targetWishOf(draft)),
        }),
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
          description="What waits for its next try goes to the new target."
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
            <WebhookFields
              draft={draft}
              problem={save.problem}
              agents={agents}
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
            Save changes
          </Button>
        </SheetFooter>
      </SheetContent>
      {guard.dialog}
    </Sheet>
  )
}
