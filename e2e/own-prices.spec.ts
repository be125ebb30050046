import type { Page } from '@playwright/test'
import { addOrganization } from '@/e2e/support/add-organization'
import { issueToken } from '@/e2e/support/issue-token'
import { live } from '@/e2e/support/live-page'
import type { Product } from '@/e2e/support/product'
import { queryProduct } from '@/e2e/support/query'
import { openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'
import { newId } from '@/lib/ids'

const DAY_MS = 86_400_000
const dayValue = (at: number) => new Date(at).toISOString().slice(0, 10)

/** Calls of yesterday that the organization's programs report. */
async function report(
  product: Product,
  organization: { slug: string; first: string },
  calls: Record<string, unknown>[],
) {
  const { secret } = await issueToken(product, {
    organization: organization.slug,
    owner: { email: organization.first },
    scopes: ['traces:write'],
  })
  const answer = await fetch(`${product.url}/v1/tenants/${organization.slug}/usageEvents:ingest`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(
      calls.map((data) => ({
        specversion: '1.0',
        id: newId(),
        source: 'e2e',
        type: 'com.fruxon.usage.model-call',
        time: new Date(Date.now() - DAY_MS).toISOString(),
        data: { inputTokens: 1_000_000, outputTokens: 100_000, agent: 'support', ...data },
      })),
    ),
  })
  expect(await answer.json()).toMatchObject({ accepted: calls.length })
}

async function totalOf(product: Product, slug: string): Promise<string | undefined> {
  const [row] = await queryProduct<{ cost: string }>(
    product,
    `SELECT coalesce(sum(input_cost + output_cost), 0) AS cost FROM usage.day
     WHERE organization_id = (SELECT id FROM organizations WHERE slug = $1)`,
    [slug],
  )
  return row?.cost
}

const section = (page: Page, name: string) =>
  page.getByRole('region', { name, exact: true }).first()

