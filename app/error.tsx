'use client'

import { FailurePanel } from '@/components/shell/failure-panel'

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-form flex-col justify-center px-4 py-16">
      <FailurePanel error={error} onRetry={reset} />
    </main>
  )
}
