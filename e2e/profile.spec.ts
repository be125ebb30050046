import type { Browser, Page } from '@playwright/test'
import { addPerson } from '@/e2e/support/add-person'
import { linkTo, UNANSWERED_EMAIL } from '@/e2e/support/link-in-email'
import { live } from '@/e2e/support/live-page'
import { type Product, startProduct } from '@/e2e/support/product'
import { openAs, signIn, untilLive } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'
import { DEMO_PASSWORD } from '@/lib/auth/demo'

const NEW_PASSWORD = 'seven quiet lanterns on the quay'
const PROFILE = '/acme/settings/profile'
const SECURITY = `${PROFILE}?tab=security`

/** The person once more, in a browser of its own. */
async function elsewhere(browser: Browser, product: Product, email: string): Promise<Page> {
  const page = live(await (await browser.newContext({ baseURL: product.url })).newPage())
  await signIn(page, email, PROFILE)
  return page
}

test('a new name is in the sidebar at once', async ({ page, product }) => {
  const email = await addPerson(product, 'Greta Oldname')
  await openAs(page, product, email, PROFILE)
  await page.getByLabel('Your name').fill('Greta Newname')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved')).toBeVisible()
  const menu = page.getByRole('button', { name: /Signed in as Greta Newname/ })
  await menu.click()
  await expect(page.getByRole('menuitem', { name: 'Profile' })).toHaveAttribute('href', PROFILE)
})

test('a changed password signs out everywhere else', async ({ page, browser, product }) => {
  const email = await addPerson(product, 'Petra Password')
  await openAs(page, product, email, SECURITY)
  const other = await elsewhere(browser, product, email)
  await page.reload()
  await expect(page.getByRole('row')).toHaveCount(3)

  await page.getByRole('textbox', { name: 'Current password' }).fill('not my password')
  const chosen = page.getByRole('textbox', { name: 'New password' })
  await chosen.fill('petra@acme')
  await expect(page.getByText('Not strong enough.')).toBeVisible()
  await chosen.fill(NEW_PASSWORD)
  await expect(page.getByText('Very strong.')).toBeVisible()
  await page.getByRole('button', { name: 'Change password' }).click()
  const current = page.getByRole('textbox', { name: 'Current password' })
  await expect(current).toHaveAccessibleDescription('This is not your password.')
  await expect(current).toBeFocused()

  await current.fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Saved')).toBeVisible()
  await expect(page.getByRole('row')).toHaveCount(2)
  await other.goto(PROFILE)
  await expect(other).toHaveURL(/sign-in/)
  await page.goto('/acme/settings/api-access')
  await expect(page).toHaveURL(/api-access/)
  await signIn(other, email, PROFILE, NEW_PASSWORD)
  await other.context().close()
})

test('one session is ended, then all others', async ({ page, browser, product }) => {
  const email = await addPerson(product, 'Sonja Sessions')
  await signIn(page, email, SECURITY)
  const pages = [
    await elsewhere(browser, product, email),
    await elsewhere(browser, product, email),
    await elsewhere(browser, product, email),
  ]
  await page.reload()
  await expect(page.getByText('by password', { exact: true })).toHaveCount(4)
  await expect(page.getByText(/^This machine · /)).toHaveCount(4)
  await expect(page.getByRole('row')).toHaveCount(5)
  await page
    .getByRole('button', { name: /^Sign out Headless Chrome/ })
    .first()
    .click()
  await expect(page.getByRole('row')).toHaveCount(4)
  const signedOut = async () => {
    for (const other of pages) await other.goto(PROFILE)
    return pages.filter((other) => other.url().includes('sign-in')).length
  }
  expect(await signedOut()).toBe(1)
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: 'Sign out everywhere else' })
    .click()
  await expect(page.getByRole('row')).toHaveCount(2)
  expect(await signedOut()).toBe(3)
  for (const other of pages) await other.context().close()
})

test('each tab has an address, and shows what is its own', async ({ page, product }) => {
  const email = await addPerson(product, 'Tilda Tabs')
  await openAs(page, product, email, PROFILE)
  const tabs = page.getByRole('navigation', { name: 'Profile' })
  await expect(tabs.getByRole('link', { name: 'Profile' })).toHaveAttribute('aria-current', 'page')
  await expect(page.getByLabel('Your name')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Sessions' })).toHaveCount(0)
  await tabs.getByRole('link', { name: 'Security' }).click()
  await expect(page).toHaveURL(SECURITY)
  await expect(page).toHaveTitle(/^Security · Profile/)
  await expect(page.getByRole('heading', { name: 'Sessions' })).toBeVisible()
  await expect(page.getByLabel('Your name')).toHaveCount(0)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('export')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(PROFILE)
})

test('a picture is shown beside the name, and taken away again', async ({ page, product }) => {
  const email = await addPerson(product, 'Paula Picture')
  await openAs(page, product, email, PROFILE)
  const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 80, height: 80 } })
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: picture })
  const shown = page.getByRole('button', { name: /Signed in as Paula/ }).locator('img')
  await expect(shown).toHaveAttribute('src', /^\/pictures\/.+\/64\.webp$/)
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(shown).toHaveCount(0)
})

