import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

const AGENT = '/acme/settings/agents/topic-briefing'

test('two revisions are compared on a dataset, down to what the judge said of an answer', async ({
  page,
  product,
}) => {
  await openAs(page, product, DEMO_PEOPLE.acmeMember, `${AGENT}?tab=evaluations`)
  await page.getByRole('button', { name: 'Evaluate', exact: true }).click()
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByLabel('Candidate')).toHaveValue('2')
  await expect(sheet.getByLabel('Baseline')).toHaveValue('1')
  await expect(sheet.getByText('48 runs of the agent and 96 judgements.')).toBeVisible()
  await sheet.getByRole('button', { name: 'Start evaluation' }).click()
  await expect(
    page.getByRole('heading', { level: 1, name: 'Revision 2 against revision 1' }),
  ).toBeVisible()
  await expect(page.getByText('Completed')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('By 24 of 24 cases')).toBeVisible()
  await expect(page.getByText(/^Revision 2 is .+ revision 1/)).toBeVisible()
  await expect(
    page.getByRole('table', { name: 'Scores by metric' }).getByRole('row', { name: /Correctness/ }),
  ).toContainText('% of the score')

  const cases = page.getByRole('table', { name: 'Cases' })
  await expect(cases.getByRole('row')).toHaveCount(21)
  await page.getByRole('button', { name: 'Load more' }).click()
  await expect(cases.getByRole('row')).toHaveCount(25)
  await cases.getByRole('button', { name: 'EU AI Act' }).click()
  const candidate = sheet.getByRole('region', { name: 'Revision 2' })
  await expect(candidate.getByText('This is the local provider')).toBeVisible()
  await expect(
    sheet.getByRole('region', { name: 'Revision 1' }).getByText('Correctness'),
  ).toBeVisible()
  await sheet.getByRole('button', { name: 'Close' }).first().click()

  await page.getByRole('link', { name: 'Evaluations of Topic briefing' }).click()
  const newest = page.getByRole('table', { name: 'Evaluations' }).getByRole('row').nth(1)
  await expect(newest).toContainText('Briefing topics v3')
})
