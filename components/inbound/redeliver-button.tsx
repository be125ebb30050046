'use client'

import { RotateCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { sendAgain } from '@/app/[tenant]/settings/inbound/actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { Button } from '@/components/ui/button'
import { notify } from '@/components/ui/notify'
import type { DeliveryDetail } from '@/lib/inbound/model'

export type RedeliverButtonProps = { tenant: string; delivery: DeliveryDetail }

/** Nothing where there is nothing left to send. */
export function RedeliverButton({ tenant, delivery }: RedeliverButtonProps) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  if (delivery.trimmed) return null
  const had = delivery.state === 'DELIVERED'
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <RotateCw aria-hidden />
        Send again
      </Button>
      <ActDialog
        open={open}
        onClose={() => setOpen(false)}
        onDone={() => {
          notify.success('It is sent again')
          router.refresh()
        }}
        act={() => sendAgain(tenant, { deliveryId: delivery.id })}
        title="Send this delivery again?"
        description={
          <>
            <p>
              It is forwarded now, with all its retries anew and under the id that it always had.
            </p>
            {had ? (
              <p>Your receiver has had it: one that tells deliveries by their id will leave it.</p>
            ) : null}
          </>
        }
        confirmLabel="Send again"
        tone="primary"
        problemTitle="It was not sent again"
      />
    </>
  )
}
