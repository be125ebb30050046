import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { addOrganization } from '@/e2e/support/add-organization'
import type { Product } from '@/e2e/support/product'
import { queryProduct } from '@/e2e/support/query'
import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'
import { newId } from '@/lib/ids'
import { readCatalogue } from '@/lib/model-pricing/catalogue'
import { decimalText } from '@/lib/model-pricing/dollars'
import { costOf, type ModelRates } from '@/lib/model-pricing/rates'
import { TOKEN_KINDS, type TokenCounts } from '@/lib/model-pricing/token-kinds'

const PRICES = '/acme/settings/model-pricing'
const CALCULATOR = `${PRICES}?tab=calculator`
const NOTHING = Object.fromEntries(TOKEN_KINDS.map((kind) => [kind, 0])) as TokenCounts

const table = (page: Page) => page.getByRole('table', { name: 'Model prices' })
const rows = (page: Page) => table(page).locator('tbody tr')

function listRates(provider: string, model: string): ModelRates {
  const price = readCatalogue().prices.find(
    (each) => each.provider === provider && each.model === model,
  )
  if (!price) throw new Error(`The catalogue has no ${model}.`)
  return price.rates
}

/** What metering charges for a call at noon, as the calculator shows it. */
function charged(rates: ModelRates, counts: Partial<TokenCounts>, at = 720 * 60_000): string {
  const cost = costOf({ ...NOTHING, ...counts }, rates, at)
  if (!cost) throw new Error('A rate is missing.')
  return `$${decimalText(cost.input + cost.output, 9)}`
}

const card = (page: Page, model: string) => page.getByRole('region', { name: model, exact: true })

/** The organization's own price for gpt-4o, from the beginning of the year. */
async function ownPrice(product: Product, slug: string): Promise<void> {
  await queryProduct(
    product,
    `INSERT INTO pricing.model_price (id, organization_id, provider, model, name, valid_from, rates, source,
       created_by)
     SELECT $2, id, 'openai', 'gpt-4o', 'GPT 4o by contract', '2026-01-01Z', $3, 'Contract', 'Ines Admin'
     FROM organizations WHERE slug = $1`,
    [slug, newId(), JSON.stringify({ rates: { input: 2_000_000, output: 9_000_000 } })],
  )
}

test('a finance user finds, filters and sorts prices, and the address remembers it', async ({
  page,
  product,
}) => {
  await openAs(page, product, DEMO_PEOPLE.acmeFinance, PRICES)
  await expect(rows(page)).toHaveCount(25)
  await page.getByRole('searchbox', { name: 'Search models' }).fill('openai gpt-4o')
  await page.getByRole('button', { name: 'Provider' }).click()
  await page.getByRole('menuitemcheckbox', { name: /^OpenAI/ }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Has a cache rate' }).click()
  const plain = rows(page).filter({ has: page.getByRole('link', { name: 'gpt-4o', exact: true }) })
  await expect(plain).toContainText('$2.50')
  await expect(plain).toContainText('$1.25')
  await expect(plain).toContainText('$10.00')
  await expect(plain).toContainText('128K')
  await expect(rows(page).filter({ hasText: 'Azure' })).toHaveCount(0)

  const output = table(page).getByRole('columnheader', { name: 'Output' })
  await output.getByRole('button').click()
  await output.getByRole('button').click()
  await expect(output).toHaveAttribute('aria-sort', 'descending')
  const rates = (await rows(page).locator('td:nth-child(5)').allInnerTexts()).map((text) =>
    Number(text.replace(/[$,]/g, '').split('\n')[0]),
  )
  expect(rates.length).toBeGreaterThan(1)
  expect(rates).toEqual([...rates].sort((one, other) => other - one))

  await expect(page).toHaveURL(/q=openai\+gpt-4o.*provider=openai.*cached=1.*sort=-output/)
  const shown = await rows(page).allInnerTexts()
  await page.reload()
  await expect(rows(page).first()).toBeVisible()
  await expect.poll(() => rows(page).allInnerTexts()).toEqual(shown)

  await page.getByRole('searchbox', { name: 'Search models' }).fill('no such model')
  await expect(page.getByText('No price matches')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).last().click()
  await expect(rows(page)).toHaveCount(25)
  const before = (await rows(page).first().textContent()) ?? ''
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(rows(page).first()).not.toHaveText(before)
})

test('a member opens the history of a price, and a link leads to it', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.acmeMember, `${PRICES}?q=o3&provider=openai`)
  await page.getByRole('link', { name: 'o3', exact: true }).click()
  const sheet = page.getByRole('dialog', { name: 'o3' })
  const history = sheet.getByRole('region', { name: 'History' })
  await expect(history.getByRole('listitem').filter({ hasText: 'Stands now' })).toContainText(
    '10 Jun 2025',
  )
  await expect(history).toContainText('$10.00 → now $2.00−80%')
  await expect(history).toContainText('From the beginning')
  await expect(history).toContainText('Source: @pydantic/genai-prices')
  await expect(page).toHaveURL(/model=openai%2Fo3/)

  await page.goto(page.url())
  await expect(page.getByRole('dialog', { name: 'o3' })).toContainText('Names that are meant')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page).not.toHaveURL(/model=/)
})

