'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { preloadOnIntent } from '@/components/ui/preload'

const CreateIntegrationDialog = lazyOverlay(
  () => import('./create-integration-dialog').then((module) => module.CreateIntegrationDialog),
  { close: (props) => props.onClose() },
)

export function CreateIntegrationButton({ tenant }: { tenant: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        variant="primary"
        onClick={() => setOpen(true)}
        {...preloadOnIntent(CreateIntegrationDialog.preload)}
      >
        <Plus aria-hidden />
        Create integration
      </Button>
      {open ? <CreateIntegrationDialog tenant={tenant} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
