'use client'

import { Plus } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { replaceSearchParams } from './search-params'

/** Opens the create sheet by its address. */
export function CreateTokenButton() {
  return (
    <Button variant="primary" onClick={() => replaceSearchParams({ create: '1' })}>
      <Plus aria-hidden />
      Create token
    </Button>
  )
}
