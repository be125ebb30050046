import { Callout } from '@/components/ui/callout'
import type { ActionProblem } from './action-outcome'

export type ProblemNoticeProps = {
  problem: ActionProblem | null
  /** What was not done: "The token was not created". */
  title: string
}

/** A refusal in full, with the id that support asks for. */
export function ProblemNotice({ problem, title }: ProblemNoticeProps) {
  if (!problem) return null
  return (
    <Callout tone="danger" title={title} live>
      <p>{problem.message}</p>
      {problem.requestId ? (
        <p className="mt-1 text-xs">
          Request id <code className="select-all break-all">{problem.requestId}</code>
        </p>
      ) : null}
    </Callout>
  )
}
