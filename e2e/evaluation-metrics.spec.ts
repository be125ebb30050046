import AxeBuilder from '@axe-core/playwright'
import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

const SECTION = '/acme/settings/evaluation-metrics'

test('an admin writes a metric, mends it, compares, and brings the old text back', async ({
  page,
  product,
}) => {
  await openAs(page, product, DEMO_PEOPLE.acmeAdmin, SECTION)
  await page.getByRole('button', { name: 'Create metric' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Name', { exact: true }).fill('Empathy in answers')
  await expect(sheet.getByLabel('Key')).toHaveValue('empathyInAnswers')
  await sheet.getByRole('button', { name: 'Create metric' }).click()
  await expect(sheet.getByText('Tell the judge what to look for.')).toBeVisible()
  await sheet.getByLabel('Instructions for the judge').fill('Is it kind to the customer?')
  await sheet.getByRole('button', { name: 'Create metric' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Empathy in answers' })).toBeVisible()

  await page.getByRole('button', { name: 'Edit' }).click()
  await sheet.getByLabel('Instructions for the judge').fill('Is it kind to everybody?')
  await sheet.getByRole('radio').nth(2).check()
  await sheet.getByRole('button', { name: 'Save as a new version' }).click()
  await expect(sheet).toHaveCount(0)
  await page.getByRole('link', { name: 'Versions' }).click()
  await expect(page.locator('del')).toContainText(['the customer'])
  await expect(page.locator('ins')).toContainText(['everybody'])
  await page.getByRole('button', { name: 'Restore version 1' }).click()
  await expect(page.getByText('Brought back version 1')).toBeVisible()

  await page.getByRole('link', { name: 'Try it' }).click()
  await expect(page.getByText('Local judge: deterministic, for trying out')).toBeVisible()
  await page.getByLabel('Input').fill('Where is my robot?')
  await page.getByLabel('Output').fill('Your robot is in the west hall.')
  await page.getByLabel('Reference').fill('Your robot is in the west hall.')
  await page.getByRole('button', { name: 'Score it' }).click()
  await expect(page.getByText('Passes', { exact: true })).toBeVisible()
})

test('an agent’s weights come to 100, and deprecating tells whom it touches', async ({
  page,
  product,
}) => {
  await openAs(page, product, DEMO_PEOPLE.acmeMember, `${SECTION}?tab=agents`)
  await page.getByRole('button', { name: 'Choose metrics of Code review' }).click()
  const sheet = page.getByRole('dialog')
  for (const name of ['Correctness', 'Helpfulness', 'Handover to a person']) {
    await sheet.getByRole('checkbox', { name }).check()
    await sheet.getByLabel(`Weight of ${name}`).fill('1')
  }
  await expect(sheet.getByText('3 metrics, 100% in sum.')).toBeVisible()
  await expect(sheet.getByText('34%', { exact: true })).toHaveCount(1)
  await sheet.getByRole('button', { name: 'Save metrics' }).click()
  await expect(sheet).toHaveCount(0)
  // Members read the library; only admins change it.
  await page.getByRole('link', { name: 'Metrics', exact: true }).click()
  await expect(page.getByText('Only admins change the library.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Create metric' })).toHaveCount(0)

  await openAs(page, product, DEMO_PEOPLE.acmeAdmin, `${SECTION}?q=handover`)
  await page.getByRole('button', { name: 'Actions for Handover to a person' }).click()
  await page.getByRole('menuitem', { name: 'Deprecate…' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question.getByText('code-review')).toBeVisible()
  await question.getByRole('button', { name: 'Deprecate metric' }).click()
  await expect(
    page.getByRole('row').filter({ hasText: 'handover' }).getByText('Deprecated'),
  ).toBeVisible()
})

test('a file tells what it would do before it does it', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.acmeAdmin, SECTION)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export' }).click()
  expect((await download).suggestedFilename()).toBe('evaluation-metrics-acme.json')
  await page.getByRole('button', { name: 'Import' }).click()
  const sheet = page.getByRole('dialog')
  const metrics = [
    { key: 'importedOne', name: 'Imported one', description: 'Is it imported?' },
    { key: 'cost', name: 'Cost', description: 'Is it cheap?' },
  ]
  await sheet.getByLabel('File').setInputFiles({
    name: 'metrics.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify({ metrics })),
  })
  await expect(sheet.getByText('1 new, 0 changed, 1 skipped.')).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await sheet.getByRole('button', { name: 'Import 1' }).click()
  await expect(page.getByRole('link', { name: 'Imported one' })).toBeVisible()
})
