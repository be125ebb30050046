import { statusWith, takeSecret } from '@/e2e/support/bearer'
import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

test('a service account from its first token to its end', async ({ page, baseURL, product }) => {
  await openAs(
    page,
    product,
    DEMO_PEOPLE.acmeAdmin,
    '/acme/settings/api-access?tab=service-accounts',
  )
  await page.getByRole('button', { name: 'Create service account' }).first().click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Name').fill('journey-worker')
  await sheet.getByRole('radio', { name: /Runner/ }).click()
  await sheet.getByRole('button', { name: 'Create service account' }).click()
  const first = await takeSecret(page)
  expect(first).toMatch(/^fx_sat_[0-9A-Za-z]{49}$/)
  expect(await statusWith(baseURL, first)).toBe(200)

  await expect(page.getByRole('heading', { level: 1, name: 'journey-worker' })).toBeVisible()
  await page.getByRole('button', { name: 'Suspend' }).click()
  await page.getByRole('button', { name: 'Suspend service account' }).click()
  await expect.poll(() => statusWith(baseURL, first)).toBe(401)
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect.poll(() => statusWith(baseURL, first)).toBe(200)

  await page.getByRole('button', { name: 'Add token' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('standby')
  await page.getByRole('dialog').getByRole('button', { name: 'Add token' }).click()
  const standby = await takeSecret(page)
  expect(await statusWith(baseURL, standby)).toBe(200)

  await page.getByRole('button', { name: 'Rotate all' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate all tokens' }).click()
  const only = await takeSecret(page)
  expect(await statusWith(baseURL, first)).toBe(401)
  expect(await statusWith(baseURL, standby)).toBe(401)
  expect(await statusWith(baseURL, only)).toBe(200)

  await page.getByRole('button', { name: 'Revoke', exact: true }).first().click()
  const confirmation = page.getByRole('alertdialog')
  await confirmation.getByRole('textbox').fill('journey-worker')
  await confirmation.getByRole('button', { name: /revoke/i }).click()
  await expect.poll(() => statusWith(baseURL, only)).toBe(401)
})
