import { queryProduct } from '@/e2e/support/query'
import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

test('an agent from its first revision to a roll-back, and who made it', async ({
  page,
  product,
}) => {
  await openAs(page, product, DEMO_PEOPLE.acmeMember, '/acme/settings/agents')
  // Made by somebody else, and not shared.
  await expect(page.getByRole('link', { name: 'Fleet support' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Incident report' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Create agent' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Create agent' }).click()
  await expect(dialog.getByText('Enter an id, such as ticket-triage.')).toBeVisible()
  // First as the form is read: the server checks the id before the name.
  await expect(dialog.getByLabel('Name')).toBeFocused()
  await dialog.getByLabel('Name').fill('Spare parts')
  await expect(dialog.getByLabel('Id')).toHaveValue('spare-parts')
  await dialog.getByRole('button', { name: 'Create agent' }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'Spare parts' })).toBeVisible()
  await page.getByRole('button', { name: 'New revision' }).click()
  await page.getByRole('button', { name: 'Add revision' }).click()
  await expect(page.getByLabel('Instructions')).toBeFocused()
  await page.getByRole('button', { name: 'Cancel' }).click()
  const write = async (instructions: string) => {
    await page.getByRole('button', { name: 'New revision' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('Instructions').fill(instructions)
    await sheet.getByLabel('Provider').fill('openai')
    await sheet.getByLabel('Model').fill('gpt-5-mini')
    await sheet.getByRole('button', { name: 'Add revision' }).click()
    await expect(sheet).toHaveCount(0)
  }
  const deploy = async (label: string) => {
    await page.getByRole('button', { name: label }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: label }).click()
    await expect(page.getByRole('alertdialog')).toHaveCount(0)
  }
  await write('Find the part.')
  await deploy('Deploy revision 1')
  await write('Find the part.\nName its number.')
  await deploy('Deploy revision 2')
  await deploy('Roll back to revision 1')
  await page.getByRole('link', { name: 'Compare revision 2 with the live one' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Name its number.' })).toContainText(
    'added',
  )
  await page.getByRole('link', { name: 'Deployments' }).click()
  await expect(page.getByRole('row').nth(1)).toContainText('Rollback')
  await expect(page.getByRole('row').nth(1)).toContainText('Linus Berg')
})

test('Created by leads to the token and to the service account', async ({ page, product }) => {
  await openAs(
    page,
    product,
    DEMO_PEOPLE.acmeAdmin,
    '/acme/settings/agents/fleet-support?tab=deployments',
  )
  const row = page.getByRole('row').filter({ hasText: 'agent-release' }).first()
  await row.getByRole('link', { name: 'agent-release' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'agent-release' })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1, name: 'Fleet support' })).toBeVisible()
  await row.getByRole('link', { name: 'First token' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'First token' })).toBeVisible()
})

test('a public agent is anybody’s to read, also without scripts, and gone once it is private', async ({
  browser,
  page,
  product,
}) => {
  const context = await browser.newContext({ baseURL: product.url, javaScriptEnabled: false })
  const stranger = await context.newPage()
  const privateOne = await stranger.goto('/acme/agents/incident-report')
  const none = await stranger.goto('/acme/agents/no-such-agent')
  expect([privateOne?.status(), none?.status()]).toEqual([404, 404])

  await openAs(page, product, DEMO_PEOPLE.acmeAdmin, '/acme/settings/agents/incident-report')
  await page.getByRole('switch', { name: 'Anybody may read about this agent' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Make public' }).click()
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible()

  const answer = await stranger.goto('/acme/agents/incident-report')
  expect(answer?.status()).toBe(200)
  expect(answer?.headers()).toMatchObject({
    'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    'x-content-type-options': 'nosniff',
  })
  await expect(stranger.getByRole('heading', { level: 1 })).toHaveText('Incident report')
  await expect(stranger.getByRole('main')).toContainText('Acme Robotics')
  // Nothing of the inside: neither what it runs on nor who made it.
  const html = (await answer?.text()) ?? ''
  const inside = await queryProduct<{ uid: string; organization: string }>(
    product,
    `SELECT uid, organization_id AS organization FROM agents.agent WHERE id = 'incident-report'`,
  )
  for (const secret of ['gemini', 'Tomás', inside[0]?.uid ?? '?', inside[0]?.organization ?? '?']) {
    expect(html).not.toContain(secret)
  }
  await page.getByRole('switch', { name: 'Anybody may read about this agent' }).click()
  await expect(page.getByRole('button', { name: 'Copy link' })).toHaveCount(0)
  expect((await stranger.goto('/acme/agents/incident-report'))?.status()).toBe(404)
  await context.close()
})
