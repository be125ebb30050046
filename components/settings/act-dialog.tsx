'use client'

import { type ReactNode, useState } from 'react'
import { AlertDialog, type AlertDialogProps } from '@/components/ui/alert-dialog'
import { type ActionProblem, attempt, type Outcome } from './action-outcome'
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
  /** Facts between the question and the buttons. */
  children?: ReactNode | undefined
}

/** Asks, acts, and says in place where the server refuses. */
export function ActDialog<Data>(props: ActDialogProps<Data>) {
  const { act, problemTitle, onClose, onDone, children, ...dialog } = props
  const [problem, setProblem] = useState<ActionProblem | null>(null)
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
      {children}
      <ProblemNotice problem={problem} title={problemTitle} />
    </AlertDialog>
  )
}
