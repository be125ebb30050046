import { addOrganization } from '@/e2e/support/add-organization'
import { type Product, startProduct } from '@/e2e/support/product'
import { openAs } from '@/e2e/support/sign-in'
import { test as base, expect } from '@/e2e/support/test'
import { SYSTEM_METRICS } from '@/lib/evaluation-metrics/system-metrics'
import {
  MISBEHAVING_MODELS,
  type OpenAiServer,
  startOpenAiServer,
} from '@/lib/testing/openai-server'

const KEY = 'sk-of-acme-0123456789-wxyz'

const test = base.extend<object, { models: OpenAiServer; product: Product }>({
  models: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
    async ({}, use) => {
      const models = await startOpenAiServer(KEY)
      await use(models)
      await models.close()
    },
    { scope: 'worker' },
  ],
  product: [
    async ({ models }, use) => {
      const product = await startProduct({ env: { LLM_PRIVATE_ORIGINS: models.origin } })
      await use(product)
      await product.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

test('an account at a provider is tested, added, edited without its key, and removed', async ({
  page,
  product,
  models,
}) => {
  const organization = await addOrganization(product)
  await openAs(page, product, organization.first, `/${organization.slug}/settings/llm-providers`)
  await page.getByRole('button', { name: 'Add provider' }).first().click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: 'Add provider' }).click()
  await expect(sheet.getByText('Enter a name.')).toBeVisible()
  await expect(sheet.getByText('Enter the key: OpenAI answers nothing without one.')).toBeVisible()
  await expect(sheet.getByLabel('Name', { exact: true })).toBeFocused()
  await sheet.getByLabel('Provider', { exact: true }).selectOption('Another, OpenAI-compatible')
  await sheet.getByLabel('Provider name').fill('my-gateway')
  await sheet.getByLabel('Name', { exact: true }).fill('production')
  await sheet.getByRole('button', { name: 'Test connection' }).click()
  await expect(sheet.getByText('Enter the base URL.')).toBeVisible()
  await sheet.getByLabel('API key').fill('sk-the-wrong-one')
  await sheet.getByLabel('Base URL').fill('https://127.0.0.1/v1')
  await sheet.getByLabel('Model to test with').fill('small')
  await sheet.getByRole('button', { name: 'Add provider' }).click()
  await expect(sheet.getByText('This leads into a private network')).toBeVisible()
  await sheet.getByLabel('Base URL').fill(models.baseUrl)
  await sheet.getByRole('button', { name: 'Test connection' }).click()
  await expect(sheet.getByText('The provider refused the key.')).toBeVisible()
  await sheet.getByLabel('API key').fill(KEY)
  await sheet.getByRole('button', { name: 'Test connection' }).click()
  await expect(sheet.getByText('It works.')).toBeVisible()
  await sheet.getByRole('button', { name: 'Add provider' }).click()
  await expect(sheet).toBeHidden()

  await expect(page.getByText('Runs use production.')).toBeVisible()
  await expect(page.getByText('…wxyz')).toBeVisible()
  expect(await page.content()).not.toContain('sk-of-acme')
  await page.getByRole('button', { name: 'Test connection of production' }).click()
  await expect(page.getByText('It works')).toBeVisible()

  await page.getByRole('button', { name: 'Actions for production' }).click()
  await page.getByRole('menuitem', { name: 'Edit…' }).click()
  await expect(sheet.getByLabel('New API key')).toHaveValue('')
  await sheet.getByLabel('Model to test with').fill(MISBEHAVING_MODELS.unknown)
  await expect(sheet.getByText('Save first, or enter the key again')).toBeVisible()
  await sheet.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Not tested as it stands.')).toBeVisible()
  await page.getByRole('button', { name: 'Test connection of production' }).click()
  await expect(page.getByText(`knows no model ${MISBEHAVING_MODELS.unknown}`)).toBeVisible()

  await page.getByRole('button', { name: 'Actions for production' }).click()
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove provider' }).click()
  await expect(page.getByText('Connect your first model provider')).toBeVisible()
})

test('a model of a provider judges what a metric is tried on, and says what it cost', async ({
  page,
  product,
  models,
}) => {
  const organization = await addOrganization(product)
  const settings = `/${organization.slug}/settings`
  const metric = `${settings}/evaluation-metrics/${SYSTEM_METRICS[0]?.id}?tab=try`
  await openAs(page, product, organization.first, metric)
  await page.getByRole('link', { name: 'set up a model provider' }).click()
  await page.getByRole('button', { name: 'Add provider' }).first().click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: 'Add provider' }).click()
  await expect(sheet.getByText('Enter a name.')).toBeVisible()
  await expect(sheet.getByText('Enter the key: OpenAI answers nothing without one.')).toBeVisible()
  await expect(sheet.getByLabel('Name', { exact: true })).toBeFocused()
  await sheet.getByLabel('Provider', { exact: true }).selectOption('Another, OpenAI-compatible')
  await sheet.getByLabel('Provider name').fill('my-gateway')
  await sheet.getByLabel('Name', { exact: true }).fill('production')
  await sheet.getByLabel('API key').fill(KEY)
  await sheet.getByLabel('Base URL').fill(models.baseUrl)
  await sheet.getByLabel('Model to test with').fill('small')
  await sheet.getByRole('button', { name: 'Add provider' }).click()
  await expect(sheet).toBeHidden()

  await page.goto(metric)
  await page.getByLabel('Judge').selectOption('my-gateway')
  await expect(page.getByLabel('Model')).toHaveValue('small')
  await page.getByLabel('Input').fill('Two and two?')
  await page.getByLabel('Output').fill('Four.')
  models.reply = () => 'It is right.'
  await page.getByRole('button', { name: 'Score it' }).click()
  await expect(page.getByText('gave no score of the scale')).toBeVisible()
  models.reply = () => '{"reason": "Two and two are four.", "score": 5}'
  await page.getByRole('button', { name: 'Score it' }).click()
  await expect(page.getByText('Two and two are four.')).toBeVisible()
  await expect(page.getByText('Judged by small of my-gateway.')).toBeVisible()
  await expect(page.getByText('Unpriced')).toBeVisible()
})
