import { addOrganization } from '@/e2e/support/add-organization'
import { issueToken } from '@/e2e/support/issue-token'
import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'
import { newId } from '@/lib/ids'

const TAB = 'settings/usage?tab=requests'

test('finance reads requests of both channels, what failed, and what is stored', async ({
  page,
  product,
}) => {
  await openAs(page, product, DEMO_PEOPLE.acmeFinance, `/acme/${TAB}&period=30d`)
  const requests = page.getByRole('region', { name: 'Requests', exact: true })
  await expect(requests.getByRole('img', { name: /API and connectors/ })).toBeVisible()
  await requests.getByText('The same as a table').click()
  const twin = requests.getByRole('table', { name: /API and connectors/ })
  await expect(twin.getByRole('row')).toHaveCount(32)
  const numbers = async (name: RegExp) => {
    const cells = await twin.getByRole('row', { name }).getByRole('cell').allTextContents()
    return cells.slice(1, 5).map((text) => Number(text.replaceAll(',', '')))
  }
  const [api = 0, connectors = 0, all = 0, failed = 0] = await numbers(/^Total/)
  expect(api).toBeGreaterThan(1000)
  expect(connectors).toBeGreaterThan(100)
  expect(api + connectors).toBe(all)
  expect(failed).toBeGreaterThan(0)

  const storage = page.getByRole('region', { name: 'Storage' })
  const bases = storage.getByRole('table', { name: 'Knowledge bases' })
  await expect(bases.getByRole('row', { name: /machine-manuals.*GiB/ })).toBeVisible()
  await expect(bases.getByRole('row', { name: /catalogue-2024.*Deleted/ })).toBeVisible()
  const plan = page.getByRole('region', { name: 'Team plan' })
  await expect(plan.getByRole('progressbar', { name: 'Requests' })).toBeVisible()
  await expect(plan.getByRole('progressbar', { name: 'Storage' })).toBeVisible()

  const byToken = requests.getByRole('table', { name: 'Requests by token' })
  await expect(byToken.getByRole('row', { name: /^ci-deploy .*[1-9]/ })).toBeVisible()
  await twin.getByRole('link').first().click()
  await expect(page).toHaveURL(/from=([\d-]+)&to=\1/)
  await expect(requests.getByRole('img', { name: /Requests by hour/ })).toBeVisible()

  await page.getByLabel('Period').selectOption('Last 12 months')
  await expect(page).toHaveURL(/tab=requests&period=12m/)
  await expect(requests.getByRole('img', { name: /Requests by week/ })).toBeVisible()
})

test('an empty organization is told how to begin, and sees its first report come in', async ({
  page,
  product,
}) => {
  const organization = await addOrganization(product)
  await openAs(page, product, organization.first, `/${organization.slug}/${TAB}`)
  await expect(page.getByText(/tokens\/current/)).toBeVisible()
  const storage = page.getByRole('region', { name: 'Storage' })
  await expect(storage.getByText(/usageEvents:ingest/)).toContainText('com.fruxon.usage.storage')

  const { secret } = await issueToken(product, {
    organization: organization.slug,
    owner: { email: organization.first },
    scopes: ['traces:write'],
    name: 'storage-meter',
  })
  const event = {
    specversion: '1.0',
    id: newId(),
    source: 'spec',
    type: 'com.fruxon.usage.storage',
    time: new Date().toISOString(),
    data: { knowledgeBase: 'manuals', bytes: 3 * 1024 ** 2 },
  }
  const answer = await fetch(`${product.url}/v1/tenants/${organization.slug}/usageEvents:ingest`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' },
    body: JSON.stringify([event]),
  })
  expect(answer.status).toBe(200)
  // Without a reload: the page hears of it.
  await expect(storage.getByRole('row', { name: /manuals.*3\.0 MiB/ })).toBeVisible()
  const requests = page.getByRole('region', { name: 'Requests', exact: true })
  await expect(requests.getByText('1', { exact: true }).first()).toBeVisible()
})
