import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { CopyTextButton } from '@/components/ui/copy-text-button'

export type ErrorPanelProps = {
  title: ReactNode
  message: ReactNode
  /** What the reader can do now. */
  nextStep?: ReactNode | undefined
  /** Retry button, way back. */
  actions?: ReactNode | undefined
  requestId?: string | undefined
}

export function ErrorPanel({ title, message, nextStep, actions, requestId }: ErrorPanelProps) {
  return (
    <div
      role="alert"
      className="flex items-start gap-3 rounded-lg border border-danger-line bg-surface p-5 shadow-card"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger-text" />
      <div className="flex min-w-0 flex-1 flex-col gap-1 text-sm">
        <p className="font-medium text-ink">{title}</p>
        <p className="text-muted">{message}</p>
        {nextStep ? <p className="text-muted">{nextStep}</p> : null}
        {actions ? <div className="mt-3 flex flex-wrap gap-2">{actions}</div> : null}
        {requestId ? (
          <div className="mt-3 flex flex-wrap items-center gap-x-2 border-subtle border-t pt-2 text-faint text-xs">
            <span>Request id</span>
            <code className="break-all text-muted">{requestId}</code>
            <CopyTextButton value={requestId} label="Copy request id" variant="ghost" size="sm" />
          </div>
        ) : null}
      </div>
    </div>
  )
}
