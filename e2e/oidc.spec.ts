import type { Page } from '@playwright/test'
import { startIdentityProvider } from '@/e2e/support/identity-provider'
import { live } from '@/e2e/support/live-page'
import { type Product, startProduct } from '@/e2e/support/product'
import { queryProduct } from '@/e2e/support/query'
import { test as base, expect } from '@/e2e/support/test'

/** In place of the usual product: one whose company has an identity provider. */
const test = base.extend<object, { product: Product }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
    async ({}, use) => {
      const provider = await startIdentityProvider()
      const product = await startProduct({
        demo: true,
        env: {
          OIDC_ISSUER: provider.issuer,
          OIDC_CLIENT_ID: provider.clientId,
          OIDC_CLIENT_SECRET: provider.clientSecret,
          OIDC_NAME: 'Acme ID',
          OIDC_ALLOWED_DOMAINS: 'acme.example',
          OIDC_ORGANIZATION: 'acme',
        },
      })
      provider.serve(product.url)
      await use(product)
      await product.stop()
      await provider.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

/** From the sign-in page through the provider's own pages, and back. */
async function comeAs(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in?returnTo=%2Facme%2Fsettings%2Fprofile')
  await page.getByRole('button', { name: 'Continue with Acme ID' }).click()
  await page.getByPlaceholder('Enter any login').fill(email)
  await page.getByPlaceholder('and password').fill('anything')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
}

test('a newcomer of the company joins its organization, and is the same person next time', async ({
  page,
  browser,
  baseURL,
  product,
}) => {
  await comeAs(page, 'nina@acme.example')
  await expect(page).toHaveURL(/\/acme\/settings\/profile$/)
  await expect(page.getByLabel('Your name')).toHaveValue('Person of nina@acme.example')
  const again = live(await (await browser.newContext({ baseURL })).newPage())
  await comeAs(again, 'nina@acme.example')
  await expect(again).toHaveURL(/\/acme\/settings\/profile$/)
  const accounts = await queryProduct(
    product,
    "SELECT m.role FROM users u JOIN memberships m ON m.user_id = u.id WHERE u.email = 'nina@acme.example'",
    [],
  )
  expect(accounts).toEqual([{ role: 'MEMBER' }])
})

test('somebody with an account comes in as themself', async ({ page }) => {
  await comeAs(page, 'ada@acme.example')
  await expect(page.getByRole('button', { name: /Signed in as Ada/ })).toBeVisible()
})

test('another domain and an unconfirmed address are told why, and leave nothing behind', async ({
  page,
  product,
}) => {
  await comeAs(page, 'eve@evil.example')
  await expect(page.getByText('Addresses of this domain may not sign in here.')).toBeVisible()
  await page.context().clearCookies()
  await comeAs(page, 'unproven@acme.example')
  await expect(page.getByText(/does not confirm your e-mail address/)).toBeVisible()
  const left = await queryProduct(
    product,
    "SELECT 1 FROM users WHERE email IN ('eve@evil.example', 'unproven@acme.example')",
    [],
  )
  expect(left).toEqual([])
})

test('an answer that nobody asked for opens nothing', async ({ page, product }) => {
  await page.goto('/api/auth/callback/oidc?code=made-up&state=made-up')
  await expect(page).toHaveURL(/\/sign-in\?.*error=OAuthCallback/)
  await expect(page.getByText(/refused the sign-in/)).toBeVisible()
  expect(product.logs()).not.toContain('made-up')
})
