'use client'

import { FailurePanel } from '@/components/shell/failure-panel'

/** Inside the frame, so that the way to other pages stays. */
export default function NotificationsErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return <FailurePanel error={error} onRetry={reset} />
}
