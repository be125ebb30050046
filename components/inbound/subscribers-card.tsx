'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { SectionCard } from '@/components/settings/section-card'
import { Button } from '@/components/ui/button'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { preloadOnIntent } from '@/components/ui/preload'
import type { RunnableAgent } from '@/lib/execution/runnable-agents'
import { SUBSCRIPTIONS_MAX } from '@/lib/inbound/limits'
import type { Subscription, Webhook } from '@/lib/inbound/model'
import type { DeadLetter } from '@/lib/inbound/redeliver-dead'
import { SubscriberRow } from './subscriber-row'

const AddSubscriberSheet = lazyOverlay(
  () => import('./add-subscriber-sheet').then((module) => module.AddSubscriberSheet),
  { close: (props) => props.onClose() },
)

export type SubscribersCardProps = {
  tenant: string
  webhook: Webhook
  /** Each with what was given up at it. */
  subscriptions: readonly (Subscription & { dead: DeadLetter })[]
  agents: readonly RunnableAgent[]
}

/** Who takes what comes in, and what of it. */
export function SubscribersCard({ tenant, webhook, subscriptions, agents }: SubscribersCardProps) {
  const [adding, setAdding] = useState(false)
  const isFull = subscriptions.length >= SUBSCRIPTIONS_MAX
  return (
    <SectionCard
      title="Subscribers"
      description={
        isFull
          ? `An endpoint has room for ${SUBSCRIPTIONS_MAX}: remove one to add another.`
          : 'Each gets what it takes by itself, with tries of its own.'
      }
      actions={
        isFull ? null : (
          <Button onClick={() => setAdding(true)} {...preloadOnIntent(AddSubscriberSheet.preload)}>
            <Plus aria-hidden />
            Add subscriber
          </Button>
        )
      }
      flush={subscriptions.length > 0}
    >
      {subscriptions.length === 0 ? (
        <p className="text-muted text-sm">
          Nobody yet. What comes in is kept and acknowledged, and goes nowhere.
        </p>
      ) : (
        <ul className="divide-y divide-subtle">
          {subscriptions.map((subscription) => (
            <SubscriberRow
              key={subscription.id}
              tenant={tenant}
              webhook={webhook}
              subscription={subscription}
              dead={subscription.dead}
            />
          ))}
        </ul>
      )}
      {adding ? (
        <AddSubscriberSheet
          tenant={tenant}
          webhook={webhook}
          agents={agents}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </SectionCard>
  )
}
