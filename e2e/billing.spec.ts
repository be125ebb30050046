import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { addSubscriber } from '@/e2e/support/add-subscriber'
import { billPast } from '@/e2e/support/bill-past'
import { queryProduct } from '@/e2e/support/query'
import { usageReporter } from '@/e2e/support/report-usage'
import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

const at = (slug: string, tab = '') => `/${slug}/settings/billing${tab ? `?tab=${tab}` : ''}`

async function previewOf(page: Page, plan: string) {
  await page.getByRole('button', { name: 'Change plan' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: new RegExp(`^${plan}`) }).click()
  return dialog
}

async function findings(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id }) => id)
}

const planHeading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 2, name: new RegExp(`^${name} plan`) })

test('an admin upgrades in the middle of a period, and is billed what was previewed', async ({
  page,
  product,
}) => {
  const { slug, first } = await addSubscriber(product, 'STARTER')
  await openAs(page, product, first, at(slug))
  await expect(planHeading(page, 'Starter')).toContainText('Active')
  const dialog = await previewOf(page, 'Team')
  await expect(dialog.getByText('Remaining time on the Team plan')).toBeVisible()
  const confirm = dialog.getByRole('button', { name: /^Change to Team for \$/ })
  const amount = /\$[\d.]+$/.exec((await confirm.textContent()) ?? '')?.[0] ?? ''
  expect(Number(amount.slice(1))).toBeGreaterThan(0)
  expect(Number(amount.slice(1))).toBeLessThan(299)
  await expect(dialog.getByText('Due now')).toBeVisible()
  expect(await findings(page)).toEqual([])
  await confirm.click()
  await expect(dialog).toHaveCount(0)
  await expect(planHeading(page, 'Team')).toContainText('Active')

  await page.getByRole('link', { name: 'Invoices', exact: true }).click()
  const row = page.getByRole('row').filter({ hasText: 'INV-' })
  await expect(row).toContainText(amount)
  await expect(row).toContainText('Open')
  await row.getByRole('link', { name: /^INV-/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Invoice INV-/)
  const lines = page.getByRole('table', { name: /^Lines of INV-/ })
  await expect(lines).toContainText('Remaining time on the Team plan')
  await expect(page.getByText(`Transfer ${amount} and name INV-`)).toBeVisible()
  expect(await findings(page)).toEqual([])
})

test('a preview that no longer holds is shown anew before anything is changed', async ({
  page,
  product,
}) => {
  const { id, slug, first } = await addSubscriber(product, 'TEAM')
  await openAs(page, product, first, at(slug))
  const dialog = await previewOf(page, 'Business')
  await expect(dialog.getByText('Unused time on the Team plan')).toBeVisible()
  const confirm = dialog.getByRole('button', { name: /^Change to Business for \$/ })
  await expect(confirm).toBeVisible()
  await queryProduct(
    product,
    'UPDATE billing.subscription SET revision = revision + 1 WHERE organization_id = $1',
    [id],
  )
  await confirm.click()
  await expect(dialog.getByText('This has changed since you looked')).toBeVisible()
  await confirm.click()
  await expect(dialog).toHaveCount(0)
  await expect(planHeading(page, 'Business')).toBeVisible()
})

test('a downgrade says what it would break, waits for the end of the period, and is withdrawn', async ({
  page,
  product,
}) => {
  const { slug, first } = await addSubscriber(product, 'TEAM')
  const report = await usageReporter(product, { slug, first })
  await report([{ inputTokens: 30_000_000 }])
  await openAs(page, product, first, at(slug))
  const dialog = await previewOf(page, 'Starter')
  await expect(dialog.getByText('Model tokens: 30 million used, 25 million included')).toBeVisible()
  await expect(dialog.getByText('Until then you keep Team')).toBeVisible()
  await dialog.getByRole('button', { name: 'Change to Starter later' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText(/^The plan changes to Starter on/)).toBeVisible()
  await expect(planHeading(page, 'Team')).toBeVisible()

  await page.getByRole('button', { name: 'Keep Team' }).click()
  const question = page.getByRole('alertdialog')
  await question.getByRole('button', { name: 'Keep Team' }).click()
  await expect(question).toHaveCount(0)
  await expect(page.getByText(/^The plan changes to Starter on/)).toHaveCount(0)
})

test('a subscription is cancelled, and resumed before it ends', async ({ page, product }) => {
  const { slug, first } = await addSubscriber(product, 'TEAM')
  await openAs(page, product, first, at(slug))
  await page.getByRole('button', { name: 'Cancel subscription' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question.getByText('Nobody is removed and nothing is deleted.')).toBeVisible()
  await question.getByRole('button', { name: 'Cancel subscription' }).click()
  await expect(question).toHaveCount(0)
  await expect(page.getByText(/^The subscription ends on/).first()).toBeVisible()
  await expect(planHeading(page, 'Team')).toContainText('Ends soon')
  await expect(page.getByRole('button', { name: 'Change plan' })).toHaveCount(0)

  await page.getByRole('button', { name: 'Resume subscription' }).click()
  await question.getByRole('button', { name: 'Resume subscription' }).click()
  await expect(question).toHaveCount(0)
  await expect(planHeading(page, 'Team')).toContainText('Active')
  await expect(page.getByRole('button', { name: 'Change plan' })).toBeVisible()
})

test('a trial costs nothing until it ends', async ({ page, product }) => {
  const { slug, first } = await addSubscriber(product, 'STARTER')
  await openAs(page, product, first, at(slug))
  await page.getByRole('button', { name: 'Start trial' }).click()
  const question = page.getByRole('alertdialog')
  await question.getByRole('radio', { name: /^Business/ }).click()
  await question.getByRole('button', { name: 'Try Business' }).click()
  await expect(question).toHaveCount(0)
  await expect(planHeading(page, 'Business')).toContainText('Trial')
  await expect(page.getByText(/^The trial ends on/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Start trial' })).toHaveCount(0)
  await page.goto(at(slug, 'invoices'))
  await expect(page.getByText('No invoice yet')).toBeVisible()
})

test('what should have been paid is told on every page, with how to pay it', async ({
  page,
  product,
}) => {
  const { id, slug, first, second } = await addSubscriber(product, 'TEAM')
  await billPast(product, id, { daysAgo: 20, cents: 29_900n })
  await openAs(page, product, second, at(slug))
  for (const tab of ['', 'period', 'invoices', 'details']) {
    await page.goto(at(slug, tab))
    await expect(page.getByText('$299.00 should have been paid')).toBeVisible()
  }
  await page.getByRole('link', { name: 'Open invoice' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Invoice INV-/)
  await expect(page.getByText('$299.00 should have been paid')).toBeVisible()
  await expect(page.getByText('Past due')).toBeVisible()
  await openAs(page, product, first, at(slug))
  await expect(page.getByText('$299.00 should have been paid')).toBeVisible()
})

test('each line of the period leads to the calls that it charges for', async ({
  page,
  product,
}) => {
  const { slug, first, second } = await addSubscriber(product, 'TEAM')
  const report = await usageReporter(product, { slug, first })
  await report([{ inputTokens: 2_000_000, model: 'gpt-4o' }])
  await openAs(page, product, second, at(slug, 'period'))
  const lines = page.getByRole('table', { name: 'Lines of the next invoice' })
  const line = lines.getByRole('row').filter({ hasText: 'OpenAI gpt-4o' })
  await expect(line).toContainText('2,000,000 tokens')
  await expect(line).toContainText('$5.00')
  await expect(lines.getByRole('row').filter({ hasText: 'Team plan' })).toContainText('$299.00')
  await expect(page.getByText('$304.00').first()).toBeVisible()
  await line.getByRole('link').click()
  await expect(page).toHaveURL(/tab=events.*model=gpt-4o/)
  await expect(page.getByRole('row').filter({ hasText: 'gpt-4o' }).first()).toBeVisible()
})

test('finance says to whom invoices are made out, and changes nothing else', async ({
  page,
  product,
}) => {
  const { slug, second } = await addSubscriber(product, 'TEAM')
  await openAs(page, product, second, at(slug))
  await expect(planHeading(page, 'Team')).toBeVisible()
  for (const name of ['Change plan', 'Cancel subscription', 'Start trial']) {
    await expect(page.getByRole('button', { name })).toHaveCount(0)
  }
  await page.goto(at(slug, 'details'))
  await page.getByRole('textbox', { name: 'Billing e-mail 1' }).fill('billing@acme.example')
  await page.getByRole('button', { name: 'Add another address' }).click()
  await page.getByRole('textbox', { name: 'Billing e-mail 2' }).fill('not an address')
  await page.getByLabel('Company').fill('Acme Robotics GmbH')
  await page.getByLabel('Street and number').fill('Beispielstraße 12')
  await page.getByLabel('City').fill('Berlin')
  await page.getByLabel('Country').selectOption({ label: 'Germany' })
  await page.getByLabel('Tax id', { exact: true }).selectOption({ label: 'EU VAT number' })
  await page.getByLabel('EU VAT number').fill('DE 136695977')
  const save = page.getByRole('button', { name: 'Save', exact: true })
  await save.click()
  await expect(page.getByText('Enter an e-mail address such as ada@example.com.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Billing e-mail 2' })).toBeFocused()
  await page.getByRole('textbox', { name: 'Billing e-mail 2' }).fill('cfo@acme.example')
  await save.click()
  await expect(page.getByText('The check digits of this EU VAT number do not fit.')).toBeVisible()
  await expect(page.getByLabel('EU VAT number')).toBeFocused()
  await page.getByLabel('EU VAT number').fill('DE 136 695 976')
  await save.click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('EU VAT number')).toHaveValue('DE136695976')
  await expect(page.getByRole('textbox', { name: 'Billing e-mail 2' })).toHaveValue(
    'cfo@acme.example',
  )
  await expect(page.getByText('bank transfer against the invoice, within 14 days')).toBeVisible()
})

test('a member finds neither the way to billing nor anything of it', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.acmeMember, '/acme/settings/general')
  await expect(page.getByRole('link', { name: 'Usage' }).first()).toBeVisible()
  await expect(page.getByRole('link', { name: 'Billing' })).toHaveCount(0)
  const missing = '01890000-0000-7000-8000-000000000000'
  const invoices = await queryProduct<{ id: string }>(
    product,
    `SELECT i.id FROM billing.invoice i JOIN organizations o ON o.id = i.organization_id
     WHERE o.slug = 'acme' LIMIT 1`,
  )
  for (const id of [missing, ...invoices.map((invoice) => invoice.id)]) {
    const reply = await page.request.get(`/acme/settings/billing/invoices/${id}`)
    expect(reply.status()).toBe(404)
  }
  for (const tab of ['', 'period', 'invoices', 'details']) {
    expect((await page.request.get(at('acme', tab))).status()).toBe(404)
  }
})