test('a model without a price gets one, and what was counted is corrected', async ({
  page,
  product,
}) => {
  const organization = await addOrganization(product)
  const { slug } = organization
  await report(product, organization, [
    { provider: 'home', model: 'llama-own' },
    { provider: 'home', model: 'llama-own' },
  ])
  await openAs(page, product, organization.first, `/${slug}/settings/model-pricing?tab=corrections`)
  const unpriced = page.getByRole('table', { name: 'Unpriced models' })
  await expect(unpriced.getByRole('row', { name: /llama-own/ })).toContainText('2,200,000')

  await unpriced.getByRole('button', { name: 'Set price of llama-own' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('From').fill(dayValue(Date.now() - 3 * DAY_MS))
  await sheet.getByRole('textbox', { name: 'Input', exact: true }).fill('2,5')
  await sheet.getByRole('textbox', { name: 'Output', exact: true }).fill('10')
  await sheet.getByLabel('Note').fill('Our own machines.')
  await sheet.getByRole('button', { name: 'Set price' }).click()
  await expect(sheet.getByText('Enter dollars such as 2.50')).toBeVisible()
  await expect(sheet.getByRole('textbox', { name: 'Input', exact: true })).toBeFocused()
  await expect(sheet.getByLabel('Note')).toHaveValue('Our own machines.')
  await sheet.getByRole('textbox', { name: 'Input', exact: true }).fill('2.5')
  await sheet.getByRole('button', { name: 'Set price' }).click()
  await expect(sheet.getByText('New calls cost this from now on')).toBeVisible()
  expect(await totalOf(product, slug)).toBe('0')

  await sheet.getByRole('link', { name: 'Preview a correction' }).click()
  await expect(page).toHaveURL(/model=llama-own/)
  await expect(page.getByLabel('Model', { exact: true })).toHaveValue('0')
  await page.getByRole('button', { name: 'Preview' }).click()
  const preview = page.getByRole('region', { name: 'Preview of the correction' })
  await expect(preview.getByRole('listitem')).toContainText([
    '2 calls without a price would get one.',
  ])
  await expect(preview.getByRole('strong')).toHaveText('+$7.00')

  await preview.getByRole('button', { name: 'Apply correction…' }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('button', { name: 'Apply correction' }).click()
  await expect(dialog.getByText('Say why')).toBeVisible()
  await dialog.getByLabel('Reason').fill('The price came late.')
  await dialog.getByRole('button', { name: 'Apply correction' }).click()
  await expect(dialog).toBeHidden()
  const applied = page.getByRole('table', { name: 'Corrections' })
  await expect(applied.getByRole('row', { name: /The price came late/ })).toContainText('+$7.00')
  await expect(page.getByText('Every model has a price')).toBeVisible()
  expect(await totalOf(product, slug)).toBe('7000000000')

  await page.goto(`/${slug}/settings/audit-log`)
  await expect(page.getByText(/corrected the cost of/).first()).toBeVisible()
  await expect(page.getByText(/set the price of/).first()).toBeVisible()
})

test('two admins who set the same price are told of each other, and an own price ends', async ({
  page,
  context,
  product,
}) => {
  const organization = await addOrganization(product, 'ADMIN')
  const address = `/${organization.slug}/settings/model-pricing?tab=corrections`
  await openAs(page, product, organization.first, address)
  const other = live(await context.newPage())
  await other.goto(address)
  async function fill(on: Page, input: string) {
    await on.bringToFront()
    await on.getByRole('button', { name: 'Set own price' }).click()
    const sheet = on.getByRole('dialog')
    await sheet.getByLabel('Provider').fill('home')
    await sheet.getByLabel('Model').fill('tuned')
    await sheet.getByLabel('From').fill(dayValue(Date.now() + DAY_MS))
    await sheet.getByRole('textbox', { name: 'Input', exact: true }).fill(input)
    await sheet.getByRole('textbox', { name: 'Output', exact: true }).fill('1')
    return sheet
  }
  const [mine, theirs] = [await fill(page, '2'), await fill(other, '3')]
  await theirs.getByRole('button', { name: 'Set price' }).click()
  await expect(theirs).toBeHidden()
  await page.bringToFront()
  await mine.getByRole('button', { name: 'Set price' }).click()
  await expect(mine.getByText(/Ines Admin has set \$3\.00 for input/)).toBeVisible()
  await expect(mine.getByRole('textbox', { name: 'Input', exact: true })).toHaveValue('2')
  await mine.getByRole('button', { name: 'Set price' }).click()
  await expect(mine).toBeHidden()
  const row = page.getByRole('table', { name: 'Own prices' }).getByRole('row', { name: /tuned/ })
  await expect(row).toContainText('$2.00')
  await expect(row).toContainText('To come')

  await row.getByRole('button', { name: /Actions for tuned/ }).click()
  await page.getByRole('menuitem', { name: 'End on a day…' }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByLabel('First day without it').fill(dayValue(Date.now()))
  await dialog.getByRole('button', { name: 'End price' }).click()
  await expect(dialog.getByText('On that day there is no price of your own to end.')).toBeVisible()
  await dialog.getByLabel('First day without it').fill(dayValue(Date.now() + 2 * DAY_MS))
  await dialog.getByRole('button', { name: 'End price' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('Will end')).toBeVisible()
})

test('a listed price leads to an own one, filled in', async ({ page, product }) => {
  const { slug, first } = await addOrganization(product)
  const row = 'model=openai%2Fgpt-4o'
  await openAs(page, product, first, `/${slug}/settings/model-pricing?${row}`)
  await page.getByRole('dialog').getByRole('link', { name: 'Set own price' }).click()
  const sheet = page.getByRole('dialog', { name: 'Set own price' })
  await expect(sheet.getByLabel('Model')).toHaveValue('gpt-4o')
  await expect(sheet.getByRole('textbox', { name: 'Input', exact: true })).toHaveValue('2.5')
  await sheet.getByLabel('From').fill(dayValue(Date.now() + DAY_MS))
  await sheet.getByRole('textbox', { name: 'Input', exact: true }).fill('2')
  await sheet.getByRole('button', { name: 'Set price' }).click()
  await expect(sheet).toBeHidden()
  const own = page.getByRole('table', { name: 'Own prices' }).getByRole('row', { name: /gpt-4o/ })
  await expect(own).toContainText('$2.00')
  await page.reload()
  await expect(own).toBeVisible()
  await expect(sheet).toBeHidden()
})

test('a member sees prices and corrections, and nothing to change them with', async ({
  page,
  product,
}) => {
  const organization = await addOrganization(product)
  await report(product, organization, [{ provider: 'home', model: 'llama-own' }])
  await openAs(
    page,
    product,
    organization.second,
    `/${organization.slug}/settings/model-pricing?tab=corrections`,
  )
  await expect(page.getByText('Only admins set prices and correct costs')).toBeVisible()
  await expect(page.getByRole('row', { name: /llama-own/ })).toBeVisible()
  await expect(section(page, 'Your own prices')).toBeVisible()
  const main = page.getByRole('main')
  await expect(main.getByRole('button')).toHaveCount(0)
})

test('anybody compares their usage with another model, and may pass the address on', async ({
  page,
  product,
}) => {
  const organization = await addOrganization(product, 'FINANCE')
  await report(product, organization, [
    { provider: 'openai', model: 'gpt-4o' },
    { provider: 'home', model: 'llama-own' },
  ])
  const address = `/${organization.slug}/settings/model-pricing?tab=what-if`
  await openAs(page, product, organization.second, address)
  await expect(page.getByText('Choose a model to compare with')).toBeVisible()
  await page.getByLabel('On provider').selectOption('openai')
  await page.getByLabel('On model').selectOption('gpt-4o')
  const comparison = page.getByRole('region', { name: 'Comparison', exact: true })
  await expect(comparison.getByRole('strong')).toHaveText('$0.00 (0%)')
  await expect(page.getByText('This is an estimate')).toBeVisible()
  await expect(page.getByText(/Left out on both sides: 1 call/)).toBeVisible()
  await page.getByLabel('On model').selectOption('gpt-4o-mini')
  await expect(comparison).toContainText('Estimate on gpt-4o-mini')
  await expect(comparison.getByRole('strong')).toContainText('−$')
  await expect(page).toHaveURL(/on-model=gpt-4o-mini/)
  await page.reload()
  await expect(comparison).toContainText('Estimate on gpt-4o-mini')
  await expect(
    page.getByRole('table', { name: 'Comparison by agent' }).getByRole('row', { name: /support/ }),
  ).toBeVisible()
})
