'use client'

import { ErrorPanel } from '@/components/settings/error-panel'
import { Button } from '@/components/ui/button'

export type FailurePanelProps = {
  error: Error & { digest?: string | undefined }
  onRetry: () => void
}

/** What an error boundary shows. Of the error only the digest reaches the browser: the log has the rest. */
export function FailurePanel({ error, onRetry }: FailurePanelProps) {
  return (
    <ErrorPanel
      title="This page could not be shown"
      message="Something broke on our side. Nothing you entered before was changed by it."
      nextStep="Try again. If it stays, send the id below to support."
      requestId={error.digest}
      actions={
        <>
          <Button variant="primary" onClick={onRetry}>
            Try again
          </Button>
          <Button onClick={() => window.location.assign('/')}>Start over</Button>
        </>
      }
    />
  )
}
