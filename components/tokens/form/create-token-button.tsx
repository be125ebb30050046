'use client'

import { Plus } from 'lucide-react'
import { replaceSearchParams } from '@/components/settings/search-params'
import { Button } from '@/components/ui/button'
import { preloadOnIntent } from '@/components/ui/preload'

/** Opens the create sheet by its address. */
export function CreateTokenButton() {
  return (
    <Button
      variant="primary"
      onClick={() => replaceSearchParams({ create: '1' })}
      {...preloadOnIntent(() => import('./create-token-form'))}
    >
      <Plus aria-hidden />
      Create token
    </Button>
  )
}
