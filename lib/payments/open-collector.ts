import type { Environment } from '@/lib/env'
import type { Collector } from '@/lib/payments/collector'
import { openStripe } from '@/lib/payments/stripe/open-stripe'
import { stripeProvider } from '@/lib/payments/stripe/provider'

/** By the variables of lib/stripe-env.ts; null where they are not set, and nobody collects but by invoice. */
export function openCollector(
  environment: Environment,
  parts: Pick<Collector, 'db' | 'news' | 'agreement' | 'onFailure'>,
): Collector | null {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret } = environment
  if (secretKey === undefined || webhookSecret === undefined) return null
  const url = environment.STRIPE_API_URL
  const stripe = openStripe({ secretKey, ...(url === undefined ? {} : { url }) })
  return { ...parts, provider: stripeProvider(stripe), webhookSecret }
}
