import { z } from 'zod'
import { ILLEGIBLE, isLegible } from '@/lib/legible-name'
import { SLUG_MAX } from '@/lib/organization/model'

const SLUG_MIN = 2
const NAME_MAX = 80

/** First path segments that mean something else, or may one day: no organization can be called so. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  '_next',
  'account',
  'admin',
  'api',
  'app',
  'assets',
  'auth',
  'confirm-email',
  'dashboard',
  'device',
  'docs',
  'favicon',
  'forgot-password',
  'fruxon',
  'health',
  'healthz',
  'help',
  'icon',
  'internal',
  'invitations',
  'invite',
  'login',
  'logout',
  'metrics',
  'new',
  'notifications',
  'null',
  'pictures',
  'public',
  'readyz',
  'register',
  'reset-password',
  'robots',
  'security',
  'settings',
  'setup',
  'sign-in',
  'sign-out',
  'sign-up',
  'signin',
  'signout',
  'signup',
  'sitemap',
  'static',
  'status',
  'support',
  'system',
  'tenants',
  'tokens',
  'undefined',
  'unsubscribe',
  'v1',
  'v2',
  'verify-email',
  'webhooks',
  'well-known',
  'www',
])

/** The organization's part of every address: `/{slug}/settings`, `/v1/tenants/{slug}`. */
export const slugSchema = z
  .string()
  .trim()
  .min(SLUG_MIN, `Use at least ${SLUG_MIN} characters.`)
  .max(SLUG_MAX, `Use at most ${SLUG_MAX} characters.`)
  .regex(
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    'Use lower-case letters, digits and single hyphens between them, such as acme-robotics.',
  )
  .refine((slug) => !RESERVED_SLUGS.has(slug), 'This address is reserved. Choose another.')

export const organizationNameSchema = z
  .string()
  .trim()
  .min(1, 'Enter the name of the organization.')
  .max(NAME_MAX, `Use at most ${NAME_MAX} characters.`)
  .refine(isLegible, ILLEGIBLE)
