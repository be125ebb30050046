import type { Page } from '@playwright/test'
import { DEMO_PEOPLE, untilLive } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'
import { DEMO_PASSWORD } from '@/lib/auth/demo'

test('choosing a demo login fills the form', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: new RegExp(DEMO_PEOPLE.acmeMember) }).click()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/\/acme\/settings\//)
})

/** The scripts of the page come when `arrive` is called, or never. */
async function openWithoutScriptsYet(page: Page): Promise<{ arrive: () => void }> {
  let arrive: () => void = () => undefined
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await arrived
    await route.continue()
  })
  await page.goto('/sign-in?returnTo=%2Facme%2Fsettings%2Fapi-access', { waitUntil: 'commit' })
  await page.getByLabel('E-mail address').fill(DEMO_PEOPLE.acmeAdmin)
  await page.getByRole('textbox', { name: 'Password' }).fill(DEMO_PASSWORD)
  return { arrive }
}

test('what is typed before the scripts have come is not lost', async ({ browser, baseURL }) => {
  const page = await browser.newPage({ baseURL })
  const { arrive } = await openWithoutScriptsYet(page)
  const posted: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') posted.push(new URL(request.url()).pathname)
  })
  arrive()
  await untilLive(page)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/\/acme\/settings\/api-access/)
  expect(posted[0]).toBe('/api/auth/callback/credentials')
  await page.close()
})

test('a press before the scripts have come signs in by the browser itself', async ({
  browser,
  baseURL,
}) => {
  const page = await browser.newPage({ baseURL })
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(request.url()))
  await openWithoutScriptsYet(page)
  await page.getByRole('textbox', { name: 'Password' }).press('Enter')
  await expect(page).toHaveURL(/\/acme\/settings\/api-access/)
  expect(addresses.join()).not.toContain(DEMO_PASSWORD)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.close()
})
