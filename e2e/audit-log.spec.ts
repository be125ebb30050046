import { queryProduct } from '@/e2e/support/query'
import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

test('an admin filters, verifies and exports the trail', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.acmeAdmin, '/acme/settings/audit-log')
  await expect(page.getByRole('heading', { level: 1, name: 'Audit Log' })).toBeVisible()

  const [row] = await queryProduct<{ count: number }>(
    product,
    `SELECT count(*)::int AS count FROM audit.event e JOIN organizations o ON o.id = e.organization_id
     WHERE o.slug = 'acme'`,
  )
  const csv = await page.request.get('/acme/settings/audit-log/export?format=csv')
  expect(csv.status()).toBe(200)
  const known = ((row?.count ?? 0) + 1).toLocaleString('en-US')
  await page.getByRole('button', { name: 'Verify now' }).click()
  const chain = page.getByRole('region', { name: 'Chain of the audit log' })
  await expect(chain).toContainText(/chain verified/i)
  await expect(chain).toContainText(`${known} events`)
  const ndjson = await page.request.get('/acme/settings/audit-log/export?format=ndjson')
  const lines = (await ndjson.text()).trim().split('\n')
  // Each export is an event of its own and stands in what it exports.
  expect(lines).toHaveLength((row?.count ?? 0) + 2)
  expect(JSON.parse(lines.at(-1) ?? '{}')).toMatchObject({ eventType: 'AUDIT_EXPORTED' })
})

test('a changed event is found and named', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.globexAdmin, '/globex/settings/audit-log')
  const change = (from: string, to: string) =>
    queryProduct(
      product,
      `UPDATE audit.event e SET payload = replace(payload, $1, $2)
       FROM organizations o WHERE o.id = e.organization_id AND o.slug = 'globex' AND e.seq = 3`,
      [from, to],
    )
  await queryProduct(product, 'ALTER TABLE audit.event DISABLE TRIGGER USER')
  try {
    await change('"channel":', '"channel" :')
    await page.getByRole('button', { name: 'Verify now' }).click()
    await expect(page.getByText(/broken/i).first()).toBeVisible()
  } finally {
    await change('"channel" :', '"channel":')
    await queryProduct(product, 'ALTER TABLE audit.event ENABLE TRIGGER USER')
  }
  await page.getByRole('button', { name: 'Verify now' }).click()
  await expect(page.getByText(/chain verified/i).first()).toBeVisible()
})
