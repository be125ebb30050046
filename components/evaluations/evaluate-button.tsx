'use client'

import { FlaskConical, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { preloadOnIntent } from '@/components/ui/preload'
import type { EvaluationOffer } from './evaluate-draft'

const EvaluateSheet = lazyOverlay(
  () => import('./evaluate-sheet').then((module) => module.EvaluateSheet),
  { close: (props) => props.onClose() },
)

export type EvaluateButtonProps = { tenant: string; offer: EvaluationOffer; again?: boolean }

/** Opens the form that starts one. */
export function EvaluateButton({ tenant, offer, again = false }: EvaluateButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        variant={again ? 'secondary' : 'primary'}
        onClick={() => setOpen(true)}
        {...preloadOnIntent(EvaluateSheet.preload)}
      >
        {again ? <RotateCw aria-hidden /> : <FlaskConical aria-hidden />}
        {again ? 'Run again' : 'Evaluate'}
      </Button>
      {open ? <EvaluateSheet tenant={tenant} offer={offer} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
