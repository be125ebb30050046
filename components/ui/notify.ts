import type { ReactNode } from 'react'
import { toast } from 'sonner'

type NoticeOptions = {
  description?: ReactNode | undefined
  action?: { label: string; onClick: () => void } | undefined
}

// An error stays twice as long: it has a reason and a next step to read.
const durationMs = { success: 4000, info: 5000, error: 10_000 }

function show(kind: keyof typeof durationMs, message: string, options: NoticeOptions) {
  toast[kind](message, {
    duration: durationMs[kind],
    ...(options.description ? { description: options.description } : {}),
    ...(options.action ? { action: options.action } : {}),
  })
}

/** Toasts, for outcomes the user may have walked away from; elsewhere say it inline. */
export const notify = {
  success: (message: string, options: NoticeOptions = {}) => show('success', message, options),
  info: (message: string, options: NoticeOptions = {}) => show('info', message, options),
  error: (message: string, options: NoticeOptions = {}) => show('error', message, options),
}
