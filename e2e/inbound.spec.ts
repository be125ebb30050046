import { Pool } from 'pg'
import { addOrganization } from '@/e2e/support/add-organization'
import { issueToken } from '@/e2e/support/issue-token'
import { queryProduct } from '@/e2e/support/query'
import { openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'
import { insertDeliveryRow, insertWebhookRow } from '@/e2e/support/webhook-row'
import { DEMO_PASSWORD } from '@/lib/auth/demo'

test('an endpoint is made, takes a delivery while paused, and shows what became of it', async ({
  page,
  product,
}) => {
  const organization = await addOrganization(product)
  await openAs(page, product, organization.first, `/${organization.slug}/settings/inbound`)
  await page.getByRole('button', { name: 'Create endpoint' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Name').fill('orders')
  await sheet.getByLabel('Receiver').fill('shop')
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
  await page.getByRole('button', { name: 'Add subscriber' }).click()
  await sheet.getByLabel('Receiver').fill('audit')
  await sheet.getByLabel('Forward to').fill('https://audit.example.com/in')
  await sheet.getByLabel('Events').fill('a.*.b')
  await sheet.getByRole('button', { name: 'Add subscriber' }).click()
  await expect(sheet.getByText('A star stands at the end only')).toBeVisible()
  await sheet.getByLabel('Events').fill('refund, order.*')
  await sheet.getByRole('button', { name: 'Add subscriber' }).click()
  await expect(sheet.getByText(/^whsec_/)).toBeVisible()
  await sheet.getByRole('checkbox', { name: 'I stored this secret' }).check()
  await sheet.getByRole('button', { name: 'Done' }).click()
  await expect(
    page.getByText('Takes refund and everything that begins with “order.”'),
  ).toBeVisible()
  await expect(page.getByText('Takes everything')).toBeVisible()

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
  await page.getByRole('button', { name: 'Send again to all' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Send again to all' }).click()
  await expect(page.getByText('It is sent again')).toBeVisible()

  await page.goto(`/${organization.slug}/settings/inbound/${webhookId}`)
  await page.getByRole('button', { name: 'Actions for audit' }).click()
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove subscriber' }).click()
  await expect(page.getByRole('button', { name: 'Actions for audit' })).toBeHidden()
  await page.getByRole('link', { name: 'order.paid' }).click()
  await expect(page.getByText('It was removed before this was delivered.')).toBeVisible()
  await page.goto(`/${organization.slug}/settings/audit-log`)
  await expect(page.getByText('sent a delivery again of')).toBeVisible()
})

test('what was given up is sent again at one go, and a secret is made after a proof of identity', async ({
  page,
  product,
}) => {
  const organization = await addOrganization(product)
  const [{ id: organizationId = '' } = {}] = await queryProduct<{ id: string }>(
    product,
    'SELECT id FROM organizations WHERE slug = $1',
    [organization.slug],
  )
  const pool = new Pool({ connectionString: product.databaseUrl })
  const row = { organizationId, url: 'https://hooks.example.com/in', paused: true }
  const webhookId = await insertWebhookRow(pool, product.authSecret, row)
  for (let n = 0; n < 3; n++) {
    await insertDeliveryRow(pool, { organizationId, webhookId, state: 'DEAD' })
  }
  await pool.end()
  await openAs(
    page,
    product,
    organization.first,
    `/${organization.slug}/settings/inbound/${webhookId}`,
  )
  await expect(page.getByText('3 deliveries given up')).toBeVisible()
  await page.getByRole('button', { name: 'Send all again' }).click()
  const question = page.getByRole('alertdialog', { name: 'Send 3 deliveries again?' })
  await expect(question.getByText('they are held until you resume it')).toBeVisible()
  await question.getByRole('button', { name: 'Send all again' }).click()
  await expect(page.getByText('3 deliveries sent again')).toBeVisible()
  await expect(page.getByText('3 deliveries given up')).toBeHidden()

  await queryProduct(
    product,
    `UPDATE sessions SET reauthenticated_at = now() - interval '1 hour'
     WHERE user_id = (SELECT id FROM users WHERE email = $1)`,
    [organization.first],
  )
  // Nothing that nobody has is offered: this sender carries a token, so only the receiver has a secret.
  await expect(page.getByRole('button', { name: /^(Set|Rotate) secret/ })).toBeHidden()
  await page.getByRole('button', { name: /^Actions for receiver/ }).click()
  await page.getByRole('menuitem', { name: 'Rotate secret…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make a secret' }).click()
  const proof = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await proof.getByRole('textbox', { name: 'Password' }).fill(DEMO_PASSWORD)
  await proof.getByRole('button', { name: 'Confirm', exact: true }).click()
  const shown = page.getByRole('dialog')
  await expect(shown.getByText(/^whsec_/)).toBeVisible()
  // It took the place of the form; the focus comes back to what opened that.
  await expect(shown.getByRole('button', { name: 'Copy secret' })).toBeFocused()
  await shown.getByLabel('I stored this secret').click()
  await shown.getByRole('button', { name: 'Done' }).click()
  await expect(shown).toBeHidden()
  await expect(page.getByRole('button', { name: /^Actions for receiver/ })).toBeFocused()
})
