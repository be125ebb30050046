import { localDateTime } from '@/lib/local-date'
import { type KindDefinition, pagePath } from '@/lib/notifications/kind'

export interface InboundFacts {
  'delivery-dead': {
    webhookId: string
    webhookName: string
    deliveryId: string
    /** Of the last attempt, in words. */
    outcome: string
    at: number
  }
}

export const INBOUND_KINDS: { [Kind in keyof InboundFacts]: KindDefinition<InboundFacts[Kind]> } = {
  'delivery-dead': {
    label: 'Inbound delivery given up',
    description:
      'When a delivery could not be forwarded after every retry. Once an hour for each endpoint, for admins.',
    group: 'Integrations',
    inApp: true,
    email: 'INSTANT',
    locked: null,
    words: ({ webhookId, webhookName, outcome, at }, place) => ({
      title: `A delivery of ${webhookName} was given up`,
      body: `Its last try was on ${localDateTime(at, place.timeZone)}. ${outcome} It is kept, and can be sent again once the other side works. Others of this endpoint within the hour are not told of one by one.`,
      action: {
        label: 'Open what was given up',
        path: pagePath(place, `settings/inbound/deliveries?state=DEAD&webhook=${webhookId}`),
      },
    }),
  },
}
