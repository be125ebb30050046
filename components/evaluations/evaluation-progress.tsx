import { RefreshWhile } from '@/components/inbound/refresh-while'
import { ProgressBar } from '@/components/ui/progress-bar'
import { type Evaluation, isUnderWay } from '@/lib/evaluations/model'

/** How far a run is, and that it goes on; nothing once it has ended. */
export function EvaluationProgress({ run }: { run: Evaluation }) {
  if (!isUnderWay(run.status)) return null
  const { done, failed, total } = run.progress
  const words = `${done + failed} of ${total} answers scored`
  return (
    <div className="flex flex-col gap-2">
      <RefreshWhile waiting />
      <ProgressBar value={done + failed} max={total} label="Progress" valueText={words} />
      <output className="text-muted text-sm tabular-nums">
        {run.status === 'PENDING' ? 'Waiting for its turn.' : `${words}.`}
        {failed > 0 ? ` ${failed} failed.` : ''}
      </output>
    </div>
  )
}
