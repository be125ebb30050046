import { createHmac, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { retryDelayMs, type WebhookProvider } from '@/lib/inbound/model'
import {
  isSignedBy,
  isUsableSecret,
  newSigningSecret,
  standardSignature,
} from '@/lib/inbound/signatures'

const NOW = 1_800_000_000_000
const secondsAt = (now: number) => String(Math.floor(now / 1000))

/** As each provider signs. */
const SIGN: Record<
  'STANDARD' | 'GITHUB' | 'STRIPE',
  (secret: string, body: string, at: number) => Record<string, string>
> = {
  STANDARD: (secret, body, at) => {
    const message = { id: 'msg_1', timestamp: secondsAt(at), body: Buffer.from(body) }
    return {
      'webhook-id': message.id,
      'webhook-timestamp': message.timestamp,
      'webhook-signature': standardSignature([secret], message),
    }
  },
  GITHUB: (secret, body) => ({
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  }),
  STRIPE: (secret, payload, at) => ({
    'stripe-signature': Stripe.webhooks.generateTestHeaderString({
      payload,
      secret,
      timestamp: Number(secondsAt(at)),
    }),
  }),
}
const PROVIDERS = Object.keys(SIGN) as (keyof typeof SIGN)[]

const check = (
  provider: WebhookProvider,
  secrets: string[],
  headers: Record<string, string>,
  body: string,
) =>
  isSignedBy(provider, secrets, {
    headers: new Headers(headers),
    body: Buffer.from(body),
    now: NOW,
  })

describe.each(PROVIDERS)('a signature of %s', (provider) => {
  const secret = newSigningSecret()

  it('is good for its own body and any secret of now, and for nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (body, added) => {
        const headers = SIGN[provider](secret, body, NOW)
        expect(check(provider, [newSigningSecret(), secret], headers, body)).toBe(true)
        expect(check(provider, [newSigningSecret()], headers, body)).toBe(false)
        expect(check(provider, [], headers, body)).toBe(false)
        expect(check(provider, [secret], headers, `${body}x${added}`)).toBe(false)
        expect(check('GENERIC', [secret], headers, body)).toBe(false)
      }),
      { numRuns: 15 },
    )
  })

  it('is refused where it is missing or cut', () => {
    expect(check(provider, [secret], {}, 'a')).toBe(false)
    const headers = SIGN[provider](secret, 'a', NOW)
    const cut = Object.entries(headers).map(([name, value]) => [name, value.slice(0, -2)])
    expect(check(provider, [secret], Object.fromEntries(cut), 'a')).toBe(false)
  })
})

it.each(['STANDARD', 'STRIPE'] as const)(
  'of %s is refused when it is old, or of the future',
  (provider) => {
    const secret = newSigningSecret()
    for (const at of [NOW - 301_000, NOW + 301_000]) {
      expect(check(provider, [secret], SIGN[provider](secret, 'a', at), 'a')).toBe(false)
    }
    expect(check(provider, [secret], SIGN[provider](secret, 'a', NOW - 299_000), 'a')).toBe(true)
  },
)

it('signs as the example of Standard Webhooks does', () => {
  const message = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: '1614265330',
    body: Buffer.from('{"test": 2432232314}'),
  }
  expect(standardSignature(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], message)).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  )
})

it('takes of Standard Webhooks only secrets of its form', () => {
  expect(isUsableSecret('STANDARD', newSigningSecret())).toBe(true)
  expect(isUsableSecret('STANDARD', randomBytes(32).toString('base64'))).toBe(true)
  for (const bad of ['whsec_', 'whsec_short', `whsec_${randomBytes(80).toString('base64')}`]) {
    expect(isUsableSecret('STANDARD', bad), bad).toBe(false)
  }
})

it('waits longer after each try, and never longer than half a day', () => {
  const waits = Array.from({ length: 8 }, (_, index) => retryDelayMs(index + 1, 5000, 0.5))
  expect(waits.map((ms) => Math.round(ms / 1000))).toEqual([
    5, 20, 80, 320, 1280, 5120, 20480, 36000,
  ])
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (tries, dice) => {
        const ms = retryDelayMs(tries, 5000, dice)
        expect(ms).toBeGreaterThan(0)
        expect(ms).toBeLessThanOrEqual(12 * 3_600_000)
      },
    ),
  )
})
