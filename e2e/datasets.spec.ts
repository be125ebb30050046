import { readFile } from 'node:fs/promises'
import { addOrganization } from '@/e2e/support/add-organization'
import { openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

const TABLE = `input,expected,topic
"Where is my
parcel?",Asks for the order number.,
,Only an answer,
Do you ship to Malta?,"Yes, in a week.",`

test('cases are imported after a preview, mended, searched, replaced, exported and deleted', async ({
  page,
  product,
}) => {
  const organization = await addOrganization(product)
  const base = `/${organization.slug}/settings/evaluation-metrics`
  await openAs(page, product, organization.first, `${base}?tab=datasets`)
  await page.getByRole('button', { name: 'Create dataset' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Support questions')
  await dialog.getByRole('button', { name: 'Create dataset' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Support questions' })).toBeVisible()

  await page.getByRole('button', { name: 'Import' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('textbox', { name: 'Cases' }).fill(TABLE)
  await expect(sheet.getByText('Line 4: input: Give either an input or parameters.')).toBeVisible()
  await expect(sheet.getByRole('button', { name: /^Add/ })).toHaveCount(0)
  const file = { name: 'cases.csv', mimeType: 'text/csv' }
  const mended = TABLE.replace(',Only an answer,', 'Why?,Only an answer,')
  await sheet.getByLabel('File with cases').setInputFiles({ ...file, buffer: Buffer.from(mended) })
  await expect(sheet.getByText('3 new. Nothing is done yet.')).toBeVisible()
  await sheet.getByRole('button', { name: 'Add 3 cases' }).click()
  const table = page.getByRole('table', { name: 'Cases' })
  await expect(table.getByRole('row')).toHaveCount(4)

  await table.getByRole('button', { name: 'Case 2', exact: true }).click()
  await sheet.getByLabel('Expected answer').fill('Because of the weather.')
  await sheet.getByLabel('Name').fill('The reason')
  // By keyboard: for some seconds the message of what was done before lies over the button.
  await sheet.getByLabel('Name').press('Enter')
  await expect(table.getByRole('button', { name: 'The reason', exact: true })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search cases' }).fill('WEATHER')
  await expect(table.getByRole('row')).toHaveCount(2)

  await page.getByRole('button', { name: 'Import' }).click()
  await sheet.getByRole('radio', { name: 'Replace all cases' }).click()
  await sheet
    .getByRole('textbox', { name: 'Cases' })
    .fill('{"input": "Do you ship to Malta?", "expected": "No."}\n{"parameters": {"topic": "Tea"}}')
  await expect(sheet.getByText('1 new, 1 changed, 0 as before, 2 deleted.')).toBeVisible()
  await sheet.getByRole('button', { name: 'Replace by 2 cases' }).press('Enter')
  await expect(page.getByText('No case has these words')).toBeVisible()

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('support-questions-v4.jsonl')
  expect(await readFile(await download.path(), 'utf8')).toBe(
    '{"input":"Do you ship to Malta?","expected":"No."}\n{"parameters":{"topic":"Tea"}}\n',
  )

  await page.getByRole('button', { name: 'Actions for Support questions' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  const question = page.getByRole('alertdialog')
  await question.getByRole('textbox').fill('Support questions')
  await question.getByRole('button', { name: 'Delete dataset' }).click()
  await expect(page).toHaveURL(`${base}?tab=datasets`)
  await expect(page.getByText('Create your first dataset')).toBeVisible()
})
