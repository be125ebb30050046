import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { addSubscriber } from '@/e2e/support/add-subscriber'
import { billPast } from '@/e2e/support/bill-past'
import { type Product, startProduct } from '@/e2e/support/product'
import { openAs, untilLive } from '@/e2e/support/sign-in'
import { type BrowserStripe, startBrowserStripe } from '@/e2e/support/stripe-fake'
import { test as base, expect } from '@/e2e/support/test'

/** In place of the usual product: one that collects by Stripe. */
const test = base.extend<object, { stripe: BrowserStripe; product: Product }>({
  stripe: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
    async ({}, use) => {
      const stripe = await startBrowserStripe()
      await use(stripe)
      await stripe.close()
    },
    { scope: 'worker' },
  ],
  product: [
    async ({ stripe }, use) => {
      const product = await startProduct({ demo: true, env: stripe.env })
      stripe.serve(product.url)
      await use(product)
      await product.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

const at = (slug: string, tab = '') => `/${slug}/settings/billing${tab ? `?tab=${tab}` : ''}`
const paymentMethod = (page: Page) => page.getByRole('region', { name: 'Payment method' })

/** On the page of the provider, and back. */
async function giveCard(page: Page, last4: string): Promise<void> {
  await page.getByRole('radio', { name: last4 }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.waitForURL(/\/settings\/billing/)
  await untilLive(page)
}

async function addCard(page: Page, last4: string): Promise<void> {
  await paymentMethod(page)
    .getByRole('button', { name: /^(Pay by card instead|Change card)$/ })
    .click()
  await giveCard(page, last4)
  // First: it stays for four seconds only.
  await expect(page.getByText('Card added')).toBeVisible()
  await expect(paymentMethod(page)).toContainText(`Visa ending ${last4}`)
}

async function upgradeToTeam(page: Page, payment: string): Promise<void> {
  await page.getByRole('button', { name: 'Change plan' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /^Team/ }).click()
  await expect(dialog.getByText(payment)).toBeVisible()
  await dialog.getByRole('button', { name: /^Change to Team for \$/ }).click()
  await expect(dialog).toHaveCount(0)
}

/** What was collected is known a moment later; pages do not ask by themselves. */
async function untilPage(page: Page, path: string, shows: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.goto(path)
    await shows()
  }).toPass()
}

async function findings(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id }) => id)
}

test('a card is given at Stripe, and pays for the next plan', async ({ page, product }) => {
  const { slug, first } = await addSubscriber(product, 'STARTER')
  await openAs(page, product, first, at(slug))
  await expect(paymentMethod(page)).toContainText('bank transfer')
  await addCard(page, '4242')
  await expect(page).toHaveURL(at(slug))
  await expect(paymentMethod(page)).toContainText('Expires 12/2034')
  expect(await findings(page)).toEqual([])

  await upgradeToTeam(page, 'Charged to Visa ending 4242.')
  const row = page.getByRole('row').filter({ hasText: 'INV-' })
  await untilPage(page, at(slug, 'invoices'), () =>
    expect(row).toContainText('Paid', { timeout: 1000 }),
  )
  await expect(row.getByRole('button', { name: 'Pay by card' })).toHaveCount(0)
  await row.getByRole('link', { name: /^INV-/ }).click()
  await expect(page.getByText(/^Card on .*, reference in_/)).toBeVisible()
})

test('a declined card is told of, changed, and all is well again', async ({ page, product }) => {
  const { slug, first, second } = await addSubscriber(product, 'STARTER')
  await openAs(page, product, first, at(slug))
  await addCard(page, '0341')
  await upgradeToTeam(page, 'Charged to Visa ending 0341.')
  const banner = page.getByText(/^INV-\S+ could not be charged$/)
  const plan = page.getByRole('heading', { level: 2, name: /^Team plan/ })
  // A page reads both one after the other, and may be read in the very moment.
  await untilPage(page, at(slug), async () => {
    await expect(banner).toBeVisible({ timeout: 1000 })
    await expect(plan).toContainText('Past due', { timeout: 1000 })
  })
  await expect(
    page.getByText(/Visa ending 0341 was declined\. Stripe tries again on/),
  ).toBeVisible()
  expect(await findings(page)).toEqual([])
  await page.getByRole('link', { name: 'Open invoice' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Invoice INV-/)
  await expect(page.getByText(/Visa ending 0341 was declined\./)).toBeVisible()

  // Finance may do this too.
  await openAs(page, product, second, at(slug))
  await addCard(page, '4242')
  await expect(banner).toHaveCount(0)
  await expect(plan).toContainText('Active')
  await page.goto(at(slug, 'invoices'))
  await expect(page.getByRole('row').filter({ hasText: 'INV-' })).toContainText('Paid')
})

test('a card that ends soon is warned of, and taken away at Stripe', async ({ page, product }) => {
  const { slug, second } = await addSubscriber(product, 'TEAM')
  await openAs(page, product, second, at(slug))
  await addCard(page, '4000')
  await expect(paymentMethod(page)).toContainText('This card expires this month')
  await paymentMethod(page).getByRole('button', { name: 'Cards and receipts' }).click()
  await page.getByRole('button', { name: 'Remove visa 4000' }).click()
  await expect(page.getByRole('button', { name: 'Remove visa 4000' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Back' }).click()
  await untilLive(page)
  await expect(paymentMethod(page)).toContainText('bank transfer')
  await expect(page).toHaveURL(at(slug))
})

test('whoever has no card pays a single invoice by one', async ({ page, product }) => {
  const { id, slug, second } = await addSubscriber(product, 'TEAM')
  await billPast(product, id, { daysAgo: 20, cents: 29_900n })
  await openAs(page, product, second, at(slug, 'invoices'))
  await expect(page.getByText('$299.00 should have been paid')).toBeVisible()
  await page.getByRole('button', { name: /^Pay by card: INV-/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/invoice INV-/)
  await page.getByRole('radio', { name: '4242' }).check()
  await page.getByRole('button', { name: 'Pay', exact: true }).click()
  await expect(page.getByText('Status: paid')).toBeVisible()
  const row = page.getByRole('row').filter({ hasText: 'INV-' })
  await untilPage(page, at(slug, 'invoices'), async () => {
    await expect(row).toContainText('Paid', { timeout: 1000 })
    await expect(page.getByText('should have been paid')).toHaveCount(0, { timeout: 1000 })
  })
  await page.goto(at(slug))
  await expect(paymentMethod(page)).toContainText('bank transfer')
})

test('what was declined is tried again as soon as somebody asks for it', async ({
  page,
  product,
}) => {
  const { slug, first } = await addSubscriber(product, 'STARTER')
  await openAs(page, product, first, at(slug))
  await addCard(page, '9995')
  await upgradeToTeam(page, 'Charged to Visa ending 9995.')
  const reason = page.getByText(
    /9995 could not be charged: Your card has insufficient funds\. Stripe tries again on/,
  )
  await untilPage(page, at(slug), () => expect(reason).toBeVisible({ timeout: 1000 }))
  await page.getByRole('button', { name: 'Pay by card' }).click()
  await expect(page.getByText(/^INV-\S+ is paid$/)).toBeVisible()
  await expect(reason).toHaveCount(0)
})

test('a member finds nothing of it', async ({ page, product }) => {
  const { slug, second } = await addSubscriber(product, 'TEAM', 'MEMBER')
  await openAs(page, product, second, `/${slug}/settings/general`)
  for (const path of [at(slug), `${at(slug)}?cardBefore=none`]) {
    expect((await page.request.get(path)).status()).toBe(404)
  }
})
