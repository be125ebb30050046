import type { APIRequestContext, Browser, Page } from '@playwright/test'
import { addPerson } from '@/e2e/support/add-person'
import { linkTo, UNANSWERED_EMAIL } from '@/e2e/support/link-in-email'
import { type Product, startProduct } from '@/e2e/support/product'
import { queryProduct } from '@/e2e/support/query'
import { setUpApp } from '@/e2e/support/second-factor'
import { DEMO_PEOPLE, signIn } from '@/e2e/support/sign-in'
import { test as base, expect } from '@/e2e/support/test'
import { DEMO_PASSWORD } from '@/lib/auth/demo'
import { EmailLinkSealer } from '@/lib/email/link-sealer'
import { unsubscribePath } from '@/lib/notifications/unsubscribe-secret'

const PROFILE = '/acme/settings/profile'
const NEW_PASSWORD = 'seven quiet lanterns on the quay'

/** Every page of these tests runs without scripts; e-mail waits in the outbox. */
const test = base.extend<{ plain: Page }, { product: Product }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
    async ({}, use) => {
      const product = await startProduct({ demo: true, env: UNANSWERED_EMAIL })
      await use(product)
      await product.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  plain: async ({ browser, product }, use) => {
    const page = await plainPage(browser, product)
    await use(page)
    await page.context().close()
  },
})

async function plainPage(browser: Browser, product: Product): Promise<Page> {
  const context = await browser.newContext({ baseURL: product.url, javaScriptEnabled: false })
  return context.newPage()
}

