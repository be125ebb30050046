import type { SubscriberType, Subscription } from '@/lib/inbound/model'

/** A subscriber as a form has it. */
export type SubscriberDraft = {
  subscriberType: SubscriberType
  /** Of a receiver. */
  name: string
  url: string
  /** Of an agent. */
  agentId: string
  eventFilter: string
}

export const NO_SUBSCRIBER: SubscriberDraft = {
  subscriberType: 'HTTP',
  ...{ name: '', url: '', agentId: '', eventFilter: '' },
}

export function draftOf(subscription: Subscription): SubscriberDraft {
  const { subscriberType, subscriberId, config, eventFilter } = subscription
  return {
    subscriberType,
    name: subscriberType === 'HTTP' ? subscriberId : '',
    url: config.url ?? '',
    agentId: subscriberType === 'AGENT' ? subscriberId : '',
    eventFilter: eventFilter ?? '',
  }
}

/** What of the draft makes a subscription: that of the type that is chosen. */
export function wishOf({ subscriberType, name, url, agentId, eventFilter }: SubscriberDraft) {
  return subscriberType === 'HTTP'
    ? { subscriberType, subscriberId: name, config: { url }, eventFilter }
    : { subscriberType, subscriberId: agentId, eventFilter }
}
