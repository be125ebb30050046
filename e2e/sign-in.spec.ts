import { DEMO_PEOPLE, signIn } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

test('a person signs in and arrives where they wanted to go', async ({ page }) => {
  await signIn(page, DEMO_PEOPLE.acmeAdmin, '/acme/settings/audit-log')
  await expect(page).toHaveURL(/\/acme\/settings\/audit-log$/)
  await expect(page.getByRole('heading', { level: 1, name: 'Audit log' })).toBeVisible()
})

test('a demo login fills the form', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: new RegExp(DEMO_PEOPLE.acmeMember) }).click()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/\/acme\/settings\//)
})

test('a wrong password is refused in words that name nobody', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(DEMO_PEOPLE.acmeAdmin)
  await page.getByRole('textbox', { name: 'Password' }).fill('not the password')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByText('The e-mail address or the password is not right.')).toBeVisible()
  await expect(page).toHaveURL(/\/sign-in/)
})
