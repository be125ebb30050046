import { TextLink } from '@/components/ui/text-link'
import type { Subscriber } from '@/lib/inbound/model'

export type SubscriberNameProps = { tenant: string; subscriber: Subscriber }

/** The name of a receiver, or the agent with the way to it. */
export function SubscriberName({ tenant, subscriber }: SubscriberNameProps) {
  const { subscriberType, subscriberId } = subscriber
  if (subscriberType === 'HTTP') return subscriberId
  return (
    <>
      Agent <TextLink href={`/${tenant}/settings/agents/${subscriberId}`}>{subscriberId}</TextLink>
    </>
  )
}

/** The same as one text. */
export function subscriberText({ subscriberType, subscriberId }: Subscriber): string {
  return subscriberType === 'HTTP' ? subscriberId : `Agent ${subscriberId}`
}
