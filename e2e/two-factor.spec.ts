import type { Browser, Page } from '@playwright/test'
import { addPerson } from '@/e2e/support/add-person'
import { statusWith, takeSecret } from '@/e2e/support/bearer'
import { live } from '@/e2e/support/live-page'
import type { Product } from '@/e2e/support/product'
import { queryProduct } from '@/e2e/support/query'
import { addAuthenticator, codeOf, setUpApp, takeRecoveryCodes } from '@/e2e/support/second-factor'
import { DEMO_PEOPLE, openAs, signIn } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'
import { DEMO_PASSWORD } from '@/lib/auth/demo'
import { newId } from '@/lib/ids'

const SECURITY = '/acme/settings/profile?tab=security'
const API_ACCESS = '/acme/settings/api-access'

/** As if the codes that were taken so far were of long ago. */
async function forgetCodes(product: Product, email: string): Promise<void> {
  await queryProduct(
    product,
    `UPDATE authenticator_apps SET last_time_step = 0
     WHERE user_id = (SELECT id FROM users WHERE email = $1)`,
    [email],
  )
}

/** Somebody with an app, set up in another browser. */
async function personWithApp(browser: Browser, product: Product, name: string) {
  const email = await addPerson(product, name)
  const context = await browser.newContext({ baseURL: product.url })
  const page = live(await context.newPage())
  await openAs(page, product, email, SECURITY)
  const app = await setUpApp(page)
  await context.close()
  await forgetCodes(product, email)
  return { email, ...app }
}

/** The first step, after which a second one is asked for. */
async function presentPassword(page: Page, email: string, returnTo = API_ACCESS): Promise<void> {
  await page.goto(`/sign-in?returnTo=${encodeURIComponent(returnTo)}`)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible()
}

async function ageSession(product: Product, email: string): Promise<void> {
  await queryProduct(
    product,
    `UPDATE sessions SET reauthenticated_at = now() - interval '1 hour'
     WHERE user_id = (SELECT id FROM users WHERE email = $1)`,
    [email],
  )
}

test('after the password a code of the app is asked for, and works once', async ({
  page,
  browser,
  baseURL,
  product,
}) => {
  const { email, key } = await personWithApp(browser, product, 'Clara Code')
  await presentPassword(page, email)
  const field = page.getByLabel('Code of your authenticator app')
  await expect(field).toBeFocused()
  await expect(field).toHaveAttribute('autocomplete', 'one-time-code')
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(page.getByLabel('E-mail address')).toHaveValue(email)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()

  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(field).toHaveAccessibleDescription(/Enter the six digits/)
  await field.fill('000000')
  await page.keyboard.press('Enter')
  await expect(field).toHaveAccessibleDescription(/not right/)
  await expect(field).toHaveValue('000000')
  await expect(field).toBeFocused()
  // There already, because a code is good for half a minute only.
  const again = await browser.newContext({ baseURL })
  const thief = live(await again.newPage())
  await presentPassword(thief, email)
  const code = codeOf(key)
  await field.fill(code)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(API_ACCESS))

  await thief.getByLabel('Code of your authenticator app').fill(code)
  await thief.keyboard.press('Enter')
  await expect(thief.getByText('it was used already')).toBeVisible()
  await again.close()
  expect(product.logs()).not.toContain(key)
})

test('a recovery code stands in for a lost app, once', async ({
  page,
  browser,
  baseURL,
  product,
}) => {
  const { email, recoveryCodes } = await personWithApp(browser, product, 'Rita Recovery')
  const [code = ''] = recoveryCodes
  await presentPassword(page, email, SECURITY)
  await page.getByRole('button', { name: 'Use a recovery code instead' }).click()
  const field = page.getByLabel('Recovery code')
  await expect(field).toBeFocused()
  await field.fill(code.replaceAll('-', ' ').toUpperCase())
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('9 of 10 left')).toBeVisible()

  const again = await browser.newContext({ baseURL })
  const second = live(await again.newPage())
  await presentPassword(second, email)
  await second.getByRole('button', { name: 'Use a recovery code instead' }).click()
  await second.getByLabel('Recovery code').fill(code)
  await second.getByRole('button', { name: 'Continue' }).click()
  await expect(second.getByText('it was used already')).toBeVisible()
  await again.close()
})

test('a passkey signs in alone, finishes a sign-in, and proves again who it is', async ({
  page,
  product,
}) => {
  const email = await addPerson(product, 'Pia Passkey')
  await signIn(page, email, SECURITY)
  await addAuthenticator(page)
  await page.getByRole('button', { name: 'Add passkey' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click()
  await takeRecoveryCodes(page)

  await page.context().clearCookies()
  await page.goto(`/sign-in?returnTo=${encodeURIComponent(API_ACCESS)}`)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page).toHaveURL(new RegExp(API_ACCESS))

  await page.context().clearCookies()
  await presentPassword(page, email, `${API_ACCESS}?create=1&name=late&preset=runner`)
  await page.getByRole('button', { name: 'Use your passkey' }).click()
  await expect(page).toHaveURL(new RegExp(API_ACCESS))

  await ageSession(product, email)
  await page.getByRole('dialog').getByRole('button', { name: 'Create token' }).click()
  const proof = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await expect(proof.getByText('Your browser will ask for your passkey.')).toBeVisible()
  await proof.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('button', { name: 'Copy secret' })).toBeVisible()
})

