import { StatusDot } from '@/components/ui/status-dot'
import type { LiveStatus } from './use-live-signal'

const LOOKS = {
  live: { tone: 'success', words: 'Live', title: 'New calls appear as they happen.' },
  connecting: { tone: 'neutral', words: 'Connecting…', title: 'Opening the live stream.' },
  polling: {
    tone: 'warning',
    words: 'Every 5 seconds',
    title: 'The live stream is interrupted: new calls are fetched every 5 seconds.',
  },
  paused: { tone: 'neutral', words: 'Paused', title: 'New calls wait until you resume.' },
  ended: { tone: 'danger', words: 'Signed out', title: 'Your session has ended: sign in again.' },
} as const

/** How fresh the list is, in a word. */
export function LiveIndicator({ status }: { status: LiveStatus | 'paused' }) {
  const { tone, words, title } = LOOKS[status]
  return (
    <output title={title} className="text-muted text-sm">
      <StatusDot tone={tone}>{words}</StatusDot>
    </output>
  )
}
