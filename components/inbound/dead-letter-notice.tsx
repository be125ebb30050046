'use client'

import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { TextLink } from '@/components/ui/text-link'
import type { Webhook } from '@/lib/inbound/model'
import type { DeadLetter } from '@/lib/inbound/redeliver-dead'
import { deliveryCount } from './inbound-words'
import { SendDeadAgainDialog } from './send-dead-again-dialog'

export type DeadLetterNoticeProps = {
  tenant: string
  webhook: Webhook
  dead: DeadLetter
  /** Where they are listed; left out where they are. */
  listHref?: string | undefined
}

/** What was given up at an endpoint, to be sent again at one go. Nothing where there is nothing to send. */
export function DeadLetterNotice({ tenant, webhook, dead, listHref }: DeadLetterNoticeProps) {
  const [open, setOpen] = useState(false)
  const { repeatable, trimmed } = dead
  if (repeatable === 0) return null
  const one = repeatable === 1
  const several = webhook.subscribers.length > 1
  return (
    <>
      <Callout
        tone="danger"
        title={`${deliveryCount(repeatable)} given up`}
        actions={
          <Button onClick={() => setOpen(true)}>
            <RotateCw aria-hidden />
            {one ? 'Send it again' : 'Send all again'}
          </Button>
        }
      >
        {one
          ? 'Every try to hand it on failed. Once its subscriber works, send it again. '
          : `Every try to hand them on failed${several ? ', counted for each subscriber' : ''}. Once ${several ? 'they work' : 'it works'} again, send them once more. `}
        {trimmed === 0
          ? null
          : `Of ${deliveryCount(trimmed)} more the content is not kept any longer. `}
        {listHref === undefined ? null : (
          <TextLink href={listHref}>Show what was given up</TextLink>
        )}
      </Callout>
      <SendDeadAgainDialog
        open={open}
        tenant={tenant}
        webhook={webhook}
        repeatable={repeatable}
        onClose={() => setOpen(false)}
      />
    </>
  )
}
