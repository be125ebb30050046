import { RelativeTime } from '@/components/ui/relative-time'
import { StatusDot } from '@/components/ui/status-dot'
import type { DeliverySummary } from '@/lib/inbound/model'
import { DELIVERY_STATE_WORDS } from './inbound-words'

export type DeliveryStateProps = { delivery: DeliverySummary; now: number }

/** What became of a delivery, and what its last attempt met with where that was no success. */
export function DeliveryStateLine({ delivery, now }: DeliveryStateProps) {
  const { state, outcome, nextAttemptAt } = delivery
  const { label, tone } = DELIVERY_STATE_WORDS[state]
  return (
    <span className="flex min-w-0 flex-col">
      <StatusDot tone={tone}>{label}</StatusDot>
      {state === 'DELIVERED' || outcome === null ? null : (
        <span className="truncate pl-4 text-muted text-xs" title={outcome}>
          {outcome}
          {nextAttemptAt !== null && nextAttemptAt > now ? (
            <>
              {' '}
              Next try <RelativeTime at={nextAttemptAt} now={now} />
            </>
          ) : null}
        </span>
      )}
    </span>
  )
}
