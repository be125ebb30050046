/** What comes in from other systems, and what is done with it; isomorphic. */

export const WEBHOOK_PROVIDERS = ['GENERIC', 'STANDARD', 'GITHUB', 'STRIPE'] as const
export type WebhookProvider = (typeof WEBHOOK_PROVIDERS)[number]

export interface ProviderFacts {
  label: string
  /** In the address of a delivery. */
  path: string
  /** False where a token is the only proof. */
  signed: boolean
  /** Whether we may think of the secret; Stripe always makes its own. */
  secretByUs: boolean
}

export const PROVIDER_FACTS: Record<WebhookProvider, ProviderFacts> = {
  GENERIC: { label: 'Generic', path: 'generic', signed: false, secretByUs: false },
  STANDARD: { label: 'Standard Webhooks', path: 'standard', signed: true, secretByUs: true },
  GITHUB: { label: 'GitHub', path: 'github', signed: true, secretByUs: true },
  STRIPE: { label: 'Stripe', path: 'stripe', signed: true, secretByUs: false },
}

/** The provider of the address, or undefined. */
export function providerAt(path: string): WebhookProvider | undefined {
  return WEBHOOK_PROVIDERS.find((provider) => PROVIDER_FACTS[provider].path === path)
}

/** Who takes what comes in: an address that it is forwarded to, or an agent that is run. What fires each kind is registered by the process (lib/inbound/trigger-target.ts). */
export const SUBSCRIBER_TYPES = ['HTTP', 'AGENT'] as const
export type SubscriberType = (typeof SUBSCRIBER_TYPES)[number]

export interface HttpTarget {
  kind: 'HTTP'
  url: string
}
export interface AgentTarget {
  kind: 'AGENT'
  agentId: string
}
export type WebhookTarget = HttpTarget | AgentTarget

/** Who it is, at any time: the name of a receiver, or the id of an agent. */
export interface Subscriber {
  subscriberType: SubscriberType
  subscriberId: string
}

/** A signing secret; never the secret itself. Times are epoch ms. */
export interface WebhookSecret {
  createdAt: number
  /** Until when the one before is good too; null where there is none. */
  formerUntil: number | null
}

export interface Webhook {
  id: string
  name: string
  provider: WebhookProvider
  /** Who takes what comes in, the first one first. */
  subscribers: readonly Subscriber[]
  pausedAt: number | null
  createdByLabel: string
  createdAt: number
  modifiedAt: number
  /** What checks deliveries that come in; null where none is set, or where tokens do it. */
  providerSecret: WebhookSecret | null
}

/** One subscriber of one endpoint. */
export interface Subscription extends Subscriber {
  id: string
  webhookId: string
  /** Patterns (lib/inbound/event-filter.ts); null takes everything. */
  eventFilter: string | null
  /** Of HTTP where it is forwarded to; nothing of an agent. */
  config: { url?: string | undefined }
  pausedAt: number | null
  createdByLabel: string
  createdAt: number
  modifiedAt: number
  /** Signs what is forwarded; null for an agent, which is given nothing that it would have to check. */
  signingSecret: WebhookSecret | null
}

/**
 * HELD: its endpoint or its subscription is paused. DEAD: given up, until somebody sends it again. ENDED: its
 * subscription was removed first.
 */
export const DISPATCH_STATES = ['WAITING', 'HELD', 'DELIVERED', 'DEAD', 'ENDED'] as const
export type DispatchState = (typeof DISPATCH_STATES)[number]

/** Of a delivery the one of its dispatches that matters most; UNMATCHED where no subscription took it. */
export const DELIVERY_STATES = [...DISPATCH_STATES, 'UNMATCHED'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** A delivery for one subscription. */
export interface Dispatch extends Subscriber {
  subscriptionId: string
  /** Its subscription is not there any more. */
  removed: boolean
  state: DispatchState
  attempts: number
  /** Of the last attempt, in words. */
  outcome: string | null
  /** Null unless it waits for one. */
  nextAttemptAt: number | null
  finishedAt: number | null
}

/** How a delivery showed that it may come in. */
export type DeliveryCarrier = 'BEARER' | 'QUERY' | 'PATH' | 'SIGNATURE'

export interface DeliverySummary {
  id: string
  webhookId: string
  webhookName: string
  provider: WebhookProvider
  eventType: string | null
  state: DeliveryState
  receivedAt: number
  /** Bytes as it came. */
  size: number
  /** One for each subscription that took it; the one that was made first comes first. */
  dispatches: readonly Dispatch[]
}

export interface DeliveryAttempt {
  number: number
  startedAt: number
  durationMs: number
  succeeded: boolean
  status: number | null
  outcome: string
}

export interface DispatchDetail extends Dispatch {
  /** Newest first. */
  log: readonly DeliveryAttempt[]
}

export interface DeliveryDetail extends DeliverySummary {
  dispatches: readonly DispatchDetail[]
  deliveryKey: string
  keySource: 'HEADER' | 'EVENT' | 'DIGEST'
  carrier: DeliveryCarrier
  sender: string
  contentType: string | null
  /** Null for those whose value was not kept. */
  headers: Readonly<Record<string, string | null>>
  copies: number
  /** Text of the body; null where it is not text, or trimmed. */
  text: string | null
  /** Whether the text ends before the body does. */
  cut: boolean
  trimmed: boolean
}

/** Each wait is this many times the one before. */
const GROWTH = 4
const LONGEST_WAIT_MS = 10 * 60 * 60 * 1000
/** Part of a wait by which it may be shorter or longer, so that what failed together does not come together. */
const JITTER = 0.2

/**
 * How long to wait after the `tries`-th try, from 1.
 * @param firstMs the wait after the first
 * @param dice 0 … 1
 */
export function retryDelayMs(tries: number, firstMs: number, dice: number): number {
  const wait = Math.min(firstMs * GROWTH ** (tries - 1), LONGEST_WAIT_MS)
  return Math.round(wait * (1 - JITTER + 2 * JITTER * dice))
}
