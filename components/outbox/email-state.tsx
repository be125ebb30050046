import { RelativeTime } from '@/components/ui/relative-time'
import { StatusDot } from '@/components/ui/status-dot'
import type { OutgoingEmail } from '@/lib/email/queries'
import { STATE_WORDS } from './email-words'

/** What became of an e-mail, and where it stands if nothing has yet. */
export function EmailState({ email, now }: { email: OutgoingEmail; now: number }) {
  const { label, tone } = STATE_WORDS[email.state]
  return (
    <span className="flex min-w-0 flex-col">
      <StatusDot tone={tone}>
        {label} {email.sentAt === null ? null : <RelativeTime at={email.sentAt} now={now} />}
      </StatusDot>
      {email.lastError ? (
        <span className="truncate pl-4 text-muted text-xs" title={email.lastError}>
          {email.lastError}
        </span>
      ) : null}
    </span>
  )
}
