import type { ReactNode } from 'react'

export type NoticeOptions = {
  description?: ReactNode | undefined
  action?: { label: string; onClick: () => void } | undefined
}

export interface Notice extends NoticeOptions {
  kind: 'success' | 'info' | 'error'
  message: string
}

/** What was said before somebody could show it: the toasts' own code loads after the page. */
const waiting: Notice[] = []
let showNotice: ((notice: Notice) => void) | null = null

function say(notice: Notice) {
  if (showNotice) showNotice(notice)
  else waiting.push(notice)
}

/**
 * Hands every notice to `show` from now on, those that wait first.
 * @returns lets notices wait again
 */
export function receiveNotices(show: (notice: Notice) => void): () => void {
  showNotice = show
  for (const notice of waiting.splice(0)) show(notice)
  return () => {
    showNotice = null
  }
}

/** Toasts, for outcomes the user may have walked away from; elsewhere say it inline. */
export const notify = {
  success: (message: string, options: NoticeOptions = {}) =>
    say({ kind: 'success', message, ...options }),
  info: (message: string, options: NoticeOptions = {}) =>
    say({ kind: 'info', message, ...options }),
  error: (message: string, options: NoticeOptions = {}) =>
    say({ kind: 'error', message, ...options }),
}
