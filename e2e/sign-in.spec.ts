import { DEMO_PEOPLE } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

test('choosing a demo login fills the form', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: new RegExp(DEMO_PEOPLE.acmeMember) }).click()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/\/acme\/settings\//)
})
