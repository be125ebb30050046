import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { issueToken } from '@/e2e/support/issue-token'
import type { Product } from '@/e2e/support/product'
import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'
import { newId } from '@/lib/ids'

const BUDGETS = '/acme/settings/usage?tab=budgets'

/** A name that no other test uses. */
const newAgent = () => `agent-${newId().slice(-8)}`

/** As a program would: so many calls of gpt-4o with a million tokens of input, $2.50 each. */
async function report(product: Product, agent: string, calls: number, tokenSecret?: string) {
  const secret =
    tokenSecret ??
    (
      await issueToken(product, {
        organization: 'acme',
        owner: { email: DEMO_PEOPLE.acmeMember },
        scopes: ['traces:write'],
      })
    ).secret
  const events = Array.from({ length: calls }, () => ({
    specversion: '1.0',
    id: newId(),
    source: 'browser-test',
    type: 'com.fruxon.usage.model-call',
    time: new Date().toISOString(),
    data: { provider: 'openai', model: 'gpt-4o', agent, inputTokens: 1_000_000 },
  }))
  const answer = await fetch(`${product.url}/v1/tenants/acme/usageEvents:ingest`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(events),
  })
  expect(await answer.json()).toMatchObject({ accepted: calls })
}

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

async function addAgentBudget(page: Page, agent: string, amount: string): Promise<void> {
  await page.getByRole('button', { name: 'Add agent budget' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Agent').fill(agent)
  await sheet.getByLabel('Amount a month').fill(amount)
  await sheet.getByRole('button', { name: 'Save budget' }).click()
  await expect(sheet).toHaveCount(0)
}

test('an admin sets a budget, and hears of it within seconds of the usage', async ({
  page,
  product,
}) => {
  const agent = newAgent()
  await openAs(page, product, DEMO_PEOPLE.acmeAdmin, BUDGETS)
  await page.getByRole('button', { name: 'Add agent budget' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: 'Save budget' }).click()
  await expect(sheet.getByText('Name the agent.')).toBeVisible()
  await expect(sheet.getByText('Enter an amount in dollars.')).toBeVisible()
  await sheet.getByLabel('Agent').fill(agent)
  await sheet.getByLabel('Amount a month').fill('10')
  await expect(sheet.getByText('$0.00 was spent this month so far')).toBeVisible()
  await sheet.getByRole('radio', { name: /^Tell runs to stop/ }).click()
  await sheet.getByRole('button', { name: 'Remove 80%' }).click()
  await sheet.getByLabel('Another threshold, in percent').fill('75')
  await page.keyboard.press('Enter')
  await expect(sheet.getByRole('button', { name: /^Remove \d/ })).toHaveText(['50%', '75%', '100%'])
  await sheet.getByRole('button', { name: 'Save budget' }).click()
  await expect(sheet).toHaveCount(0)
  await expect(rowOf(page, agent)).toContainText('$0.00 of $10.00')
  await expect(rowOf(page, agent)).toContainText('Runs are told to stop')

  await report(product, agent, 3)
  const bell = page.getByRole('button', { name: /^Notifications/ })
  await expect(bell).toHaveAccessibleName(/ \d+ unread$/)
  await bell.click()
  const notice = page
    .getByRole('dialog', { name: 'Notifications' })
    .getByRole('link', { name: `The agent ${agent} has used 75% of its monthly budget` })
  await expect(notice).toBeVisible()
  await notice.click()
  await expect(page).toHaveURL(/\/acme\/settings\/usage\?tab=budgets$/)

  await page.goto(BUDGETS)
  const table = page.getByRole('table', { name: 'Budgets of agents' })
  const spent = table.getByRole('row').filter({ hasText: agent }).getByRole('link')
  await expect(spent).toHaveText('$7.50 of $10.00')
  const log = page.getByRole('table', { name: 'Thresholds that people were told of' })
  await expect(log.getByRole('row').filter({ hasText: agent })).toContainText('50%, 75%')

  await spent.click()
  await expect(page).toHaveURL(/tab=events&from=.*-01&to=/)
  await expect(page.getByRole('row', { name: new RegExp(agent) }).first()).toBeVisible()
})

test('a budget says what it would do before it is saved, and is changed and removed', async ({
  page,
  product,
}) => {
  const agent = newAgent()
  await report(product, agent, 2)
  await openAs(page, product, DEMO_PEOPLE.acmeAdmin, BUDGETS)
  await addAgentBudget(page, agent, '100')
  await expect(rowOf(page, agent)).toContainText('5%')

  const menu = page.getByRole('button', { name: `Actions for the budget of agent ${agent}` })
  await menu.click()
  await page.getByRole('menuitem', { name: 'Edit…' }).click()
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByLabel('Amount a month')).toHaveValue('100')
  await sheet.getByLabel('Amount a month').fill('4.50')
  await expect(sheet.getByText('this would already be exhausted')).toBeVisible()
  const found = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
  expect(found.violations.map(({ id }) => id)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Keep editing' }).click()
  await sheet.getByRole('button', { name: 'Save budget' }).click()
  await expect(sheet).toHaveCount(0)
  const row = page
    .getByRole('table', { name: 'Budgets of agents' })
    .getByRole('row', { name: agent })
  await expect(row).toContainText('111%')
  await expect(row).toContainText('Spent')

  await menu.click()
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  await page.getByRole('button', { name: 'Remove budget' }).click()
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await expect(rowOf(page, agent)).toHaveCount(0)
})

test('a token gets a budget, which its owner and finance read and cannot change', async ({
  page,
  browser,
  product,
}) => {
  const name = `Nightly ${newId().slice(-6)}`
  const { secret } = await issueToken(product, {
    organization: 'acme',
    owner: { email: DEMO_PEOPLE.acmeMember },
    scopes: ['traces:write'],
    name,
  })
  await report(product, newAgent(), 1, secret)
  await openAs(page, product, DEMO_PEOPLE.acmeAdmin, BUDGETS)
  await page.getByRole('button', { name: 'Add token budget' }).click()
  const sheet = page.getByRole('dialog')
  const choice = sheet.getByRole('option').filter({ hasText: name })
  await expect(choice).toHaveCount(1)
  await sheet.getByLabel('Token').selectOption(await choice.getAttribute('value'))
  await sheet.getByLabel('Amount a month').fill('25')
  await expect(sheet.getByText('$2.50 was spent this month so far, which is 10%')).toBeVisible()
  await sheet.getByRole('button', { name: 'Save budget' }).click()
  await expect(sheet).toHaveCount(0)
  await expect(rowOf(page, name)).toContainText('$2.50 of $25.00')

  for (const email of [DEMO_PEOPLE.acmeMember, DEMO_PEOPLE.acmeFinance]) {
    const context = await browser.newContext({ baseURL: product.url })
    const reader = await context.newPage()
    await openAs(reader, product, email, BUDGETS)
    await expect(rowOf(reader, name)).toContainText('$2.50 of $25.00')
    await expect(reader.getByRole('button', { name: /budget/ })).toHaveCount(0)
    await context.close()
  }
})

test('the organization’s budget is one for production and one for tests', async ({
  page,
  product,
}) => {
  await openAs(page, product, DEMO_PEOPLE.globexAdmin, '/globex/settings/usage?tab=budgets')
  await expect(page.getByText('Set a budget for the organization')).toBeVisible()
  const section = page.getByRole('region', { name: 'Organization budget' })
  for (const [button, origin] of [
    ['Set budget', 'Production'],
    ['Set test budget', 'Test'],
  ] as const) {
    await section.getByRole('button', { name: button }).click()
    const sheet = page.getByRole('dialog')
    await expect(sheet.getByRole('radio', { name: origin })).toBeChecked()
    await sheet.getByLabel('Amount a month').fill('1,000')
    await sheet.getByRole('button', { name: 'Save budget' }).click()
    await expect(sheet).toHaveCount(0)
  }
  await expect(section.getByRole('listitem')).toHaveCount(2)
  await expect(section.getByRole('button', { name: /^Set/ })).toHaveCount(0)
  await expect(section.getByRole('progressbar')).toHaveCount(2)
})
