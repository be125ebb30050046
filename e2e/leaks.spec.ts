import { statusWith } from '@/e2e/support/bearer'
import { issueToken } from '@/e2e/support/issue-token'
import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

const LEAKS = '/acme/settings/api-access?tab=leaks'

test('a found token is pasted, named and revoked, and a reported one stands in the list', async ({
  page,
  baseURL,
  product,
}) => {
  const wish = { owner: { email: DEMO_PEOPLE.acmeAdmin }, scopes: ['agents:read' as const] }
  const found = await issueToken(product, { ...wish, organization: 'acme', name: 'found-in-log' })
  const foreign = await issueToken(product, { ...wish, organization: 'globex', name: 'not-ours' })
  const sent: { url: string; body: string | null }[] = []
  page.on('request', (request) => sent.push({ url: request.url(), body: request.postData() }))
  await openAs(page, product, DEMO_PEOPLE.acmeAdmin, LEAKS)

  await page.getByRole('button', { name: 'Find' }).click()
  await expect(page.getByText('Paste the text that holds the token.')).toBeVisible()
  const box = page.getByLabel('Text with tokens in it')
  await box.fill(`export FRUXON_TOKEN=${found.secret}\n# was ${foreign.secret}`)
  await page.getByRole('button', { name: 'Find' }).click()
  const lines = page.getByRole('list', { name: 'Tokens in the text' }).getByRole('listitem')
  await expect(lines).toHaveCount(2)
  await expect(lines.first()).toContainText('found-in-log')
  await expect(lines.last()).toContainText('Not a token of this organization.')
  await expect(box).toHaveValue('')

  await lines.first().getByRole('button', { name: 'Revoke found-in-log' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke token' }).click()
  await expect(lines.first()).toContainText('Revoked')
  await expect.poll(() => statusWith(baseURL, found.secret)).toBe(401)
  // It travelled in the body of one request, and stands nowhere on the page.
  const body = found.secret.slice(7)
  expect(await page.content()).not.toContain(body)
  expect(sent.filter(({ url }) => url.includes(body))).toEqual([])
  expect(sent.filter((request) => request.body?.includes(body))).toHaveLength(1)

  const reported = await issueToken(product, { ...wish, organization: 'acme', name: 'on-a-forum' })
  const report = { token: reported.secret, url: 'https://forum.test/7', comment: 'third post' }
  const answer = await fetch(`${baseURL}/v1/leakReports`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(report),
  })
  expect(answer.status).toBe(202)
  await expect.poll(() => statusWith(baseURL, reported.secret)).toBe(401)
  await page.goto(LEAKS)
  const row = page.getByRole('row', { name: /on-a-forum/ })
  await expect(row).toContainText('https://forum.test/7')
  await expect(row).toContainText('Revoked at once')

  await page.getByRole('radio', { name: /Only tell people/ }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await page.goto(LEAKS)
  await expect(page.getByRole('radio', { name: /Only tell people/ })).toBeChecked()
})

test('who is no admin is told why there is nothing to see', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.acmeMember, LEAKS)
  await expect(page.getByText('Only admins see leak reports')).toBeVisible()
  await expect(page.getByLabel('Text with tokens in it')).toHaveCount(0)
})