test('a browser without the passkey says so and loses nothing', async ({ page }) => {
  await page.goto('/sign-in')
  await addAuthenticator(page)
  await page.getByLabel('E-mail address').fill('ada@acme.example')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByText(/No passkey was used/)).toBeVisible()
  await expect(page.getByLabel('E-mail address')).toHaveValue('ada@acme.example')
})

test('a code proves again who it is, or the password instead', async ({
  page,
  browser,
  product,
}) => {
  const { email, key } = await personWithApp(browser, product, 'Conny Confirm')
  await presentPassword(page, email, `${API_ACCESS}?create=1&name=late&preset=runner`)
  await page.getByLabel('Code of your authenticator app').fill(codeOf(key))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(API_ACCESS))
  await ageSession(product, email)
  await forgetCodes(product, email)
  await page.getByRole('dialog').getByRole('button', { name: 'Create token' }).click()
  const proof = page.getByRole('dialog', { name: 'Confirm that it is you' })
  const code = proof.getByLabel('Code of your app, or a recovery code')
  await expect(code).toBeFocused()
  await code.fill('000000')
  await proof.getByRole('button', { name: 'Confirm' }).click()
  await expect(code).toHaveAccessibleDescription(/not right/)
  await proof.getByRole('button', { name: 'Use your password' }).click()
  await expect(proof.getByRole('textbox', { name: 'Password' })).toBeFocused()
  await proof.getByRole('button', { name: 'Use a code' }).click()
  await code.fill(codeOf(key))
  await proof.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('button', { name: 'Copy secret' })).toBeVisible()
})

test('what shows secrets wants a fresh proof, and goes on after it', async ({ page, product }) => {
  const email = await addPerson(product, 'Frida Fresh')
  await openAs(page, product, email, SECURITY)
  const { recoveryCodes } = await setUpApp(page)
  await ageSession(product, email)
  await page.reload()
  await page.getByRole('button', { name: 'Renew codes…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Renew codes' }).click()
  const proof = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await proof.getByRole('button', { name: 'Use your password' }).click()
  await proof.getByRole('textbox', { name: 'Password' }).fill(DEMO_PASSWORD)
  await proof.getByRole('button', { name: 'Confirm' }).click()
  const renewed = await takeRecoveryCodes(page)
  expect(renewed).toHaveLength(10)
  expect(renewed).not.toContain(recoveryCodes[0])
})

test('the audit log tells how somebody signed in', async ({ page, browser, product }) => {
  const { email, key } = await personWithApp(browser, product, 'Axel Audited')
  await presentPassword(page, email, API_ACCESS)
  await page.getByLabel('Code of your authenticator app').fill(codeOf(key))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(API_ACCESS))
  await page.context().clearCookies()
  await signIn(page, DEMO_PEOPLE.acmeAdmin, '/acme/settings/audit-log')
  await expect(page.getByText('Axel Audited').first()).toBeVisible()
  await expect(page.getByText('signed in').first()).toBeVisible()
})

test('a new demand for a second factor stops the next act, and no token', async ({
  page,
  baseURL,
  product,
}) => {
  const email = await addPerson(product, 'Demi Demanded')
  const slug = await moveToNewOrganization(product, email)
  await openAs(
    page,
    product,
    email,
    `/${slug}/settings/api-access?create=1&name=before&preset=runner`,
  )
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: 'Create token' }).click()
  const secret = await takeSecret(page)
  await page.goto(`/${slug}/settings/api-access?create=1&name=after&preset=runner`)
  await queryProduct(
    product,
    'UPDATE organizations SET two_factor_required = true WHERE slug = $1',
    [slug],
  )
  const [answer] = await Promise.all([
    page.waitForResponse((response) => 'next-action' in response.request().headers()),
    sheet.getByRole('button', { name: 'Create token' }).click(),
  ])
  expect(answer.status()).toBe(403)
  await expect(sheet.getByText(/requires a second factor/)).toBeVisible()
  await page.goto(`/${slug}/settings/team`)
  await expect(page).toHaveURL(`/${slug}/settings/profile?tab=security`)
  expect(await statusWith(baseURL, secret, `/v1/tenants/${slug}/tokens/current`)).toBe(200)
})

/** An organization of the person's own, in place of Acme. */
async function moveToNewOrganization(product: Product, email: string): Promise<string> {
  const id = newId()
  const slug = `org-${id.slice(-12)}`
  await queryProduct(
    product,
    `WITH organization AS (
       INSERT INTO organizations (id, slug, name) VALUES ($1, $2, 'Organization ' || $2) RETURNING id)
     UPDATE memberships SET organization_id = organization.id
     FROM organization WHERE user_id = (SELECT id FROM users WHERE email = $3)`,
    [id, slug, email],
  )
  return slug
}
