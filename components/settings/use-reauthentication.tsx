'use client'

import { type ReactNode, useCallback, useState } from 'react'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import type { Outcome } from './action-outcome'

const REAUTHENTICATION_REQUIRED = 'reauthentication_required'

const ConfirmIdentityDialog = lazyOverlay(
  () => import('./confirm-identity-dialog').then((module) => module.ConfirmIdentityDialog),
  { opens: ({ open }) => open, close: ({ onSettled }) => onSettled(false) },
)

export type Reauthentication = {
  /** Render it once, after the overlay that needs it. */
  dialog: ReactNode
  /**
   * Makes the call; where the server wants proof of identity first, asks for it and repeats the call.
   * Without the proof the refusal is the answer. The same function always.
   */
  run: <T>(call: () => Promise<Outcome<T>>) => Promise<Outcome<T>>
}

/** @param tenant whose page this is */
export function useReauthentication(tenant: string): Reauthentication {
  const [settle, setSettle] = useState<((confirmed: boolean) => void) | null>(null)
  const run: Reauthentication['run'] = useCallback(async (call) => {
    const answer = await call()
    if (answer.ok || answer.problem.code !== REAUTHENTICATION_REQUIRED) return answer
    const confirmed = await new Promise<boolean>((resolve) => {
      setSettle(() => (given: boolean) => {
        setSettle(null)
        resolve(given)
      })
    })
    return confirmed ? call() : answer
  }, [])
  return {
    dialog: (
      <ConfirmIdentityDialog
        open={settle !== null}
        tenant={tenant}
        onSettled={(confirmed) => settle?.(confirmed)}
      />
    ),
    run,
  }
}
