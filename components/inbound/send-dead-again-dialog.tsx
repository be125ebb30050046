'use client'

import { useRouter } from 'next/navigation'
import { sendAllAgain } from '@/app/[tenant]/settings/inbound/actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { notify } from '@/components/ui/notify'
import { REDELIVERED_MAX } from '@/lib/inbound/limits'
import type { Subscription, Webhook } from '@/lib/inbound/model'
import { deliveryCount } from './inbound-words'
import { subscriberText } from './subscriber-name'

export type SendDeadAgainDialogProps = {
  open: boolean
  tenant: string
  webhook: Webhook
  /** Of it alone; of all where it is left out. */
  subscription?: Subscription | undefined
  repeatable: number
  onClose: () => void
}

/** Sends what was given up at an endpoint, or at one of its subscribers, again at one go. */
export function SendDeadAgainDialog({
  open,
  tenant,
  webhook,
  subscription,
  repeatable,
  onClose,
}: SendDeadAgainDialogProps) {
  const router = useRouter()
  const count = Math.min(repeatable, REDELIVERED_MAX)
  const one = repeatable === 1
  const to = subscription === undefined ? '' : ` to ${subscriberText(subscription)}`
  return (
    <ActDialog
      open={open}
      onClose={onClose}
      onDone={({ redelivered, remaining }) => {
        notify.success(`${deliveryCount(redelivered)} sent again`, {
          description: remaining === 0 ? undefined : `${deliveryCount(remaining)} left.`,
        })
        router.refresh()
      }}
      act={() =>
        sendAllAgain(tenant, { webhookId: webhook.id, subscriptionId: subscription?.id ?? null })
      }
      title={`Send ${deliveryCount(count)} again${to}?`}
      description={
        <>
          <p>
            {count === repeatable
              ? `${one ? 'It goes' : 'They go'} out now`
              : 'The oldest of them go out now'}
            , with all retries anew and under the {one ? 'id it' : 'ids they'} always had.
          </p>
          {webhook.pausedAt === null ? null : (
            <p>The endpoint is paused: they are held until you resume it.</p>
          )}
          {webhook.pausedAt === null && subscription && subscription.pausedAt !== null ? (
            <p>The subscriber is paused: they are held until you resume it.</p>
          ) : null}
        </>
      }
      confirmLabel={one ? 'Send it again' : 'Send all again'}
      tone="primary"
      problemTitle="Not everything was sent again"
    />
  )
}
