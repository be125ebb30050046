import { cn } from '@/components/ui/class-names'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusDot } from '@/components/ui/status-dot'
import type { OutgoingEmail } from '@/lib/email/queries'
import { STATE_WORDS } from './email-words'

export type EmailStateProps = {
  email: OutgoingEmail
  now: number
  /** All of what went wrong, and not only as much as fits into a line. */
  wholeError?: boolean
}

/** What became of an e-mail, and where it stands if nothing has yet. */
export function EmailState({ email, now, wholeError = false }: EmailStateProps) {
  const { label, tone } = STATE_WORDS[email.state]
  return (
    <span className="flex min-w-0 flex-col">
      <StatusDot tone={tone}>
        {label} {email.sentAt === null ? null : <RelativeTime at={email.sentAt} now={now} />}
      </StatusDot>
      {email.lastError ? (
        <span
          className={cn('pl-4 text-muted text-xs', wholeError ? 'wrap-anywhere' : 'truncate')}
          title={wholeError ? undefined : email.lastError}
        >
          {email.lastError}
        </span>
      ) : null}
    </span>
  )
}
