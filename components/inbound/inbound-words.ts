import type { Tone } from '@/components/ui/badge'
import type {
  DeliveryCarrier,
  DeliveryDetail,
  DeliveryState,
  WebhookProvider,
} from '@/lib/inbound/model'

export const DELIVERY_STATE_WORDS: Record<DeliveryState, { label: string; tone: Tone }> = {
  WAITING: { label: 'Waiting', tone: 'warning' },
  HELD: { label: 'Held', tone: 'neutral' },
  DELIVERED: { label: 'Delivered', tone: 'success' },
  DEAD: { label: 'Given up', tone: 'danger' },
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
