'use client'

import { type ReactNode, useState } from 'react'
import { AlertDialog, type AlertDialogProps } from '@/components/ui/alert-dialog'
import { type ActionProblem, attempt, errorAt, type Outcome } from './action-outcome'
import { ProblemNotice } from './problem-notice'

export type ActDialogProps<Data> = Omit<
  AlertDialogProps,
  'onConfirm' | 'onOpenChange' | 'children'
> & {
  act: () => Promise<Outcome<Data>>
  /** What was not done: "Nobody was removed". */
  problemTitle: string
  onClose: () => void
  /** It was done; the dialog closes by itself. */
  onDone?: ((data: Data) => void) | undefined
  /** JSON pointer of the field among the children: what is wrong with it is said there alone. */
  fieldPointer?: string | undefined
  /** Facts or a field between the question and the buttons. */
  children?: ReactNode | ((wrong: string | undefined) => ReactNode) | undefined
}

/** Asks, acts, and says in place where the server refuses. */
export function ActDialog<Data>(props: ActDialogProps<Data>) {
  const { act, problemTitle, onClose, onDone, fieldPointer, children, ...dialog } = props
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  const wrong = fieldPointer === undefined ? undefined : errorAt(problem, fieldPointer)
  async function confirm() {
    const outcome = await attempt(act)
    setProblem(outcome.ok ? null : outcome.problem)
    if (outcome.ok) onDone?.(outcome.data)
    return outcome.ok
  }
  function close() {
    setProblem(null)
    onClose()
  }
  return (
    <AlertDialog {...dialog} onOpenChange={(open) => !open && close()} onConfirm={confirm}>
      {typeof children === 'function' ? children(wrong) : children}
      {wrong ? null : <ProblemNotice problem={problem} title={problemTitle} />}
    </AlertDialog>
  )
}
