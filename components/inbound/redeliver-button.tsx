'use client'

import { RotateCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { sendAgain } from '@/app/[tenant]/settings/inbound/actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { Button } from '@/components/ui/button'
import { notify } from '@/components/ui/notify'
import type { DeliveryDetail, Dispatch } from '@/lib/inbound/model'
import { subscriberText } from './subscriber-name'

export type RedeliverButtonProps = {
  tenant: string
  delivery: DeliveryDetail
  /** To this subscriber alone; to all where it is left out. */
  dispatch?: Dispatch | undefined
}

/** Nothing where there is nothing left to send. */
export function RedeliverButton({ tenant, delivery, dispatch }: RedeliverButtonProps) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const left = delivery.dispatches.filter(({ removed }) => !removed)
  if (delivery.trimmed || left.length === 0) return null
  const to = dispatch ? [dispatch] : left
  const had = to.some(({ state }) => state === 'DELIVERED')
  const label = dispatch || left.length === 1 ? 'Send again' : 'Send again to all'
  return (
    <>
      <Button
        onClick={() => setOpen(true)}
        aria-label={dispatch && `Send again to ${subscriberText(dispatch)}`}
      >
        <RotateCw aria-hidden />
        {label}
      </Button>
      <ActDialog
        open={open}
        onClose={() => setOpen(false)}
        onDone={() => {
          notify.success('It is sent again')
          router.refresh()
        }}
        act={() =>
          sendAgain(tenant, {
            deliveryId: delivery.id,
            subscriptionId: dispatch?.subscriptionId ?? null,
          })
        }
        title={
          dispatch
            ? `Send this delivery again to ${subscriberText(dispatch)}?`
            : 'Send this delivery again?'
        }
        description={
          <>
            <p>
              {to.length === 1
                ? 'It goes out now'
                : `It goes out now to each of its ${to.length} subscribers`}
              , with all retries anew and under the id that it always had.
            </p>
            {had ? (
              <p>
                {to.length === 1 ? 'It was' : 'Some of it was'} delivered before: a receiver that
                tells deliveries by their id leaves it, and an agent that has answered does not run
                again.
              </p>
            ) : null}
          </>
        }
        confirmLabel={label}
        tone="primary"
        problemTitle="It was not sent again"
      />
    </>
  )
}
