'use client'

import { useState, useTransition } from 'react'
import { type ActionProblem, attempt, type Outcome } from '@/components/settings/action-outcome'

export interface Save {
  saving: boolean
  saved: boolean
  problem: ActionProblem | null
  /** Makes the call; `onDone` runs where it went through. */
  run: <T>(call: () => Promise<Outcome<T>>, onDone?: (data: T) => void) => void
  /** Forgets outcome and complaint: the form has changed. */
  touch: () => void
}

/** One form that saves by one action. */
export function useSave(): Save {
  const [saving, startTransition] = useTransition()
  const [saved, setSaved] = useState(false)
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  return {
    saving,
    saved,
    problem,
    run: (call, onDone) =>
      startTransition(async () => {
        const outcome = await attempt(call)
        startTransition(() => {
          setProblem(outcome.ok ? null : outcome.problem)
          setSaved(outcome.ok)
          if (outcome.ok) onDone?.(outcome.data)
        })
      }),
    touch() {
      setSaved(false)
      setProblem(null)
    },
  }
}
