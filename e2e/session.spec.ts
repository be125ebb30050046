import { live } from '@/e2e/support/live-page'
import { startProduct } from '@/e2e/support/product'
import { queryProduct } from '@/e2e/support/query'
import { DEMO_PEOPLE, signIn } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

test('signing in leads back to where one was going, signing out ends it on the server', async ({
  page,
  context,
}) => {
  await page.goto('/acme/settings/audit-log')
  await expect(page).toHaveURL(/\/sign-in\?returnTo=/)
  await signIn(page, DEMO_PEOPLE.acmeAdmin, '/acme/settings/audit-log')
  await expect(page).toHaveURL(/audit-log/)
  const kept = await context.cookies()
  const session = kept.find((cookie) => cookie.name.includes('fruxon-session'))
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })

  await page.getByRole('button', { name: /Ada Lindqvist/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/sign-in/)
  await context.addCookies(kept)
  await page.goto('/acme/settings/api-access')
  await expect(page).toHaveURL(/sign-in/)
})

test('a wrong password and an unknown person read the same', async ({ page }) => {
  const texts: (string | null)[] = []
  for (const email of [DEMO_PEOPLE.acmeFinance, 'nobody@nowhere.example']) {
    await page.goto('/sign-in')
    await page.getByLabel('E-mail address').fill(email)
    await page.getByRole('textbox', { name: 'Password' }).fill('wrong password')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    const alert = page.getByRole('alert').filter({ hasText: /\w/ }).first()
    await expect(alert).toBeVisible()
    texts.push(await alert.textContent())
  }
  expect(texts[0]).toBe(texts[1])
})

test('a sign-in page never leads to another site', async ({ page, baseURL }) => {
  await signIn(page, DEMO_PEOPLE.globexAdmin, '//example.org/steal')
  expect(new URL(page.url()).origin).toBe(new URL(baseURL).origin)
})

test('a server action from elsewhere is refused', async ({ page, request }) => {
  await signIn(page, DEMO_PEOPLE.acmeAdmin, '/acme/settings/api-access')
  const cookie = (await page.context().cookies()).map((c) => `${c.name}=${c.value}`).join('; ')
  for (const origin of ['https://evil.example', 'null', undefined]) {
    const reply = await request.post('/acme/settings/api-access', {
      headers: {
        Cookie: cookie,
        'Next-Action': '0'.repeat(42),
        ...(origin === undefined ? {} : { Origin: origin }),
      },
      data: '[]',
    })
    expect(reply.status(), String(origin)).toBe(403)
  }
})

test('a server action that may not be is refused with a status of its own', async ({
  page,
  request,
  browser,
  baseURL,
  product,
}) => {
  await queryProduct(
    product,
    `UPDATE organizations SET token_bearer_minting = false WHERE slug = 'globex'`,
  )
  await signIn(page, DEMO_PEOPLE.globexAdmin, '/globex/settings/api-access?tab=policy')
  const posted = page.waitForRequest((sent) => sent.headers()['next-action'] !== undefined)
  await page.getByRole('switch', { name: 'Allow creating tokens by API' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  const action = await posted
  const member = await browser.newPage({ baseURL })
  await signIn(member, DEMO_PEOPLE.globexMember)
  const cookies = await member.context().cookies()
  await member.close()
  const replay = (cookie: string) =>
    request.post(action.url(), {
      headers: {
        Cookie: cookie,
        Origin: baseURL,
        'Next-Action': action.headers()['next-action'] ?? '',
        'Content-Type': 'text/plain;charset=UTF-8',
        Accept: 'text/x-component',
      },
      data: action.postData() ?? '',
    })
  const asMember = await replay(cookies.map(({ name, value }) => `${name}=${value}`).join('; '))
  expect(asMember.status()).toBe(403)
  expect(await asMember.text()).toContain('"ok":false')
  const signedOut = await replay('')
  expect(signedOut.status()).toBe(403)
  expect(await signedOut.text()).toContain('Sign in again')
})

test('an empty installation is opened by its one-time link, once', async ({ browser }) => {
  // It starts a product of its own.
  test.slow()
  const product = await startProduct()
  try {
    const link = /\S+\/setup\?link=\S+/.exec(product.logs())?.[0] ?? ''
    expect(link).not.toBe('')
    const page = live(await browser.newPage())
    await page.goto(`${product.url}/setup?link=wrong`)
    await expect(page.getByLabel('Organization name')).toHaveCount(0)
    await page.goto(product.url + new URL(link).pathname + new URL(link).search)
    await page.getByLabel('Organization name').fill('Initech')
    await page.getByLabel('Your name').fill('Bill Lumbergh')
    await page.getByLabel('Your e-mail address').fill('bill@initech.example')
    await page.getByRole('textbox', { name: 'Password' }).fill('tps-reports-forever')
    await page.getByRole('button', { name: /create organization/i }).click()
    await expect(page).toHaveURL(/settings/)
    await page.goto(product.url + new URL(link).pathname + new URL(link).search)
    await expect(page.getByLabel('Organization name')).toHaveCount(0)
  } finally {
    await product.stop()
  }
})
