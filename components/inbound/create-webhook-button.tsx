'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { preloadOnIntent } from '@/components/ui/preload'

const CreateWebhookSheet = lazyOverlay(
  () => import('./create-webhook-sheet').then((module) => module.CreateWebhookSheet),
  { close: (props) => props.onClose() },
)

export function CreateWebhookButton({ tenant }: { tenant: string }) {
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
      {open ? <CreateWebhookSheet tenant={tenant} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
