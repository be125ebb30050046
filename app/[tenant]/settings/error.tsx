'use client'

import { FailurePanel } from '@/components/shell/failure-panel'

/** Inside the frame, so that the way to other sections stays. */
export default function SectionErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return <FailurePanel error={error} onRetry={reset} />
}