test('what is kept about a person is a download', async ({ page, product }) => {
  const email = await addPerson(product, 'Dora Data')
  await openAs(page, product, email, PROFILE)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export my data' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^my-data-.*\.json$/)
  const answer = await page.request.get(`${PROFILE}/export`)
  expect(answer.headers()['cache-control']).toBe('no-store')
  expect(await answer.json()).toMatchObject({ profile: { email }, sessions: [{ current: true }] })
})

test('without e-mail nothing is offered that would need it', async ({ page, product }) => {
  const email = await addPerson(product, 'Nora Nomail')
  await page.goto('/sign-in')
  await expect(page.getByRole('link', { name: 'Forgot password?' })).toHaveCount(0)
  await openAs(page, product, email, PROFILE)
  await expect(page.getByLabel('New e-mail address')).toHaveCount(0)
  await expect(page.getByText('this installation sends no e-mail')).toBeVisible()
})

test('what is typed before the scripts have come is kept, in every part of the page', async ({
  browser,
  product,
}) => {
  const email = await addPerson(product, 'Ella Early')
  const context = await browser.newContext({ baseURL: product.url })
  await openAs(await context.newPage(), product, email, PROFILE)
  const page = await context.newPage()
  let arrive: () => void = () => undefined
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await arrived
    await route.continue()
  })
  await page.goto(PROFILE, { waitUntil: 'commit' })
  await page.getByLabel('Your name').fill('Ella Later')
  arrive()
  await untilLive(page)
  // By now the frame around the page has changed too: its signals and menus have come.
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved')).toBeVisible()
  await expect(page.getByRole('button', { name: /Signed in as Ella Later/ })).toBeVisible()
  await context.close()
})

test('a form works while code for later is still on its way', async ({ browser, product }) => {
  const email = await addPerson(product, 'Timo Early')
  const context = await browser.newContext({ baseURL: product.url })
  // Not one that waits for every script: some never come.
  const page = await context.newPage()
  await openAs(page, product, email, PROFILE)
  const document = await (await page.request.get(PROFILE)).text()
  const held: string[] = []
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    const { pathname } = new URL(route.request().url())
    if (document.includes(pathname)) return route.continue()
    held.push(pathname)
  })
  await page.reload()
  const name = page.getByLabel('Your name')
  await expect.poll(() => held.length).toBeGreaterThan(0)
  await name.fill('Timo Typed')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved')).toBeVisible()
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.reload()
  await expect(name).toHaveValue('Timo Typed')
  await context.close()
})

test('links by e-mail reset a password and change an address, each once', async ({ browser }) => {
  // It starts a product of its own.
  test.slow()
  const product = await startProduct({ demo: true, env: UNANSWERED_EMAIL })
  const context = await browser.newContext({ baseURL: product.url })
  try {
    const page = live(await context.newPage())
    const email = await addPerson(product, 'Lena Links')
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Forgot password?' }).click()
    await expect(page.getByRole('heading', { name: 'Forgot password' })).toBeVisible()
    await page.getByLabel('E-mail address').fill(email)
    await page.getByRole('button', { name: 'Send the link' }).click()
    await expect(page.getByRole('heading', { name: 'Look into your mailbox' })).toBeVisible()

    const reset = await linkTo(product, email)
    await page.goto(reset)
    const chosen = page.getByRole('textbox', { name: 'New password' })
    await chosen.fill('Lena Links 2026')
    await page.getByRole('button', { name: 'Change password' }).click()
    await expect(chosen).toHaveAccessibleDescription(/guess|words/)
    await chosen.fill(NEW_PASSWORD)
    await page.getByRole('button', { name: 'Change password' }).click()
    await expect(page).toHaveURL(/\/acme\/settings/)
    await page.goto(reset)
    await expect(page.getByRole('heading', { name: 'This link has ended' })).toBeVisible()

    await page.goto(PROFILE)
    await page.getByLabel('New e-mail address').fill('Lena.New@acme.example')
    await page.getByRole('textbox', { name: 'Your password' }).fill(NEW_PASSWORD)
    await page.getByRole('button', { name: 'Send the link' }).click()
    await expect(page.getByText(/on its way to lena.new@acme.example/)).toBeVisible()
    const confirmation = await linkTo(product, 'lena.new@acme.example')
    // As a mail scanner would: looking changes nothing.
    expect((await page.request.get(confirmation)).status()).toBe(200)
    await page.goto(confirmation)
    await page.getByRole('button', { name: 'Use this address' }).click()
    await expect(page.getByText('Your e-mail address has changed')).toBeVisible()
    await page.goto(PROFILE)
    await expect(page.getByRole('button', { name: /lena\.new@acme\.example/ })).toBeVisible()
    expect(product.logs()).not.toContain(reset.split('/').at(-1))
  } finally {
    await context.close()
    await product.stop()
  }
})
