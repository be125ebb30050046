import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

const AGENT = '/acme/settings/agents/topic-briefing'

test('an agent is tried with its parameters, and the run is listed as it was', async ({
  page,
  product,
}) => {
  await openAs(page, product, DEMO_PEOPLE.acmeMember, `${AGENT}?tab=try`)
  await page.getByRole('button', { name: 'Run' }).click()
  await expect(page.getByText('This parameter is required.')).toBeVisible()
  await page.getByRole('textbox', { name: 'topic' }).fill('the battery passport')
  await page.getByRole('button', { name: 'Run' }).click()
  const answer = page.getByRole('region', { name: 'Answer' }).first()
  await expect(answer).toContainText('the battery passport')
  await expect(answer).toContainText('It calls no model')
  await answer.getByRole('link', { name: 'See the run' }).click()
  await expect(page.getByRole('main').getByText('Linus Berg')).toBeVisible()
  await page.getByRole('link', { name: 'All runs' }).click()
  const newest = page.getByRole('row').nth(1)
  await expect(newest).toContainText('Succeeded')
  await expect(newest).toContainText('Test')
  await expect(newest).toContainText('Linus Berg')
})

test('a run leads to its token, and what cannot run says what is missing', async ({
  page,
  product,
}) => {
  await openAs(page, product, DEMO_PEOPLE.acmeAdmin, `${AGENT}?tab=runs`)
  // Evaluations of other tests may have run the agent fifty times since.
  await page.getByRole('navigation', { name: 'Origin' }).getByText('Production').click()
  const byProgram = page.getByRole('row').filter({ hasText: 'prod-agent-runner' }).first()
  await byProgram.getByRole('link', { name: 'First token' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'First token' })).toBeVisible()
  await page.goto('/acme/settings/agents/fleet-support?tab=try')
  await expect(page.getByText(/^The provider \S+ is not set up$/)).toBeVisible()
})
