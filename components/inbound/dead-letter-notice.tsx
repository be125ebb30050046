'use client'

import { RotateCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { sendAllAgain } from '@/app/[tenant]/settings/inbound/actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { notify } from '@/components/ui/notify'
import { TextLink } from '@/components/ui/text-link'
import { REDELIVERED_MAX } from '@/lib/inbound/limits'
import type { Webhook } from '@/lib/inbound/model'
import type { DeadLetter } from '@/lib/inbound/redeliver-dead'

export type DeadLetterNoticeProps = {
  tenant: string
  webhook: Webhook
  dead: DeadLetter
  /** Where they are listed; left out where they are. */
  listHref?: string | undefined
}

/** What was given up at an endpoint, to be sent again at one go. Nothing where there is nothing to send. */
export function DeadLetterNotice({ tenant, webhook, dead, listHref }: DeadLetterNoticeProps) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const { repeatable, trimmed } = dead
  if (repeatable === 0) return null
  const count = Math.min(repeatable, REDELIVERED_MAX)
  const one = repeatable === 1
  const label = one ? 'Send it again' : 'Send all again'
  return (
    <>
      <Callout
        tone="danger"
        title={`${deliveries(repeatable)} given up`}
        actions={
          <Button onClick={() => setOpen(true)}>
            <RotateCw aria-hidden />
            {label}
          </Button>
        }
      >
        {one
          ? 'Every try to forward it failed. Once your receiver works, send it again. '
          : 'Every try to forward them failed. Once your receiver works, send them again. '}
        {trimmed === 0
          ? null
          : `Of ${deliveries(trimmed)} more the content is not kept any longer. `}
        {listHref === undefined ? null : (
          <TextLink href={listHref}>Show what was given up</TextLink>
        )}
      </Callout>
      <ActDialog
        open={open}
        onClose={() => setOpen(false)}
        onDone={({ redelivered, remaining }) => {
          notify.success(`${deliveries(redelivered)} sent again`, {
            description: remaining === 0 ? undefined : `${deliveries(remaining)} left.`,
          })
          router.refresh()
        }}
        act={() => sendAllAgain(tenant, { webhookId: webhook.id })}
        title={`Send ${deliveries(count)} again?`}
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
          </>
        }
        confirmLabel={label}
        tone="primary"
        problemTitle="Not everything was sent again"
      />
    </>
  )
}

function deliveries(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'delivery' : 'deliveries'}`
}
