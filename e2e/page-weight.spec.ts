import { gzipSync } from 'node:zlib'
import { DEMO_PEOPLE, signIn } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

const LIMIT_BYTES = 200_000

/** Compressed script that a first visit loads: what the browser fetches before anything is clicked. */
for (const path of [
  '/sign-in',
  '/acme/settings/api-access',
  '/acme/settings/api-access?tab=service-accounts',
  '/acme/settings/api-access?tab=policy',
  '/acme/settings/audit-log',
  '/docs/api',
]) {
  test(`${path} loads at most 200 kB of compressed script`, async ({ page, context, baseURL }) => {
    if (path !== '/sign-in') await signIn(page, DEMO_PEOPLE.acmeAdmin)
    const cookies = await context.cookies()
    const fresh = await context.browser()?.newContext()
    if (!fresh) throw new Error('no browser')
    await fresh.addCookies(cookies)
    const visit = await fresh.newPage()
    const scripts = new Map<string, Promise<Buffer>>()
    visit.on('response', (response) => {
      if (response.request().resourceType() === 'script')
        scripts.set(response.url(), response.body())
    })
    await visit.goto(new URL(path, baseURL).href, {
      waitUntil: 'load',
    })
    const bodies = await Promise.all(scripts.values())
    const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)
    expect(scripts.size).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(LIMIT_BYTES)
    await fresh.close()
  })
}
