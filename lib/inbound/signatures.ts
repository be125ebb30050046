import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { SIGNATURE_TOLERANCE_S } from '@/lib/inbound/limits'
import type { WebhookProvider } from '@/lib/inbound/model'

/** Signatures of those who send, and ours on what is forwarded. All are HMAC-SHA-256. */

export interface SignedRequest {
  headers: Headers
  /** Byte by byte as it came. */
  body: Uint8Array
  /** Epoch ms. */
  now: number
}

const STANDARD_PREFIX = 'whsec_'

/** A new secret in the form of Standard Webhooks: 32 random bytes. */
export function newSigningSecret(): string {
  return STANDARD_PREFIX + randomBytes(32).toString('base64')
}

/** Whether the provider could sign with this text. Standard Webhooks wants 24 to 64 bytes in base64. */
export function isUsableSecret(provider: WebhookProvider, secret: string): boolean {
  if (provider !== 'STANDARD') return /^[\x21-\x7e]+$/.test(secret)
  const text = secret.startsWith(STANDARD_PREFIX) ? secret.slice(STANDARD_PREFIX.length) : secret
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text && bytes.length >= 24 && bytes.length <= 64
}

/** `webhook-signature` for one delivery: a signature by each secret, newest first. */
export function standardSignature(
  secrets: readonly string[],
  { id, timestamp, body }: { id: string; timestamp: string; body: Uint8Array },
): string {
  return secrets
    .map((secret) => `v1,${standardHmac(secret, id, timestamp, body).toString('base64')}`)
    .join(' ')
}

/**
 * Whether one of the secrets signed exactly this body, and not long ago where the provider says when.
 * @param secrets those that are good now; none signs nothing
 */
export function isSignedBy(
  provider: WebhookProvider,
  secrets: readonly string[],
  request: SignedRequest,
): boolean {
  switch (provider) {
    case 'STANDARD':
      return isStandard(secrets, request)
    case 'GITHUB':
      return isGitHub(secrets, request)
    case 'STRIPE':
      return isStripe(secrets, request)
    case 'GENERIC':
      return false
  }
}

function isStandard(secrets: readonly string[], { headers, body, now }: SignedRequest): boolean {
  const id = headers.get('webhook-id')
  const timestamp = headers.get('webhook-timestamp')
  const given = (headers.get('webhook-signature') ?? '')
    .split(' ')
    .flatMap((part) => (part.startsWith('v1,') ? [Buffer.from(part.slice(3), 'base64')] : []))
  if (!id || !isRecent(timestamp, now)) return false
  return isAnyOf(
    secrets.map((secret) => standardHmac(secret, id, timestamp, body)),
    given,
  )
}

/** GitHub signs the body alone: no moment, and not the delivery's id. */
function isGitHub(secrets: readonly string[], { headers, body }: SignedRequest): boolean {
  const [, hex] = /^sha256=([0-9a-f]{64})$/i.exec(headers.get('x-hub-signature-256') ?? '') ?? []
  if (!hex) return false
  return isAnyOf(
    secrets.map((secret) => createHmac('sha256', secret).update(body).digest()),
    [Buffer.from(hex, 'hex')],
  )
}

function isStripe(secrets: readonly string[], { headers, body, now }: SignedRequest): boolean {
  const parts = (headers.get('stripe-signature') ?? '').split(',').map((part) => part.split('='))
  const timestamp = parts.find(([key]) => key === 't')?.[1] ?? null
  const given = parts.flatMap(([key, value]) =>
    key === 'v1' && value ? [Buffer.from(value, 'hex')] : [],
  )
  if (!isRecent(timestamp, now)) return false
  return isAnyOf(
    secrets.map((secret) =>
      createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest(),
    ),
    given,
  )
}

function standardHmac(secret: string, id: string, timestamp: string, body: Uint8Array): Buffer {
  const text = secret.startsWith(STANDARD_PREFIX) ? secret.slice(STANDARD_PREFIX.length) : secret
  return createHmac('sha256', Buffer.from(text, 'base64'))
    .update(`${id}.${timestamp}.`)
    .update(body)
    .digest()
}

/** Whole seconds since 1970, neither long ago nor far ahead. */
function isRecent(timestamp: string | null, now: number): timestamp is string {
  if (timestamp === null || !/^\d{1,12}$/.test(timestamp)) return false
  return Math.abs(now / 1000 - Number(timestamp)) <= SIGNATURE_TOLERANCE_S
}

/** Compares everything with everything, in a time that tells nothing of where they differ. */
function isAnyOf(expected: readonly Buffer[], given: readonly Buffer[]): boolean {
  let found = false
  for (const one of expected) {
    for (const other of given) {
      if (one.length === other.length && timingSafeEqual(one, other)) found = true
    }
  }
  return found
}
