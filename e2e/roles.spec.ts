import { queryProduct } from '@/e2e/support/query'
import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

test('a member sees their own tokens, no service accounts, and the policy read-only', async ({
  page,
  product,
}) => {
  await openAs(page, product, DEMO_PEOPLE.acmeMember, '/acme/settings/api-access')
  await expect(page.getByRole('button', { name: 'Create token' })).toBeVisible()
  await expect(page.getByText('Everyone', { exact: true })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Audit Log' })).toHaveCount(0)
  await page.goto('/acme/settings/api-access?tab=service-accounts')
  await expect(page.getByText(/only admins/i).first()).toBeVisible()
  await page.goto('/acme/settings/api-access?tab=policy')
  await expect(page.getByText('Only admins change the policy')).toBeVisible()
  await expect(page.getByRole('main').getByRole('switch')).toHaveCount(0)
})

test('a member cannot reach what is not theirs by its address', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.acmeMember)
  const others = await queryProduct<{ id: string }>(
    product,
    `SELECT t.id FROM tokens t JOIN users u ON u.id = t.owner_user_id
     JOIN organizations o ON o.id = t.organization_id
     WHERE o.slug = 'acme' AND u.email <> $1 LIMIT 1`,
    [DEMO_PEOPLE.acmeMember],
  )
  const accounts = await queryProduct<{ id: string }>(
    product,
    `SELECT s.id FROM service_accounts s JOIN organizations o ON o.id = s.organization_id
     WHERE o.slug = 'acme' LIMIT 1`,
  )
  const missing = '01890000-0000-7000-8000-000000000000'
  for (const path of [
    '/acme/settings/audit-log',
    '/acme/settings/audit-log/export?format=csv',
    `/acme/settings/api-access/tokens/${others[0]?.id}`,
    `/acme/settings/api-access/tokens/${missing}`,
    `/acme/settings/api-access/service-accounts/${accounts[0]?.id}`,
    '/globex/settings/api-access',
    '/no-such-organization/settings/api-access',
  ]) {
    const reply = await page.request.get(path)
    expect(reply.status(), path).toBe(404)
  }
})

test('the matrix shows what exceeds the role and does not give it', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.acmeMember, '/acme/settings/api-access?create=1')
  const sheet = page.getByRole('dialog')
  const beyond = sheet.getByRole('checkbox', { name: /organization:write/ })
  await expect(beyond).toBeDisabled()
  await expect(sheet.getByText(/exceeds your role/i).first()).toBeVisible()
})

test('an admin may revoke a member’s token but not rotate it', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.acmeAdmin)
  const rows = await queryProduct<{ id: string }>(
    product,
    `SELECT t.id FROM tokens t JOIN users u ON u.id = t.owner_user_id
     WHERE u.email = $1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now()) LIMIT 1`,
    [DEMO_PEOPLE.acmeMember],
  )
  await page.goto(`/acme/settings/api-access/tokens/${rows[0]?.id}`)
  await expect(page.getByRole('button', { name: 'Revoke' })).toBeEnabled()
  await expect(
    page.getByRole('button', { name: 'Rotate', exact: true, disabled: false }),
  ).toHaveCount(0)
})
