'use client'

import { type ReactNode, useState } from 'react'
import type { Outcome } from './action-outcome'
import { ConfirmPasswordDialog } from './confirm-password-dialog'

export type ConfirmPassword = (password: string) => Promise<Outcome<unknown>>

const REAUTHENTICATION_REQUIRED = 'reauthentication_required'

export type Reauthentication = {
  /** Render it once, after the overlay that needs it. */
  dialog: ReactNode
  /**
   * Makes the call; where the server wants proof of identity first, asks for the password and repeats
   * the call. Without the password the refusal is the answer.
   */
  run: <T>(call: () => Promise<Outcome<T>>) => Promise<Outcome<T>>
}

export function useReauthentication(confirmPassword: ConfirmPassword): Reauthentication {
  const [settle, setSettle] = useState<((confirmed: boolean) => void) | null>(null)
  const ask = () =>
    new Promise<boolean>((resolve) => {
      setSettle(() => (confirmed: boolean) => {
        setSettle(null)
        resolve(confirmed)
      })
    })
  return {
    dialog: (
      <ConfirmPasswordDialog
        open={settle !== null}
        confirmPassword={confirmPassword}
        onSettled={(confirmed) => settle?.(confirmed)}
      />
    ),
    run: async (call) => {
      const answer = await call()
      if (answer.ok || answer.problem.code !== REAUTHENTICATION_REQUIRED) return answer
      return (await ask()) ? call() : answer
    },
  }
}