async function signInPlainly(page: Page, email: string, returnTo: string, password: string) {
  await page.goto(`/sign-in?returnTo=${encodeURIComponent(returnTo)}`)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

test('signing in: refusals keep the address, then the wanted page comes', async ({
  plain,
  product,
}) => {
  const email = await addPerson(product, 'Ines Plain')
  await signInPlainly(plain, email, PROFILE, 'not my password')
  await expect(plain.getByText('The e-mail address or the password is not right.')).toBeVisible()
  await expect(plain.getByLabel('E-mail address')).toHaveValue(email)
  const password = plain.getByRole('textbox', { name: 'Password' })
  await expect(password).toHaveValue('')
  await password.fill(DEMO_PASSWORD)
  await plain.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(plain).toHaveURL(PROFILE)
  const cookie = (await plain.context().cookies()).find(({ name }) => name === 'fruxon-session')
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
})

test('a name changes, and a refused one stays in its field', async ({ plain, product }) => {
  const email = await addPerson(product, 'Nora Oldname')
  await signInPlainly(plain, email, PROFILE, DEMO_PASSWORD)
  const card = plain.getByRole('region', { name: 'Name', exact: true })
  const name = card.getByLabel('Your name')
  await name.fill('x'.repeat(81))
  await card.getByRole('button', { name: 'Save' }).click()
  await expect(name).toHaveAccessibleDescription('Use at most 80 characters.')
  await expect(name).toHaveValue('x'.repeat(81))
  await name.fill('Nora Newname')
  await card.getByRole('button', { name: 'Save' }).click()
  await expect(card.getByText('Saved')).toBeVisible()
  await plain.goto(PROFILE)
  await expect(name).toHaveValue('Nora Newname')
})

test('another address is asked for, confirmed by its link, and a refusal keeps what was typed', async ({
  plain,
  product,
}) => {
  const email = await addPerson(product, 'Mara Mail')
  const wanted = `new-${email}`
  await signInPlainly(plain, email, PROFILE, DEMO_PASSWORD)
  const card = plain.getByRole('region', { name: 'E-mail address' })
  const address = card.getByLabel('New e-mail address')
  const password = card.getByRole('textbox', { name: 'Your password' })
  await address.fill(wanted)
  await password.fill('not my password')
  await card.getByRole('button', { name: 'Send the link' }).click()
  await expect(password).toHaveAccessibleDescription(/This is not your password/)
  await expect(password).toHaveValue('')
  await expect(address).toHaveValue(wanted)
  await password.fill(DEMO_PASSWORD)
  await card.getByRole('button', { name: 'Send the link' }).click()
  await expect(card.getByText(`A link is on its way to ${wanted}`)).toBeVisible()

  await plain.goto(await linkTo(product, wanted))
  await plain.getByRole('button', { name: 'Use this address' }).click()
  const done = plain.getByRole('heading', { name: 'Your e-mail address has changed' })
  await expect(done).toBeVisible()
  await expect(plain.getByText(wanted)).toBeVisible()
})

test('a password changes', async ({ plain, product }) => {
  const email = await addPerson(product, 'Petra Plain')
  await signInPlainly(plain, email, `${PROFILE}?tab=security`, DEMO_PASSWORD)
  const card = plain.getByRole('region', { name: 'Password', exact: true })
  await card.getByRole('textbox', { name: 'Current password' }).fill(DEMO_PASSWORD)
  await card.getByRole('textbox', { name: 'New password' }).fill(NEW_PASSWORD)
  await card.getByRole('button', { name: 'Change password' }).click()
  await expect(card.getByText('Saved')).toBeVisible()
  await plain.context().clearCookies()
  await signInPlainly(plain, email, PROFILE, NEW_PASSWORD)
  await expect(plain).toHaveURL(PROFILE)
})

test('a forgotten password is replaced by a link', async ({ plain, product }) => {
  const email = await addPerson(product, 'Lena Lost')
  await plain.goto('/forgot-password')
  await plain.getByRole('button', { name: 'Send the link' }).click()
  const address = plain.getByLabel('E-mail address')
  await expect(address).toHaveAccessibleDescription('Enter your e-mail address.')
  await address.fill(email)
  await plain.getByRole('button', { name: 'Send the link' }).click()
  await expect(plain.getByRole('heading', { name: 'Look into your mailbox' })).toBeVisible()

  await plain.goto(await linkTo(product, email))
  const chosen = plain.getByRole('textbox', { name: 'New password' })
  await chosen.fill('short')
  await plain.getByRole('button', { name: 'Change password' }).click()
  await expect(chosen).toHaveAccessibleDescription(/Use at least/)
  await chosen.fill(NEW_PASSWORD)
  await plain.getByRole('button', { name: 'Change password' }).click()
  await expect(plain).toHaveURL('/sign-in')
  await signInPlainly(plain, email, PROFILE, NEW_PASSWORD)
  await expect(plain).toHaveURL(PROFILE)
})

test('the organization changes only what was touched', async ({ plain, product }) => {
  await signInPlainly(plain, DEMO_PEOPLE.globexAdmin, '/globex/settings/general', DEMO_PASSWORD)
  const card = plain.getByRole('region', { name: 'Name and website' })
  await expect(card.getByLabel('Name')).toHaveValue('Globex Logistics')
  await queryProduct(product, `UPDATE organizations SET name = 'Globex Two' WHERE slug = 'globex'`)
  await card.getByLabel('Website').fill('not a website at all')
  await card.getByRole('button', { name: 'Save' }).click()
  await expect(card.getByLabel('Website')).toHaveAttribute('aria-invalid', 'true')
  await expect(card.getByLabel('Website')).toHaveValue('not a website at all')
  await card.getByLabel('Website').fill('globex.example')
  await card.getByRole('button', { name: 'Save' }).click()
  await expect(card.getByText('Saved')).toBeVisible()
  await expect(card.getByLabel('Website')).toHaveValue('https://globex.example')
  await expect(card.getByLabel('Name')).toHaveValue('Globex Two')
})

test('a second factor is asked for in the same form', async ({ page, plain, product }) => {
  const email = await addPerson(product, 'Sina Second')
  await signIn(page, email, `${PROFILE}?tab=security`)
  const { recoveryCodes } = await setUpApp(page)
  await signInPlainly(plain, email, PROFILE, DEMO_PASSWORD)
  await expect(plain.getByText('This account has a second factor')).toBeVisible()
  await plain.getByRole('textbox', { name: 'Password' }).fill(DEMO_PASSWORD)
  await plain.getByLabel('Code').fill(recoveryCodes[0] ?? '')
  await plain.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(plain).toHaveURL(PROFILE)
})

/** Through the sheet, as an admin does it. */
async function invite(page: Page, address: string): Promise<void> {
  await signIn(page, DEMO_PEOPLE.acmeAdmin, '/acme/settings/team')
  await page.getByRole('button', { name: 'Invite people' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('E-mail addresses').fill(address)
  await sheet.getByRole('button', { name: /^Send/ }).click()
  await expect(sheet.getByRole('button', { name: 'Done' })).toBeVisible()
}

test('an invitation is accepted by a new person', async ({ page, plain, product }) => {
  await invite(page, 'iris.plain@acme.example')
  await plain.goto(await linkTo(product, 'iris.plain@acme.example'))
  const name = plain.getByLabel('Your name')
  await name.fill('Iris Plain')
  const password = plain.getByRole('textbox', { name: 'Password' })
  await password.fill('short')
  await plain.getByRole('button', { name: 'Create account and join' }).click()
  await expect(password).toHaveAccessibleDescription(/Use at least/)
  await expect(password).toHaveValue('')
  await expect(name).toHaveValue('Iris Plain')
  await password.fill(NEW_PASSWORD)
  await plain.getByRole('button', { name: 'Create account and join' }).click()
  await expect(plain).toHaveURL('/sign-in?returnTo=%2Facme%2Fsettings')
  await signInPlainly(plain, 'iris.plain@acme.example', PROFILE, NEW_PASSWORD)
  await expect(plain.getByLabel('Your name')).toHaveValue('Iris Plain')
})

test('an invitation is declined, after the browser has asked', async ({ page, plain, product }) => {
  await invite(page, 'dora.plain@acme.example')
  await plain.goto(await linkTo(product, 'dora.plain@acme.example'))
  const decline = plain.getByRole('button', { name: 'Decline invitation' })
  await expect(decline).toBeHidden()
  await plain.getByText('Decline', { exact: true }).filter({ visible: true }).click()
  await decline.click()
  await expect(plain.getByRole('heading', { name: 'This invitation has ended' })).toBeVisible()
})

test('e-mails are stopped by their link', async ({ plain, product }) => {
  const email = await addPerson(product, 'Uma Unsubscribe')
  const [person] = await queryProduct<{ id: string }>(
    product,
    'SELECT id FROM users WHERE email = $1',
    [email],
  )
  const links = new EmailLinkSealer(product.authSecret)
  await plain.goto(unsubscribePath(links, { userId: person?.id ?? '', what: 'digest' }))
  await plain.getByRole('button', { name: 'Stop these e-mails' }).click()
  await expect(plain.getByRole('heading', { name: 'These e-mails have stopped' })).toBeVisible()
})

/** What the browser would send of the form that signs people in, besides what is typed. */
async function hiddenFields(request: APIRequestContext, product: Product) {
  const page = await (await request.get(`${product.url}/sign-in`)).text()
  const inputs = page.match(/<input[^>]*name="\$ACTION[^>]*>/g) ?? []
  expect(inputs.length).toBeGreaterThan(1)
  const attribute = (input: string, name: string) =>
    new RegExp(`${name}="([^"]*)"`).exec(input)?.[1]?.replaceAll('&quot;', '"') ?? ''
  return Object.fromEntries(
    inputs.map((input) => [attribute(input, 'name'), attribute(input, 'value')]),
  )
}

test('a form from another site signs nobody in', async ({ product, request }) => {
  const email = await addPerson(product, 'Carl Crossing')
  const hidden = await hiddenFields(request, product)
  const multipart = { ...hidden, email, password: DEMO_PASSWORD, returnTo: '/' }
  const send = (Origin: string) =>
    request.post(`${product.url}/sign-in`, { headers: { Origin }, multipart, maxRedirects: 0 })
  for (const origin of ['https://evil.example', 'null']) {
    const foreign = await send(origin)
    expect(foreign.status()).toBe(403)
    expect(await foreign.json()).toMatchObject({ code: 'foreign_origin' })
    expect(foreign.headers()['set-cookie']).toBeUndefined()
  }
  const sessions = `SELECT 1 FROM sessions JOIN users ON users.id = user_id WHERE email = $1`
  expect(await queryProduct(product, sessions, [email])).toEqual([])
  const own = await send(product.url)
  expect(own.status()).toBe(303)
  expect(own.headers()['set-cookie']).toContain('fruxon-session=')
  expect(await queryProduct(product, sessions, [email])).toHaveLength(1)
})

test('an installation is set up', async ({ browser }) => {
  // It starts a product of its own, beside the one of the others.
  test.slow()
  const product = await startProduct()
  const page = await plainPage(browser, product)
  try {
    const link = /http\S+\/setup\?link=\S+/.exec(product.logs())?.[0] ?? ''
    await page.goto(link)
    await page.getByLabel('Organization name').fill('Plain Works')
    await page.getByLabel('Organization address').fill('Not An Address')
    await page.getByRole('button', { name: 'Create organization' }).click()
    const address = page.getByLabel('Organization address')
    await expect(address).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByLabel('Organization name')).toHaveValue('Plain Works')
    await address.fill('plain-works')
    await page.getByLabel('Your name').fill('Pia Plain')
    await page.getByLabel('Your e-mail address').fill('pia@plain.example')
    await page.getByRole('textbox', { name: 'Password' }).fill(NEW_PASSWORD)
    await page.getByRole('button', { name: 'Create organization' }).click()
    await expect(page).toHaveURL('/sign-in')
    await signInPlainly(page, 'pia@plain.example', '/', NEW_PASSWORD)
    await expect(page).toHaveURL(/\/plain-works\/settings/)
  } finally {
    await page.context().close()
    await product.stop()
  }
})
