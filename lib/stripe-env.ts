import { z } from 'zod'

/** Stripe, which collects by card what invoices leave to pay: both keys, or none. Part of lib/env.ts. */

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** Cards and customers are never told to another machine than Stripe's. */
const localOrigin = z.string().refine(
  (value) => {
    const url = URL.canParse(value) ? new URL(value) : null
    if (url === null || url.protocol !== 'http:' || !LOOPBACK.includes(url.hostname)) return false
    return url.username === '' && url.pathname === '/' && url.search === '' && url.hash === ''
  },
  {
    message:
      'must be the address of a stand-in for Stripe on this machine, for tests: http://127.0.0.1:4010',
  },
)

export const STRIPE_VARIABLES = {
  STRIPE_SECRET_KEY: z
    .string()
    .regex(
      /^(sk|rk)_(test|live)_\w+$/,
      'must be a secret or restricted key of Stripe: sk_live_…, rk_live_…, or sk_test_… to try it',
    )
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(
      /^whsec_[\w+/=-]+$/,
      'must be the signing secret of the webhook endpoint at Stripe: whsec_…',
    )
    .optional(),
  STRIPE_API_URL: localOrigin.optional(),
}

const KEYS = ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'] as const

/** With the one alone cards would be charged and nobody would hear of it, or the other way round. */
export function stripeProblems(present: Record<string, string | undefined>): string[] {
  const isMeant = Object.keys(STRIPE_VARIABLES).some((name) => present[name] !== undefined)
  if (!isMeant) return []
  return KEYS.filter((name) => present[name] === undefined).map(
    (name) => `${name}: is required for Stripe to collect payments`,
  )
}
