'use client'

import { Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { preloadOnIntent } from '@/components/ui/preload'

const AddConfigSheet = lazyOverlay(
  () => import('./add-config-sheet').then((module) => module.AddConfigSheet),
  { close: (props) => props.onClose() },
)

export type AddProviderButtonProps = {
  tenant: string
  /** Chosen already. */
  provider?: string | undefined
  variant?: 'primary' | 'secondary' | undefined
  children?: ReactNode | undefined
}

export function AddProviderButton({
  tenant,
  provider,
  variant = 'primary',
  children = 'Add provider',
}: AddProviderButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        variant={variant}
        onClick={() => setOpen(true)}
        {...preloadOnIntent(AddConfigSheet.preload)}
      >
        <Plus aria-hidden />
        {children}
      </Button>
      {open ? (
        <AddConfigSheet tenant={tenant} provider={provider} onClose={() => setOpen(false)} />
      ) : null}
    </>
  )
}
