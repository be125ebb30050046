import { addOrganization } from '@/e2e/support/add-organization'
import { issueToken } from '@/e2e/support/issue-token'
import { openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

test('an endpoint is made, takes a delivery while paused, and shows what became of it', async ({
  page,
  product,
}) => {
  const organization = await addOrganization(product)
  await openAs(page, product, organization.first, `/${organization.slug}/settings/inbound`)
  await page.getByRole('button', { name: 'Create endpoint' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Name').fill('orders')
  await sheet.getByLabel('Forward to').fill('https://127.0.0.1/in')
  await sheet.getByRole('button', { name: 'Create endpoint' }).click()
  await expect(sheet.getByText('This leads into a private network')).toBeVisible()
  await sheet.getByLabel('Forward to').fill('https://hooks.example.com/in')
  await sheet.getByRole('button', { name: 'Create endpoint' }).click()
  await expect(sheet.getByText(/^whsec_/)).toBeVisible()
  await sheet.getByRole('checkbox', { name: 'I stored this secret' }).check()
  await sheet.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'orders' })).toBeVisible()
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('deliveries are taken and held')).toBeVisible()

  const { secret } = await issueToken(product, {
    organization: organization.slug,
    owner: { email: organization.first },
    scopes: ['inbound:deliver'],
  })
  const webhookId = new URL(page.url()).pathname.split('/').at(-1)
  const answer = await fetch(
    `${product.url}/v1/tenants/${organization.slug}/webhooks/generic/${webhookId}/${secret}`,
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"type":"order.paid","order":1234}',
    },
  )
  expect(answer.status).toBe(200)

  await page.goto(`/${organization.slug}/settings/inbound/deliveries?state=HELD`)
  await page.getByRole('link', { name: 'order.paid' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'order.paid' })).toBeVisible()
  await expect(page.getByText('Token in the path of the URL')).toBeVisible()
  await expect(page.getByText('"order": 1234')).toBeVisible()
  await page.getByRole('button', { name: 'Send again' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Send again' }).click()
  await expect(page.getByText('It is sent again')).toBeVisible()
  await page.goto(`/${organization.slug}/settings/audit-log`)
  await expect(page.getByText('sent a delivery again of')).toBeVisible()
})
