'use client'

import { type RefObject, useRef, useState, useTransition } from 'react'
import { type ActionProblem, attempt, type Outcome } from '@/components/settings/action-outcome'
import { focusComplained } from '@/components/settings/focus-complained'
import { type FormState, NOTHING_SENT } from '@/components/settings/form-state'

export interface Save {
  saving: boolean
  saved: boolean
  problem: ActionProblem | null
  /** Give it to the form, where there is one: the first field that is complained about gets the focus. */
  form: RefObject<HTMLFormElement | null>
  /** Makes the call; `onDone` runs where it went through. */
  run: <T>(call: () => Promise<Outcome<T>>, onDone?: (data: T) => void) => void
  /** Forgets outcome and complaint: the form has changed. */
  touch: () => void
}

/**
 * One form that saves by one action; its fields have the names that the server complains about.
 * @param sent what became of the form where the browser sent it before the scripts came
 */
export function useSave(sent: FormState = NOTHING_SENT): Save {
  const [saving, startTransition] = useTransition()
  const [saved, setSaved] = useState(sent.saved)
  const [problem, setProblem] = useState<ActionProblem | null>(sent.problem)
  const form = useRef<HTMLFormElement>(null)
  return {
    saving,
    saved,
    problem,
    form,
    run: (call, onDone) =>
      startTransition(async () => {
        const outcome = await attempt(call)
        if (!outcome.ok) focusComplained(form.current, outcome.problem)
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
