import Stripe from 'stripe'

const TIMEOUT_MS = 10_000
const RETRIES = 2
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

export interface StripeSettings {
  secretKey: string
  /** Another server than Stripe's own, for tests; only one on this machine. */
  url?: string
  /** Instead of the usual ones. */
  timeoutMs?: number
  retries?: number
}

/** @throws RangeError where keys and cards would be sent to another machine than Stripe's */
export function openStripe({ secretKey, url, timeoutMs, retries }: StripeSettings): Stripe {
  const config = {
    timeout: timeoutMs ?? TIMEOUT_MS,
    maxNetworkRetries: retries ?? RETRIES,
    telemetry: false,
  }
  if (url === undefined) return new Stripe(secretKey, config)
  const { hostname, port, protocol } = new URL(url)
  if (!LOOPBACK.includes(hostname) || protocol !== 'http:') {
    throw new RangeError(
      'Stripe may be replaced only by a server on this machine: http://127.0.0.1.',
    )
  }
  return new Stripe(secretKey, { ...config, host: hostname, port, protocol: 'http' })
}
