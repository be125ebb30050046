import { statusWith, takeSecret } from '@/e2e/support/bearer'
import { queryProduct } from '@/e2e/support/query'
import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

test('a tightened policy is previewed, bites at the next use, and can be taken back', async ({
  page,
  baseURL,
  product,
}) => {
  await queryProduct(
    product,
    `UPDATE organizations SET token_max_lifetime_days = NULL, token_expiry_required = false
     WHERE slug = 'globex'`,
  )
  await openAs(
    page,
    product,
    DEMO_PEOPLE.globexAdmin,
    '/globex/settings/api-access?create=1&name=no-end&preset=runner',
  )
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Expiry').selectOption('never')
  await sheet.getByRole('button', { name: 'Create token' }).click()
  const secret = await takeSecret(page)
  const use = () => statusWith(baseURL, secret, '/v1/tenants/globex/tokens/current')
  expect(await use()).toBe(200)

  await page.goto('/globex/settings/api-access?tab=policy')
  const required = page.getByRole('switch', { name: 'Require an expiry date' })
  await required.click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(/no-end/)).toBeVisible()
  await page.getByRole('button', { name: 'Save and refuse them' }).click()
  await expect.poll(use).toBe(401)

  await required.click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(use).toBe(200)
})
