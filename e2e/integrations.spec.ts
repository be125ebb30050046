import { addOrganization } from '@/e2e/support/add-organization'
import { takeSecret } from '@/e2e/support/bearer'
import { openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

const LIST = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'

test('an integration is published, its key is shown once, rotated, and revoked where it was found', async ({
  page,
  product,
}) => {
  const organization = await addOrganization(product)
  const base = `/${organization.slug}/settings/integrations`
  await openAs(page, product, organization.first, base)
  await page.getByRole('button', { name: 'Create integration' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Support desk')
  await expect(dialog.getByLabel('Id')).toHaveValue('support-desk')
  await dialog.getByRole('button', { name: 'Create integration' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Support desk' })).toBeVisible()

  const url = `${product.url}/v1/tenants/${organization.slug}/integrations/support-desk/mcp:call`
  const statusOf = async (key: string) => {
    const headers = {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
    }
    const answer = await fetch(url, { method: 'POST', headers, body: LIST })
    await answer.body?.cancel()
    return answer.status
  }

  await page.getByRole('switch', { name: 'Clients may call this integration' }).click()
  const first = await takeSecret(page)
  expect(first).toMatch(/^fx_sat_[0-9A-Za-z]{49}$/)
  expect(await statusOf(first)).toBe(200)
  await expect(page.getByText('Published', { exact: true })).toBeVisible()

  await page.getByRole('checkbox', { name: /^List models and prices/ }).uncheck()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Rotate' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Rotate key' }).click()
  const second = await takeSecret(page)
  expect([await statusOf(first), await statusOf(second)]).toEqual([401, 200])
  await page.reload()
  expect(await page.content()).not.toContain(second.slice(8, 50))

  await page.getByRole('switch', { name: 'Clients may call this integration' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click()
  await expect(page.getByText('Not published')).toBeVisible()
  expect(await statusOf(second)).toBe(403)

  await page.goto(`/${organization.slug}/settings/api-access?tab=leaks`)
  await page.getByLabel('Text with tokens in it').fill(`export MCP_KEY=${second}`)
  await page.getByRole('button', { name: 'Find' }).click()
  await expect(page.getByText('MCP key of an integration')).toBeVisible()
  await page.getByRole('button', { name: 'Revoke Support desk' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke token' }).click()
  await expect.poll(() => statusOf(second)).toBe(401)
  await page.getByRole('link', { name: 'Support desk' }).click()
  await expect(page).toHaveURL(new RegExp(`${base}/support-desk\\?tab=mcp$`))
  await expect(page.getByText('Clients may call this integration')).toBeVisible()
})
