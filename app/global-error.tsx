'use client'

import { FailurePanel } from '@/components/shell/failure-panel'
import './globals.css'

/** Stands in for the root layout when that itself fails. */
export default function GlobalErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <html lang="en">
      <body>
        <title>Error · Fruxon</title>
        <main className="mx-auto flex min-h-dvh w-full max-w-form flex-col justify-center px-4 py-16">
          <FailurePanel error={error} onRetry={reset} />
        </main>
      </body>
    </html>
  )
}
