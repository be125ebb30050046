import { statusWith, takeSecret } from '@/e2e/support/bearer'
import { queryProduct } from '@/e2e/support/query'
import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

test('a person mints a token, a program uses it, both see what it did', async ({
  page,
  baseURL,
  product,
}) => {
  await openAs(page, product, DEMO_PEOPLE.acmeAdmin, '/acme/settings/api-access')
  await page.getByRole('button', { name: 'Create token' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Name').fill('journey')
  await sheet.getByRole('radio', { name: /Read-only/ }).click()
  await expect(sheet.locator('output').first()).toHaveText(/16 of 41 scopes/)
  await sheet.getByRole('button', { name: 'Create token' }).click()
  const secret = await takeSecret(page)
  expect(secret).toMatch(/^fx_pat_[0-9A-Za-z]{49}$/)
  expect(await page.content()).not.toContain(secret)

  expect(await statusWith(baseURL, secret)).toBe(200)
  await page.getByRole('link', { name: 'journey', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'journey' })).toBeVisible()
  await page.getByRole('link', { name: 'Activity' }).click()
  await expect(page.getByRole('cell', { name: /tokens\/current/ }).first()).toBeVisible()

  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  expect(await statusWith(baseURL, secret, '/v1/tenants/acme/tokens/scopes')).toBe(200)
  await expect(page.getByRole('cell', { name: /tokens\/scopes/ }).first()).toBeVisible()
})

test('rotating refuses the old secret on the next call, and history tells both', async ({
  page,
  baseURL,
  product,
}) => {
  await openAs(
    page,
    product,
    DEMO_PEOPLE.acmeAdmin,
    '/acme/settings/api-access?create=1&name=rotate-me&preset=builder',
  )
  await page.getByRole('dialog').getByRole('button', { name: 'Create token' }).click()
  const first = await takeSecret(page)
  await page.getByRole('link', { name: 'rotate-me', exact: true }).click()
  await expect(page.getByText(/^Created .* and not used yet\./)).toBeVisible()
  await page.getByRole('button', { name: 'Rotate', exact: true }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: 'Change scopes' }).click()
  await sheet.getByRole('checkbox', { name: /^Write \(agents:write\)/ }).click()
  await expect(sheet.getByText('What changes')).toBeVisible()
  await sheet.getByRole('button', { name: 'Rotate token' }).click()
  const replaced = page.url()
  const second = await takeSecret(page)
  expect(second).not.toBe(first)
  expect(await statusWith(baseURL, first)).toBe(401)
  expect(await statusWith(baseURL, second)).toBe(200)

  // The page goes on to the replacement by itself.
  await expect(page).not.toHaveURL(/rotate=1/)
  await expect(page).not.toHaveURL(replaced.replace(/\?.*/, ''))
  await page.getByRole('link', { name: 'Audit history' }).click()
  await expect(page.getByText(/rotated token/).first()).toBeVisible()
  await expect(page.getByText(/created token/).first()).toBeVisible()

  await page.getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Revoke' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Revoke token' }).click()
  await expect.poll(() => statusWith(baseURL, second)).toBe(401)
})

test('with an overlap both secrets work', async ({ page, baseURL, product }) => {
  await openAs(
    page,
    product,
    DEMO_PEOPLE.acmeAdmin,
    '/acme/settings/api-access?create=1&name=overlap-me&preset=runner',
  )
  await page.getByRole('dialog').getByRole('button', { name: 'Create token' }).click()
  const first = await takeSecret(page)
  await page.getByRole('button', { name: 'Actions for overlap-me' }).first().click()
  await page.getByRole('menuitem', { name: 'Rotate' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Overlap').selectOption('3600')
  await sheet.getByRole('button', { name: 'Rotate token' }).click()
  const second = await takeSecret(page)
  expect(await statusWith(baseURL, first)).toBe(200)
  expect(await statusWith(baseURL, second)).toBe(200)
})

test('the secret cannot be lost by accident, and errors lose nothing typed', async ({
  page,
  product,
}) => {
  await openAs(page, product, DEMO_PEOPLE.acmeAdmin, '/acme/settings/api-access?create=1')
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('radio', { name: /Runner/ }).click()
  await sheet.getByRole('button', { name: 'Create token' }).click()
  await expect(sheet.getByLabel('Name')).toBeFocused()
  await expect(sheet.getByLabel('Name')).toHaveAttribute('aria-invalid', 'true')
  await expect(sheet.getByRole('radio', { name: /Runner/ })).toBeChecked()

  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Keep editing' }).click()
  await sheet.getByLabel('Name').fill('careful')
  await sheet.getByRole('button', { name: 'Create token' }).click()
  await expect(sheet.getByRole('button', { name: 'Copy secret' })).toBeFocused()
  await page.keyboard.press('Escape')
  await page.mouse.click(20, 400)
  await sheet.getByRole('button', { name: 'Done' }).click({ force: true })
  await expect(sheet.getByRole('button', { name: 'Copy secret' })).toBeVisible()
  await sheet.getByLabel('I stored this secret').click()
  await sheet.getByRole('button', { name: 'Done' }).click()
  await expect(sheet).toBeHidden()
})

test('minting an hour after signing in asks for the password and then goes on', async ({
  page,
  product,
}) => {
  await openAs(
    page,
    product,
    DEMO_PEOPLE.acmeSecondAdmin,
    '/acme/settings/api-access?create=1&name=late&preset=runner',
  )
  await queryProduct(product, "UPDATE sessions SET reauthenticated_at = now() - interval '1 hour'")
  await page.getByRole('dialog').getByRole('button', { name: 'Create token' }).click()
  const confirmation = page.getByRole('dialog', { name: /confirm/i })
  await confirmation.getByRole('textbox', { name: 'Password' }).fill('not the password')
  await confirmation.getByRole('button', { name: 'Confirm' }).click()
  await expect(confirmation.getByText('This is not your password.')).toBeVisible()
  await confirmation.getByRole('textbox', { name: 'Password' }).fill('fruxon-demo-2026')
  await confirmation.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('button', { name: 'Copy secret' })).toBeVisible()
})

test('search, filters and sort live in the address', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.acmeAdmin, '/acme/settings/api-access?view=everyone')
  const search = page.getByLabel('Search tokens')
  await search.fill('nothing is called this')
  await expect(page.getByRole('button', { name: 'Clear filters' }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).first().click()
  await search.fill('grafana')
  await expect(page.getByRole('link', { name: 'grafana-dashboards' })).toBeVisible()
  await expect(page).toHaveURL(/grafana/)
  await page.reload()
  await expect(page.getByLabel('Search tokens')).toHaveValue('grafana')
  await expect(page.getByRole('link', { name: 'grafana-dashboards' })).toBeVisible()
})
