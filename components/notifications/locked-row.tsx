import { Lock } from 'lucide-react'
import type { KindPreference } from '@/lib/notifications/preferences'
import { RowFrame } from './row-frame'

export type LockedRowProps = {
  preference: KindPreference
  /** Why nobody can switch it off. */
  reason: string
  highlighted: boolean
}

/** A kind that is always on: nothing to operate, and the reason beside it. */
export function LockedRow({ preference, reason, highlighted }: LockedRowProps) {
  return (
    <RowFrame
      preference={preference}
      highlighted={highlighted}
      fixed
      inApp={<Locked channel="In app" words="On" />}
      email={<Locked channel="E-mail" words="Always, at once" />}
      note={
        <span className="flex items-start gap-1.5 text-muted text-xs">
          <Lock aria-hidden className="mt-px size-3.5 shrink-0 text-faint sm:hidden" />
          Always on. {reason}
        </span>
      }
    />
  )
}

function Locked({ channel, words }: { channel: string; words: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 text-muted text-sm sm:pt-0.5">
      <Lock aria-hidden className="size-3.5 shrink-0 text-faint" />
      <span className="sr-only">{channel}: </span>
      {words}
    </span>
  )
}
