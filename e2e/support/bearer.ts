import type { Page } from '@playwright/test'

/** Status of a call with the secret, from outside the browser and without its cookies. */
export async function statusWith(
  baseURL: string,
  secret: string,
  path = '/v1/tenants/acme/tokens/current',
): Promise<number> {
  const reply = await fetch(baseURL + path, { headers: { Authorization: `Bearer ${secret}` } })
  await reply.body?.cancel()
  return reply.status
}

/** Takes the one showing of a secret as a person would: Copy, then Done. */
export async function takeSecret(page: Page): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: 'Copy secret' }).click()
  const secret = await page.evaluate(() => navigator.clipboard.readText())
  await sheet.getByRole('button', { name: 'Done' }).click()
  await sheet.waitFor({ state: 'detached' })
  return secret
}
