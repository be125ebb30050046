import type { Request } from '@playwright/test'
import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

const LIMIT_BYTES = 200_000

/** Script as it crosses the wire on a first visit: what the browser fetches before anything is clicked. */
for (const path of [
  '/sign-in',
  '/acme/settings/general',
  '/acme/settings/team',
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
  '/acme/notifications',
  '/acme/notifications?tab=log',
  '/docs/api',
]) {
  test(`${path} loads at most 200 kB of compressed script`, { tag: '@appearance' }, async ({
    page,
    browser,
    baseURL,
    product,
  }) => {
    if (path !== '/sign-in') await openAs(page, product, DEMO_PEOPLE.acmeAdmin)
    // Signed in, with an empty cache.
    const context = await browser.newContext({
      baseURL,
      storageState: await page.context().storageState(),
    })
    const visit = await context.newPage()
    const scripts: Request[] = []
    visit.on('requestfinished', (request) => {
      if (request.resourceType() === 'script') scripts.push(request)
    })
    await visit.goto(path, { waitUntil: 'load' })
    const sizes = await Promise.all(scripts.map((request) => request.sizes()))
    const bytes = sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0)
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(LIMIT_BYTES)
    await context.close()
  })
}
