import { DEMO_PEOPLE } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'
import { DEMO_PASSWORD } from '@/lib/auth/demo'

test('choosing a demo login fills the form', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: new RegExp(DEMO_PEOPLE.acmeMember) }).click()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/\/acme\/settings\//)
})

test('what is typed before the scripts have come is not lost, and not sent anywhere', async ({
  browser,
  baseURL,
}) => {
  const page = await browser.newPage({ baseURL })
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
  const password = page.getByRole('textbox', { name: 'Password' })
  await password.fill(DEMO_PASSWORD)
  await password.press('Enter')
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeDisabled()
  await expect(page.getByLabel('E-mail address')).toHaveValue(DEMO_PEOPLE.acmeAdmin)
  expect(page.url()).not.toContain(DEMO_PASSWORD)
  arrive()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/\/acme\/settings\/api-access/)
  await page.close()
})
