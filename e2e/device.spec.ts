import AxeBuilder from '@axe-core/playwright'
import { addPerson } from '@/e2e/support/add-person'
import { queryProduct } from '@/e2e/support/query'
import { openCli } from '@/e2e/support/run-cli'
import { DEMO_PEOPLE, openAs, signIn, untilLive } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'
import { DEMO_PASSWORD } from '@/lib/auth/demo'

const CODE = /[B-Z]{4}-[B-Z]{4}/

test('a terminal is signed in by its code, after a proof of identity, with what the page said', async ({
  page,
  product,
}) => {
  const cli = openCli(product.url)
  const login = cli.start(['login', '--preset', 'developer'])
  const [code = ''] = await login.saying(CODE)
  await signIn(page, DEMO_PEOPLE.acmeMember, `/device?user_code=${code}`)
  await queryProduct(
    product,
    `UPDATE sessions SET reauthenticated_at = now() - interval '1 hour'
     WHERE user_id = (SELECT id FROM users WHERE email = $1)`,
    [DEMO_PEOPLE.acmeMember],
  )
  await page.goto(`/device?user_code=${code}`)
  await expect(page.getByRole('heading', { name: 'Sign Fruxon CLI in?' })).toBeVisible()
  await expect(page.getByLabel('Code')).toHaveText(code)
  await expect(page.getByText('Did you start this yourself, just now?')).toBeVisible()
  // What the role does not allow is said, and not given.
  await expect(page.getByText(/Your role, Member, leaves out 2 of what it asked for/)).toBeVisible()
  await page.getByLabel('Signs in for').selectOption('30 days')
  await page.getByRole('button', { name: 'Approve' }).click()
  await page.getByRole('textbox', { name: 'Password' }).fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Fruxon CLI is signed in' })).toBeVisible()
  const outcome = await login.ended
  expect(outcome.code, outcome.stderr).toBe(0)
  expect(outcome.stdout).toContain('with 31 scopes')
  const listed = await cli.run(['keys', 'list'])
  expect(listed.stdout).toContain('Fruxon CLI on')
  await page.goto(`/device?user_code=${code}`)
  await expect(page.getByText(/No device waits under this code/)).toBeVisible()
  cli.remove()
})

test('a typed code leads to the same question, and no turns the device away', async ({
  page,
  product,
}) => {
  const cli = openCli(product.url)
  const login = cli.start(['login'])
  const [code = ''] = await login.saying(CODE)
  await openAs(page, product, await addPerson(product, 'Vera Typing'), '/device')
  await page.getByLabel('Code').fill('bbbb bbbb')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText(/No device waits under this code/)).toBeVisible()
  await page.getByLabel('Code').fill(code.toLowerCase())
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('button', { name: 'Deny' })).toBeVisible()
  await untilLive(page)
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await page.getByRole('button', { name: 'Deny' }).click()
  await expect(page.getByRole('heading', { name: 'Turned away' })).toBeVisible()
  expect((await login.ended).code).toBe(10)
  cli.remove()
})
