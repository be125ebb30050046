import { StatusDot } from '@/components/ui/status-dot'
import type { TokenState } from '@/lib/tokens/model'
import { STATE_TONES, stateWords } from './state-words'

export type StateBadgeProps = {
  state: TokenState
  /** Why, in one sentence; the tooltip. */
  reason: string
  /** As really refused, policy included; epoch ms. */
  expiresAt: number | null
  /** The server's clock, epoch ms. */
  now: number
  className?: string | undefined
}

/** Dot and words, never colour alone. The tooltip is the browser's own: a table shows hundreds of these. */
export function StateBadge({ state, reason, expiresAt, now, className }: StateBadgeProps) {
  return (
    <span title={reason} className={className}>
      <StatusDot tone={STATE_TONES[state]}>{stateWords(state, expiresAt, now)}</StatusDot>
    </span>
  )
}
