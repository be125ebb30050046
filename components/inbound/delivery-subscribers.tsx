import { SectionCard } from '@/components/settings/section-card'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusDot } from '@/components/ui/status-dot'
import type { DeliveryDetail, DispatchDetail } from '@/lib/inbound/model'
import { AttemptTable } from './attempt-table'
import { DISPATCH_STATE_WORDS } from './inbound-words'
import { RedeliverButton } from './redeliver-button'
import { SubscriberName } from './subscriber-name'

export type DeliverySubscribersProps = { tenant: string; delivery: DeliveryDetail; now: number }

/** What became of a delivery at each subscriber that took it, with every try. */
export function DeliverySubscribers({ tenant, delivery, now }: DeliverySubscribersProps) {
  if (delivery.dispatches.length === 0) {
    return (
      <SectionCard
        title="No subscriber"
        description={`When it came in, nobody who subscribed to ${delivery.webhookName} took ${delivery.eventType ?? 'an event without a type'}. It was kept and acknowledged, and went nowhere.`}
      />
    )
  }
  const several = delivery.dispatches.length > 1
  return delivery.dispatches.map((dispatch) => (
    <SectionCard
      key={dispatch.subscriptionId}
      title={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="[overflow-wrap:anywhere]">
            <SubscriberName tenant={tenant} subscriber={dispatch} />
          </span>
          <span className="font-normal text-sm">
            <StatusDot tone={DISPATCH_STATE_WORDS[dispatch.state].tone}>
              {DISPATCH_STATE_WORDS[dispatch.state].label}
            </StatusDot>
          </span>
        </span>
      }
      description={<Outlook dispatch={dispatch} now={now} />}
      actions={
        several && !dispatch.removed ? (
          <RedeliverButton tenant={tenant} delivery={delivery} dispatch={dispatch} />
        ) : null
      }
      flush={dispatch.log.length > 0}
    >
      {dispatch.log.length === 0 ? (
        <p className="text-muted text-sm">
          {dispatch.state === 'ENDED' ? 'No try was made.' : 'No try has ended yet.'}
        </p>
      ) : (
        <AttemptTable log={dispatch.log} of={dispatch.subscriberId} />
      )}
    </SectionCard>
  ))
}

/** What comes next, or why nothing does. */
function Outlook({ dispatch, now }: { dispatch: DispatchDetail; now: number }) {
  const { state, nextAttemptAt, removed } = dispatch
  if (state === 'ENDED') return 'It was removed before this was delivered.'
  if (state === 'HELD') return 'No try is made while the endpoint or this subscriber is paused.'
  if (removed) return 'It does not subscribe any more.'
  if (nextAttemptAt === null || nextAttemptAt <= now) return null
  return (
    <>
      The next try is <RelativeTime at={nextAttemptAt} now={now} />.
    </>
  )
}
