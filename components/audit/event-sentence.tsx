import { StatusDot } from '@/components/ui/status-dot'
import { TextLink } from '@/components/ui/text-link'
import type { AuditEvent } from '@/lib/audit/events'
import { eventPhrase, eventTone } from './event-words'
import { targetHref } from './target-href'

export type EventSentenceProps = { event: AuditEvent; tenant: string; linked?: boolean | undefined }

/** "rotated token prod-server", with a dot for its weight and a way to the target. */
export function EventSentence({ event, tenant, linked = true }: EventSentenceProps) {
  const { words, namesTarget } = eventPhrase(event.eventType, event.target.type)
  const href = linked ? targetHref(tenant, event.target) : null
  return (
    <StatusDot
      tone={eventTone(event.eventType)}
      className="min-w-0 items-baseline whitespace-normal"
    >
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {words}{' '}
        {namesTarget && href ? (
          <TextLink href={href} className="relative z-1">
            {event.target.label}
          </TextLink>
        ) : null}
        {namesTarget && !href ? <span className="font-medium">{event.target.label}</span> : null}
        {ofAccount(event)}
      </span>
    </StatusDot>
  )
}

/** "First token" alone would not say whose. */
function ofAccount({ target, details }: AuditEvent): string {
  const account = details.serviceAccount
  return target.type === 'token' && typeof account === 'string' ? ` of ${account}` : ''
}
