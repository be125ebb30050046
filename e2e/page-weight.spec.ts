import type { Browser, Request } from '@playwright/test'
import type { Product } from '@/e2e/support/product'
import { DEMO_PEOPLE, giveSession } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

const LIMIT_BYTES = 200_000

const PATHS = [
  '/sign-in',
  '/acme/settings/general',
  '/acme/settings/team',
  '/acme/settings/agents',
  '/acme/settings/agents/code-review?tab=revisions',
  '/acme/settings/api-access',
  '/acme/settings/api-access?tab=service-accounts',
  '/acme/settings/api-access?tab=policy',
  '/acme/settings/profile',
  '/acme/settings/profile?tab=security',
  '/acme/settings/profile?tab=notifications',
  '/acme/settings/usage?tab=requests',
  '/acme/settings/audit-log',
  '/acme/settings/usage?tab=budgets',
  '/acme/settings/model-pricing',
  '/acme/settings/model-pricing?tab=calculator&model=openai%2Fgpt-4o',
  '/acme/settings/model-pricing?tab=what-if',
  '/acme/settings/model-pricing?tab=corrections',
  '/acme/settings/billing',
  '/acme/settings/billing?tab=period',
  '/acme/settings/billing?tab=invoices',
  '/acme/settings/billing?tab=details',
  '/acme/notifications',
  '/acme/notifications?tab=log',
  '/docs/api',
]

/** Script as it crosses the wire on a first visit: what the browser fetches before anything is clicked. */
async function scriptBytes(browser: Browser, product: Product, path: string): Promise<number> {
  // A cache of its own, which is empty.
  const context = await browser.newContext({ baseURL: product.url })
  if (path !== '/sign-in') await giveSession(context, product, DEMO_PEOPLE.acmeAdmin)
  const page = await context.newPage()
  const scripts: Request[] = []
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script') scripts.push(request)
  })
  await page.goto(path, { waitUntil: 'load' })
  const sizes = await Promise.all(scripts.map((request) => request.sizes()))
  await context.close()
  return sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0)
}

for (const path of PATHS) {
  test(`${path} loads at most 200 kB of compressed script`, { tag: '@appearance' }, async ({
    browser,
    product,
  }) => {
    const bytes = await scriptBytes(browser, product, path)
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(LIMIT_BYTES)
  })
}
