import { Check, Copy, TriangleAlert } from 'lucide-react'
import type { CopyState } from './use-copy'

/** What screen readers hear; '' while nothing has happened. */
export const COPY_ANNOUNCEMENTS: Record<CopyState, string> = {
  idle: '',
  copied: 'Copied',
  failed: 'Copying failed. Select the text and copy it by hand.',
}

export function CopyIcon({ state }: { state: CopyState }) {
  if (state === 'copied') return <Check aria-hidden className="text-success-text" />
  if (state === 'failed') return <TriangleAlert aria-hidden className="text-warning-text" />
  return <Copy aria-hidden />
}
