import { RelativeTime } from '@/components/ui/relative-time'
import { StatusDot } from '@/components/ui/status-dot'
import type { DeliverySummary } from '@/lib/inbound/model'
import { DELIVERY_STATE_WORDS } from './inbound-words'
import { subscriberText } from './subscriber-name'

export type DeliveryStateProps = { delivery: DeliverySummary; now: number }

/** What became of a delivery as a whole, and where it is in trouble what the last try met with. */
export function DeliveryStateLine({ delivery, now }: DeliveryStateProps) {
  const { label, tone } = DELIVERY_STATE_WORDS[delivery.state]
  return (
    <span className="flex min-w-0 flex-col">
      <StatusDot tone={tone}>
        <span>
          {label}
          <Share delivery={delivery} />
        </span>
      </StatusDot>
      <Trouble delivery={delivery} now={now} />
    </span>
  )
}

/** At how many of several, where it is not at all of them. */
function Share({ delivery: { state, dispatches } }: { delivery: DeliverySummary }) {
  const count = dispatches.filter((dispatch) => dispatch.state === state).length
  if (dispatches.length < 2 || count === dispatches.length) return null
  return (
    <span className="text-muted">
      {' '}
      at {count} of {dispatches.length}
    </span>
  )
}

function Trouble({ delivery: { state, dispatches }, now }: DeliveryStateProps) {
  const dispatch = dispatches.find((one) => one.state === state)
  if (state === 'DELIVERED' || !dispatch || dispatch.outcome === null) return null
  const { outcome, nextAttemptAt } = dispatch
  const text = dispatches.length > 1 ? `${subscriberText(dispatch)}: ${outcome}` : outcome
  return (
    <span className="truncate pl-4 text-muted text-xs" title={text}>
      {text}
      {nextAttemptAt !== null && nextAttemptAt > now ? (
        <>
          {' '}
          Next try <RelativeTime at={nextAttemptAt} now={now} />
        </>
      ) : null}
    </span>
  )
}
