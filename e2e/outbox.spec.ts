import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'
import { newId } from '@/lib/ids'

test('an admin reads what an invitation says, without the link that opens it', async ({
  page,
  product,
}) => {
  const invited = `${newId()}@example.com`
  await openAs(page, product, DEMO_PEOPLE.acmeAdmin, '/acme/settings/team')
  await page.getByRole('button', { name: 'Invite people' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('E-mail addresses').fill(invited)
  await sheet.getByRole('button', { name: /^Send/ }).click()
  await sheet.getByRole('button', { name: 'Done' }).click()
  await page.goto('/acme/settings/outbox')
  const row = page.getByRole('row', { name: new RegExp(invited) })
  await expect(row).toContainText('Waiting')
  await row.getByRole('link').click()
  await expect(page.getByText(`To ${invited}`)).toBeVisible()
  await expect(page.frameLocator('iframe').getByText('Acme Robotics').first()).toBeVisible()
  await page.getByText('Plain text').click()
  await expect(page.getByText('link-only-in-the-e-mail').first()).toBeVisible()
  expect(await page.content()).not.toMatch(/\/invitations\/[\w-]{20,}/)
})

test('members have no outbox', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.acmeMember)
  const response = await page.goto('/acme/settings/outbox')
  expect(response?.status()).toBe(404)
})
