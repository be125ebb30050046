'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { preloadOnIntent } from '@/components/ui/preload'
import type { RunnableAgent } from '@/lib/execution/runnable-agents'

const CreateWebhookSheet = lazyOverlay(
  () => import('./create-webhook-sheet').then((module) => module.CreateWebhookSheet),
  { close: (props) => props.onClose() },
)

export type CreateWebhookButtonProps = { tenant: string; agents: readonly RunnableAgent[] }

export function CreateWebhookButton({ tenant, agents }: CreateWebhookButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        variant="primary"
        onClick={() => setOpen(true)}
        {...preloadOnIntent(CreateWebhookSheet.preload)}
      >
        <Plus aria-hidden />
        Create endpoint
      </Button>
      {open ? (
        <CreateWebhookSheet tenant={tenant} agents={agents} onClose={() => setOpen(false)} />
      ) : null}
    </>
  )
}
