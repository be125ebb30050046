import type { Tone } from '@/components/ui/badge'
import { patternsOf } from '@/lib/inbound/event-filter'
import type {
  DeliveryCarrier,
  DeliveryDetail,
  DeliveryState,
  DispatchState,
  WebhookProvider,
} from '@/lib/inbound/model'

type StateWords = { label: string; tone: Tone }

export const DISPATCH_STATE_WORDS: Record<DispatchState, StateWords> = {
  WAITING: { label: 'Waiting', tone: 'warning' },
  HELD: { label: 'Held', tone: 'neutral' },
  DELIVERED: { label: 'Delivered', tone: 'success' },
  DEAD: { label: 'Given up', tone: 'danger' },
  ENDED: { label: 'Ended', tone: 'neutral' },
}

export const DELIVERY_STATE_WORDS: Record<DeliveryState, StateWords> = {
  ...DISPATCH_STATE_WORDS,
  UNMATCHED: { label: 'No subscriber', tone: 'neutral' },
}

/** What might be wanted of a sender. */
export const FILTER_EXAMPLES: Record<WebhookProvider, string> = {
  GENERIC: 'order.paid, refund.*',
  STANDARD: 'order.paid, refund.*',
  GITHUB: 'push, pull_request.*',
  STRIPE: 'invoice.*, charge.refunded',
}

/** "Takes push and everything that begins with “invoice.”" */
export function filterWords(filter: string | null): string {
  const patterns = patternsOf(filter)
  const exact = patterns.filter((pattern) => !pattern.endsWith('*'))
  const begins = patterns.filter((pattern) => pattern.endsWith('*'))
  const parts = [
    ...exact,
    ...begins.map((pattern) => `everything that begins with “${pattern.slice(0, -1)}”`),
  ]
  if (parts.length === 0) return 'Takes everything'
  return `Takes ${new Intl.ListFormat('en-US').format(parts)}`
}

/** "1 delivery", "1,204 deliveries". */
export function deliveryCount(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'delivery' : 'deliveries'}`
}

export const CARRIER_WORDS: Record<DeliveryCarrier, string> = {
  BEARER: 'Token in the Authorization header',
  QUERY: 'Token in the query of the URL',
  PATH: 'Token in the path of the URL',
  SIGNATURE: 'Signature alone',
}

export const KEY_SOURCE_WORDS: Record<DeliveryDetail['keySource'], string> = {
  HEADER: 'the id in its header',
  EVENT: 'the id of its event',
  DIGEST: 'its body, within ten minutes',
}

/** What the choice of a provider means, and where its secret comes from. */
export const PROVIDER_WORDS: Record<WebhookProvider, { tagline: string; paste: string }> = {
  GENERIC: {
    tagline: 'Any sender. It proves itself with a token of yours.',
    paste: 'Give the sender this address and a token that holds inbound:deliver and nothing else.',
  },
  STANDARD: {
    tagline: 'Signed by the Standard Webhooks specification.',
    paste:
      'Enter this address where the sender asks for an endpoint, then set its signing secret below.',
  },
  GITHUB: {
    tagline: 'Signed with X-Hub-Signature-256.',
    paste:
      'In the repository, open Settings, Webhooks, Add webhook. Enter this address as payload URL, choose application/json, and paste the secret that you set below.',
  },
  STRIPE: {
    tagline: 'Signed with Stripe-Signature.',
    paste:
      'In the Stripe dashboard, open Webhooks and add this address as an endpoint. Then set the signing secret below that Stripe shows (whsec_…).',
  },
}

/** "1.2 KB". */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1_000_000
    ? `${(bytes / 1000).toFixed(1)} KB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`
}
