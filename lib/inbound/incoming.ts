import { createHash } from 'node:crypto'
import { EVENT_TYPE_MAX } from '@/lib/inbound/event-filter'
import type { DeliveryDetail, WebhookProvider } from '@/lib/inbound/model'

/** What a delivery says about itself: its id, its kind, and which of its headers may be kept. */

const ID_MAX = 255
const HEADERS_MAX = 60
const HEADER_NAME_MAX = 100
const HEADER_VALUE_MAX = 500

/** Kept with their value; of every other only the name is. None of them carries a credential. */
const SAFE_HEADERS = new Set([
  'accept',
  'ce-id',
  'ce-source',
  'ce-specversion',
  'ce-time',
  'ce-type',
  'content-length',
  'content-type',
  'idempotency-key',
  'user-agent',
  'webhook-id',
  'webhook-timestamp',
  'x-event-id',
  'x-event-type',
  'x-github-delivery',
  'x-github-event',
  'x-github-hook-id',
])

/** What of the request's journey says nothing about the delivery. */
const OF_THE_JOURNEY = new Set(['connection', 'host', 'keep-alive', 'transfer-encoding', 'upgrade'])

export interface DeliveryIdentity {
  key: string
  source: DeliveryDetail['keySource']
  digest: Buffer
}

/**
 * What makes a delivery one and the same, however often it comes: the id that its provider gives it. GitHub's and
 * the generic ones stand in a header, Stripe's in the signed event itself. Without any it is the digest of the body,
 * and then only for the time in which senders repeat themselves (limits.ts).
 */
export function identityOf(
  provider: WebhookProvider,
  headers: Headers,
  body: Uint8Array,
  event: EventFacts,
): DeliveryIdentity {
  const digest = createHash('sha256').update(body).digest()
  const id = headerId(provider, headers)
  if (id !== null) return { key: `id:${bounded(id)}`, source: 'HEADER', digest }
  if (provider === 'STRIPE' && event.id !== null) {
    return { key: `event:${bounded(event.id)}`, source: 'EVENT', digest }
  }
  return { key: `sha256:${digest.toString('hex')}`, source: 'DIGEST', digest }
}

function headerId(provider: WebhookProvider, headers: Headers): string | null {
  switch (provider) {
    case 'GITHUB':
      return headers.get('x-github-delivery') || null
    case 'STANDARD':
      return headers.get('webhook-id') || null
    case 'GENERIC':
      return headers.get('idempotency-key') || headers.get('webhook-id') || null
    case 'STRIPE':
      return null
  }
}

function bounded(id: string): string {
  return id.length <= ID_MAX ? id : `sha256:${createHash('sha256').update(id).digest('hex')}`
}

export interface EventFacts {
  id: string | null
  type: string | null
}

/** The names that the event itself gives, where its body is a JSON object, and those that its headers give. */
export function eventFacts(
  provider: WebhookProvider,
  headers: Headers,
  body: Uint8Array,
): EventFacts {
  const event = jsonObject(headers, body)
  const type = eventType(provider, headers, event)
  return { id: textOf(event.id), type: type === null ? null : type.slice(0, EVENT_TYPE_MAX) }
}

/** GitHub's with what was done to it, as in `pull_request.opened`: an event has many, and few are wanted. */
function eventType(
  provider: WebhookProvider,
  headers: Headers,
  event: Record<string, unknown>,
): string | null {
  switch (provider) {
    case 'GITHUB': {
      const name = headers.get('x-github-event') || null
      const action = textOf(event.action)
      return name === null || action === null ? name : `${name}.${action}`
    }
    case 'STRIPE':
    case 'STANDARD':
      return textOf(event.type)
    case 'GENERIC':
      return (
        headers.get('ce-type') ||
        headers.get('x-event-type') ||
        headers.get('x-github-event') ||
        (textOf(event.type) ?? textOf(event.event))
      )
  }
}

function jsonObject(headers: Headers, body: Uint8Array): Record<string, unknown> {
  if (!/\bjson\b/i.test(headers.get('content-type') ?? '')) return {}
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** PostgreSQL keeps no NUL. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && !value.includes('\0') ? value : null
}

/** Names of all, values of the harmless ones. */
export function keptHeaders(headers: Headers): Record<string, string | null> {
  const kept = [...headers]
    .filter(([name]) => !OF_THE_JOURNEY.has(name))
    .slice(0, HEADERS_MAX)
    .map(([name, value]) => [
      name.slice(0, HEADER_NAME_MAX),
      SAFE_HEADERS.has(name) ? value.slice(0, HEADER_VALUE_MAX) : null,
    ])
  return Object.fromEntries(kept)
}
