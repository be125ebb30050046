'use client'

import { useRouter } from 'next/navigation'
import { removeSubscriber } from '@/app/[tenant]/settings/inbound/subscriber-actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { notify } from '@/components/ui/notify'
import type { Subscription } from '@/lib/inbound/model'
import { subscriberText } from './subscriber-name'

export type RemoveSubscriberDialogProps = {
  open: boolean
  tenant: string
  subscription: Subscription
  onClose: () => void
}

export function RemoveSubscriberDialog({
  open,
  tenant,
  subscription,
  onClose,
}: RemoveSubscriberDialogProps) {
  const router = useRouter()
  const name = subscriberText(subscription)
  const { id: subscriptionId, webhookId, subscriberType } = subscription
  return (
    <ActDialog
      open={open}
      onClose={onClose}
      onDone={() => {
        notify.success(`${name} removed`)
        router.refresh()
      }}
      act={() => removeSubscriber(tenant, { webhookId, subscriptionId })}
      title={`Remove ${name}?`}
      description={
        <>
          <p>
            It gets nothing further. What it was not delivered yet ends, and what was given up at it
            cannot be sent again
            {subscriberType === 'HTTP' ? '; its signing secret is gone for good' : ''}. The log
            keeps what it had.
          </p>
          <p>To stop for a while and lose nothing, pause it instead.</p>
        </>
      }
      confirmLabel="Remove subscriber"
      tone="danger"
      problemTitle="The subscriber was not removed"
    />
  )
}
