import { type StripeFake, startStripeFake } from '@/lib/testing/stripe-fake/stripe-fake'

/** Stripe, as far as a browser and the product see it. */
export interface BrowserStripe extends StripeFake {
  /** With this in its environment a product collects by it. */
  env: Record<string, string>
}

/**
 * Listens at once, so that the product can be told of it (`startProduct({ env: stripe.env })`); sends webhooks from
 * `serve(product.url)` on. Close it after the product has stopped.
 */
export async function startBrowserStripe(): Promise<BrowserStripe> {
  const fake = await startStripeFake(Date.now(), { isLive: true })
  return {
    ...fake,
    env: {
      STRIPE_SECRET_KEY: fake.secretKey,
      STRIPE_WEBHOOK_SECRET: fake.webhooks.secret,
      STRIPE_API_URL: fake.url,
    },
  }
}
