import { addOrganization } from '@/e2e/support/add-organization'
import { usageReporter } from '@/e2e/support/report-usage'
import { openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

/** A hundred thousand tokens in at $1.25 a million, ten thousand out at $10. */
const CALL = { inputTokens: 100_000, outputTokens: 10_000 }
const CALL_COST = '$0.2250'

test('finance follows a figure to its events and the formula of their cost', async ({
  page,
  product,
}) => {
  const organization = await addOrganization(product, 'FINANCE')
  const report = await usageReporter(product, organization)
  await report([
    ...Array.from({ length: 6 }, () => ({ ...CALL, agent: 'support' })),
    ...Array.from({ length: 2 }, () => ({ ...CALL, agent: 'sales', model: 'gpt-5-mini' })),
    { ...CALL, agent: 'sales', provider: 'own', model: 'homemade' },
  ])
  const usage = `/${organization.slug}/settings/usage`
  await openAs(page, product, organization.second, usage)
  const totals = page.getByRole('region', { name: 'Totals' })
  await expect(totals).toContainText('$1.44')
  await expect(totals.getByRole('link', { name: '1 unpriced call' })).toBeVisible()

  // The chart's twin, and any two names at once.
  await page.getByLabel('By', { exact: true }).selectOption('Agent')
  await expect(page).toHaveURL(/by=agent/)
  await page.getByText('The same as a table').click()
  const twin = page.getByRole('table', { name: 'Cost by agent, split by model, as a table' })
  await expect(twin.getByRole('row', { name: /^Total/ })).toContainText('$1.44')
  const table = page.getByRole('table', { name: 'Usage by agent and model' })
  await expect(table.getByRole('row', { name: /sales homemade/ })).toContainText('Unpriced')

  await table.getByRole('link', { name: 'support' }).click()
  await expect(page).toHaveURL(/tab=events/)
  const events = page.getByRole('table', { name: 'Usage events' })
  await expect(events.getByRole('row')).toHaveCount(7)
  await events
    .getByRole('button', { name: /^Formula/ })
    .first()
    .click()
  const formula = page.getByRole('region', { name: 'Formula' })
  await expect(formula.getByRole('row', { name: 'Input' })).toContainText('$1.25')
  await expect(formula.getByRole('row', { name: /nano-dollar/ })).toContainText('$0.225000000')

  await page.getByRole('link', { name: 'By token' }).click()
  await expect(page.getByRole('row', { name: /^gateway/ })).toContainText('$1.44')
})

test('the CSV under the same filters adds up to what is shown', async ({ page, product }) => {
  const organization = await addOrganization(product)
  const report = await usageReporter(product, organization)
  await report(
    [0, 1, 2].flatMap((daysAgo) => [
      { ...CALL, daysAgo },
      { daysAgo, model: 'gpt-5-mini' },
    ]),
  )
  const usage = `/${organization.slug}/settings/usage?period=7d&model=gpt-5`
  await openAs(page, product, organization.second, usage)
  await expect(page.getByRole('region', { name: 'Totals' })).toContainText('$0.6750')
  const href = await page.getByRole('link', { name: 'CSV' }).getAttribute('href')
  const csv = await page.request.get(href ?? '')
  expect(csv.headers()['content-disposition']).toMatch(/usage-.*\.csv"$/)
  const [header, ...lines] = (await csv.text()).trimEnd().split('\r\n')
  const cost = header?.split(',').indexOf('total_cost_usd') ?? -1
  expect(lines.map((line) => line.split(',')[cost])).toEqual(Array(3).fill('0.225000000'))
})

test('what is counted moves the page, without a reload', async ({ page, product }) => {
  const organization = await addOrganization(product)
  const report = await usageReporter(product, organization)
  await report([CALL])
  await openAs(page, product, organization.second, `/${organization.slug}/settings/usage`)
  const totals = page.getByRole('region', { name: 'Totals' })
  await expect(totals).toContainText(CALL_COST)
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await page.evaluate(() => Object.assign(window, { stayed: true }))
  await report([CALL])
  await expect(totals).toContainText('$0.4500')
  expect(await page.evaluate(() => 'stayed' in window)).toBe(true)

  await page.getByRole('button', { name: 'Count again' }).click()
  await expect(page.getByRole('region', { name: 'Verification' })).toContainText('2 events')
})

test('a member is told how to begin, and sees of other tokens only what they cost', async ({
  page,
  product,
}) => {
  const organization = await addOrganization(product)
  await openAs(page, product, organization.second, `/${organization.slug}/settings/usage`)
  await expect(page.getByText(`/v1/tenants/${organization.slug}/traces`)).toBeVisible()
  await (await usageReporter(product, organization))([CALL])
  await expect(page.getByRole('region', { name: 'Totals' })).toContainText(CALL_COST)
  await page.getByRole('link', { name: 'By token' }).click()
  await expect(page.getByRole('row', { name: /^Tokens of others/ })).toContainText(CALL_COST)
  await expect(page.getByText('gateway')).toHaveCount(0)
})

test('an address that means nothing is a page all the same', async ({ page, product }) => {
  const organization = await addOrganization(product)
  await openAs(page, product, organization.first)
  for (const query of [
    'model=%00&agent=%00',
    'from=2026-02-31&to=9999-12-31',
    'from=0001-01-01&to=2026-01-01',
    'per=hour&period=12m',
    'tab=events&agent=%F0%9F%92%A9&from=2020-01-01&to=2020-01-02',
  ]) {
    const reply = await page.request.get(`/${organization.slug}/settings/usage?${query}`)
    expect(reply.status(), query).toBe(200)
    expect(await reply.text(), query).not.toContain('Something broke')
  }
})

test('usage of another organization is not there', async ({ page, product }) => {
  const [own, other] = [await addOrganization(product), await addOrganization(product)]
  await (await usageReporter(product, other))([CALL])
  await openAs(page, product, own.first)
  for (const path of ['', '?tab=events', '/export', '/stream']) {
    const reply = await page.request.get(`/${other.slug}/settings/usage${path}`)
    expect(reply.status(), path).toBe(404)
  }
})