test('tiers, times of the day and what is paid a call are told', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.acmeMember, `${PRICES}?q=google+gemini-2.5-pro`)
  const gemini = rows(page).filter({
    has: page.getByRole('link', { name: 'gemini-2.5-pro', exact: true }),
  })
  await expect(gemini.first()).toContainText('$2.50 >above 200K')
  await page.goto(`${PRICES}?model=deepseek%2Fdeepseek-chat`)
  await expect(page.getByRole('dialog')).toContainText('Output, 00:30–16:30 UTC')
  await page.goto(`${PRICES}?q=sonar&provider=perplexity`)
  await expect(rows(page).filter({ hasText: '$0.012 a call' })).not.toHaveCount(0)
})

test('an organization sees its own price first, and can list only those', async ({
  page,
  product,
}) => {
  const { slug, second } = await addOrganization(product)
  await ownPrice(product, slug)
  await openAs(page, product, second, `/${slug}/settings/model-pricing`)
  await page.getByRole('button', { name: 'Own prices' }).click()
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toContainText('Own price')
  await expect(rows(page)).toContainText('$9.00')
  await page.getByRole('link', { name: 'gpt-4o', exact: true }).click()
  const history = page.getByRole('dialog').getByRole('region', { name: 'History' })
  await expect(history.getByText('Own price', { exact: true })).toBeVisible()
  await expect(history.getByText('List price', { exact: true })).toBeVisible()

  await page.getByRole('link', { name: 'Calculate with this model' }).click()
  await page.getByRole('button', { name: 'RAG answer' }).click()
  const own = { rates: { input: 2_000_000, output: 9_000_000 } }
  await expect(card(page, 'gpt-4o')).toContainText('Own price')
  await expect(card(page, 'gpt-4o')).toContainText(
    charged(own, { input: 6400, cacheRead: 1600, output: 500 }),
  )
})

test('the download holds what is shown', async ({ page, product }) => {
  await openAs(
    page,
    product,
    DEMO_PEOPLE.acmeFinance,
    `${PRICES}?provider=openai&cached=1&q=gpt-4o`,
  )
  const shown = await rows(page).getByRole('link').allInnerTexts()
  const waiting = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download CSV' }).click()
  const download = await waiting
  expect(download.suggestedFilename()).toMatch(/^model-prices-acme-\d{4}-\d\d-\d\d\.csv$/)
  const [head, ...lines] = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n')
  expect(head).toContain('provider,model,name')
  expect(lines.map((line) => line.split(',')[1])).toEqual(shown)
})

test('the calculator charges what metering charges, and the address remembers it', async ({
  page,
  product,
}) => {
  // Without usage of its own, so that no model is chosen to begin with.
  const organization = await addOrganization(product, 'FINANCE')
  const calculator = CALCULATOR.replace('acme', organization.slug)
  await openAs(page, product, organization.second, calculator)
  for (const [search, provider] of [
    ['gpt-4o', 'OpenAI'],
    ['gemini-2.5-pro', 'Google'],
  ] as const) {
    await page.getByRole('button', { name: 'Add a model' }).click()
    await page.getByPlaceholder('Find a model…').fill(`${provider} ${search}`)
    await page
      .getByRole('option')
      .filter({ hasText: new RegExp(`^${search}${provider}$`) })
      .click()
  }
  await page.getByRole('button', { name: 'Long document' }).click()
  await page.getByLabel('Input tokens').fill('200001')
  await page.getByLabel('Of them cached').fill('25')
  await page.getByLabel('Output tokens').fill('1234')
  await page.getByRole('textbox', { name: 'Calls' }).fill('7')
  const counts = { input: 150_001, cacheRead: 50_000, output: 1234 }
  for (const [provider, model] of [
    ['openai', 'gpt-4o'],
    ['google', 'gemini-2.5-pro'],
  ] as const) {
    const call = charged(listRates(provider, model), counts)
    await expect(card(page, model).getByRole('row', { name: 'One call' })).toContainText(call)
  }
  await expect(card(page, 'gemini-2.5-pro')).toContainText('rate above 200K')
  await expect(card(page, 'gpt-4o')).toContainText('× the cheapest')

  await expect(page).toHaveURL(/input=200001.*calls=7/)
  const shown = (await card(page, 'gpt-4o').textContent()) ?? ''
  await page.reload()
  await expect.poll(() => card(page, 'gpt-4o').textContent()).toBe(shown)

  await page.getByLabel('Of them cached').fill('101')
  await expect(page.getByText('Give a whole number from 0 to 100.')).toBeVisible()
  await expect(card(page, 'gpt-4o')).toHaveCount(0)
})

test('the calculator asks for the time where it matters', async ({ page, product }) => {
  const query = 'model=deepseek%2Fdeepseek-chat&input=1000&cached=0&output=100'
  await openAs(page, product, DEMO_PEOPLE.acmeMember, `${CALCULATOR}&${query}`)
  const rates = listRates('deepseek', 'deepseek-chat')
  const call = card(page, 'deepseek-chat').getByRole('row', { name: 'One call' })
  await expect(call).toContainText(charged(rates, { input: 1000, output: 100 }))
  await page.getByLabel('Time of day, UTC').fill('20:00')
  await expect(call).toContainText(charged(rates, { input: 1000, output: 100 }, 20 * 60 * 60_000))
})
