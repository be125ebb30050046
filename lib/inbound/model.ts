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

/** Where a delivery goes: forwarded to an address, or run by an agent. What fires each kind is registered by the process (lib/inbound/trigger-target.ts). */
export const TARGET_KINDS = ['HTTP', 'AGENT'] as const
export type TargetKind = (typeof TARGET_KINDS)[number]

export interface HttpTarget {
  kind: 'HTTP'
  url: string
}
export interface AgentTarget {
  kind: 'AGENT'
  agentId: string
}
export type WebhookTarget = HttpTarget | AgentTarget

/** Where deliveries go, as one text. */
export function placeOf(target: WebhookTarget): string {
  return target.kind === 'HTTP' ? target.url : target.agentId
}

/** One of the two secrets of an endpoint; never the secret itself. Times are epoch ms. */
export interface WebhookSecret {
  createdAt: number
  /** Until when the one before is good too; null where there is none. */
  formerUntil: number | null
}

export interface Webhook {
  id: string
  name: string
  provider: WebhookProvider
  target: WebhookTarget
  pausedAt: number | null
  createdByLabel: string
  createdAt: number
  modifiedAt: number
  /** What checks deliveries that come in; null where none is set, or where tokens do it. */
  providerSecret: WebhookSecret | null
  /** What signs what is forwarded. */
  forwardSecret: WebhookSecret
}

/** HELD: its endpoint is paused. DEAD: given up, until somebody sends it again. */
export const DELIVERY_STATES = ['WAITING', 'HELD', 'DELIVERED', 'DEAD'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

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
  attempts: number
  /** Of the last attempt, in words. */
  outcome: string | null
  /** Null unless it waits for one. */
  nextAttemptAt: number | null
  finishedAt: number | null
}

export interface DeliveryAttempt {
  number: number
  startedAt: number
  durationMs: number
  succeeded: boolean
  status: number | null
  outcome: string
}

export interface DeliveryDetail extends DeliverySummary {
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
  log: DeliveryAttempt[]
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
